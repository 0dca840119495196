package import Effects
package import FHIR
package import ServiceKit

/// Reads names of people and organizations.
package enum FHIRPerson {
    /// A HumanName.
    package static func name(_ name: JSONValue) -> String? {
        name["text"]?.string?.nonEmpty
            ?? PersonRule.name(
                family: name["family"]?.string ?? "",
                given: FHIRElement.items(name["given"]).compactMap(\.string))
    }

    /// The name behind a reference: of a practitioner, a role's practitioner or organization, or an organization; else
    /// the reference's display text.
    package static func name(_ reference: JSONValue?, in bundle: FHIRBundle, from entry: FHIRBundle.Entry) -> String? {
        guard let reference else { return nil }
        if let found = bundle.resolve(reference, from: entry), let name = name(of: found, in: bundle) { return name }
        return reference["display"]?.string?.nonEmpty
    }

    /// Tells of people and organizations whom references name, and nobody can name in words.
    package static func check(
        _ elements: [String], of entry: FHIRBundle.Entry, in bundle: FHIRBundle, _ findings: inout FHIRFindings
    ) {
        for element in elements {
            for reference in FHIRElement.items(entry.resource[element])
            where name(reference, in: bundle, from: entry) == nil
                && reference["identifier"]?["system"]?.string != "urn:yilian:institution"
            {
                findings.warn(
                    .notFound, "the \(element) of a \(entry.resource.type) has no name in the message and is not taken",
                    bundle.expression(entry, element))
            }
        }
    }

    /// The name that a resource gives a person or an organization.
    package static func name(of entry: FHIRBundle.Entry, in bundle: FHIRBundle, mayFollow: Bool = true) -> String? {
        switch entry.resource.type {
        case "Organization": return entry.resource.string("name")?.nonEmpty
        case "PractitionerRole" where mayFollow:
            for element in ["practitioner", "organization"] {
                let reference = entry.resource[element]
                if let next = bundle.resolve(reference, from: entry),
                    let name = name(of: next, in: bundle, mayFollow: false)
                {
                    return name
                }
                if let display = reference?["display"]?.string?.nonEmpty { return display }
            }
            return nil
        default: return entry.resource.items("name").first.flatMap(name)
        }
    }
}

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
