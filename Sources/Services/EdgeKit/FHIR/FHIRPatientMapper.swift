package import Effects
package import FHIR
package import ServiceKit

/// Reads a Patient that stands alone, by the very rules by which the patients of reports are read.
package struct FHIRPatientMapper: Sendable {
    private let now: WallTime

    package init(now: WallTime) {
        self.now = now
    }

    /// The person; without identifiers where the resource has none that names anybody.
    package func patient(_ resource: FHIRResource) -> PatientDemographics {
        let bundle = FHIRBundle(single: resource)
        guard let entry = bundle.entries.first else { return PatientDemographics(identifiers: []) }
        return FHIRPatientReader(bundle: bundle, now: now).patient(entry)
    }

    /// An identifier that stands alone (FHIR's data type Identifier); `nil` where it names nobody.
    package func identifier(_ element: JSONValue) -> PatientIdentifier? {
        guard let patient = try? FHIRResource(["resourceType": "Patient", "identifier": [element]]) else { return nil }
        return self.patient(patient).identifiers.first
    }
}
