import EdgeKit
import Effects
import FHIR
import Recognition
import ServiceKit

/// Whether a draft order is about the patient whom the call brings along.
///
/// A draft may name its subject by an identifier, or by a Patient inside it or beside it, and not by the id that
/// `context.patientId` has. What it says then is held against `prefetch.patient`.
struct HookSubject {
    private let bundle: FHIRBundle?
    private let now: WallTime

    /// - Parameter drafts: `context.draftOrders`.
    init(_ drafts: JSONValue, now: WallTime) {
        bundle = (try? FHIRResource(drafts)).flatMap { try? FHIRBundle($0) }
        self.now = now
    }

    /// The identifiers that a draft gives for its patient; none where it gives none that is in use.
    ///
    /// - Parameter index: the draft's place among the entries.
    func identifiers(_ resource: JSONValue, index: Int) -> [PatientIdentifier] {
        guard let subject = resource["subject"], let draft = try? FHIRResource(resource) else { return [] }
        let bundle = bundle ?? FHIRBundle(single: draft)
        let entry =
            bundle.entries.first { $0.position == index && $0.container == nil }
            ?? FHIRBundle.Entry(resource: draft, position: index)
        let reader = FHIRPatientReader(bundle: bundle, now: now)
        var found: [PatientIdentifier] = []
        if let patient = bundle.resolve(subject, from: entry, type: "Patient"), patient.resource.type == "Patient" {
            found = reader.patient(patient).identifiers
        }
        let text = subject["reference"]?.string
        for identifier in [subject["identifier"], text.flatMap(FHIRCondition.init(reference:))?.identifier] {
            found += identifier.map { reader.patient(identifier: $0, display: nil, from: entry).identifiers } ?? []
        }
        return found.filter { $0.reach != .nobody && !$0.isFormer }
    }

    /// Whether identifiers are a person's: one number that both have, of the same issuer where both name one.
    static func isSame(_ identifiers: [PatientIdentifier], as person: PatientDemographics) -> Bool {
        identifiers.contains { one in
            person.identifiers.contains { other in
                one.value == other.value
                    && (one.authority == other.authority || one.authority.isEmpty || other.authority.isEmpty)
            }
        }
    }

    static func note(_ reference: String) -> BilingualText {
        BilingualText(
            "\(reference)的患者标识不是当前患者的标识，未查询。",
            "\(reference) names its patient by an identifier that prefetch.patient does not have; nothing was looked for."
        )
    }
}
