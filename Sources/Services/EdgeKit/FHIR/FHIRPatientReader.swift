package import Effects
package import FHIR
package import ServiceKit

/// Reads a Patient.
package struct FHIRPatientReader {
    private let bundle: FHIRBundle
    private let now: WallTime

    package init(bundle: FHIRBundle, now: WallTime) {
        self.bundle = bundle
        self.now = now
    }

    package func patient(_ entry: FHIRBundle.Entry) -> PatientDemographics {
        let resource = entry.resource
        let keeper = organization(resource["managingOrganization"], from: entry)
        var identifiers: [PatientIdentifier] = []
        var seen: Set<PatientIdentifier> = []
        for item in resource.items("identifier") {
            guard let found = identifier(item, keeper: keeper, from: entry), seen.insert(found).inserted else {
                continue
            }
            identifiers.append(found)
            // One with more is refused, whichever they are; reports name it again and again.
            if identifiers.count > Limits.personIdentifiers { break }
        }
        let names = resource.items("name")
        let name = names.first { $0["use"]?.string == "official" } ?? names.first
        return PatientDemographics(
            identifiers: IdentifierRule.ordered(identifiers), name: name.flatMap(FHIRPerson.name),
            birthDate: FHIRTime.read(resource.json, "birthDate"),
            sex: resource.string("gender").map(PersonRule.sex))
    }

    /// A patient of whom the message gives nothing but an identifier.
    package func patient(identifier: JSONValue, display: String?, from entry: FHIRBundle.Entry) -> PatientDemographics {
        let found = self.identifier(identifier, keeper: nil, from: entry)
        return PatientDemographics(identifiers: found.map { [$0] } ?? [], name: display)
    }

    private func identifier(
        _ item: JSONValue, keeper: FHIRResource?, from entry: FHIRBundle.Entry
    ) -> PatientIdentifier? {
        guard let value = FHIRElement.text(item["value"]) else { return nil }
        return IdentifierRule.identifier(
            value: value, type: FHIRElement.code(item["type"]) ?? keptType(item) ?? IdentifierRule.internalType,
            authority: authority(item, keeper: keeper, from: entry), isGivenUp: item["use"]?.string == "old",
            end: item["period"]?["end"]?.string, now: now)
    }

    /// CX.5 as a converter from HL7 v2 keeps it in an extension.
    private func keptType(_ item: JSONValue) -> String? {
        FHIRElement.items(item["extension"]).lazy.compactMap {
            FHIRElement.extensionValue($0, endingIn: "CX.5")?.nonEmpty
        }.first
    }

    /// Who issued a number, in the form that HL7's CX.4 would have.
    ///
    /// In this order: a system that is a URI; the universal id that an extension keeps; the assigner's universal id; a
    /// system that is a mere name; the assigner by any name; the organization that keeps the patient's record.
    private func authority(_ item: JSONValue, keeper: FHIRResource?, from entry: FHIRBundle.Entry) -> String {
        let system = item["system"]?.string?.nonEmpty
        if let system, system.contains(":") { return system }
        if let id = FHIRElement.extensionValue(item, endingIn: "assigning-authority-universal-id")?.nonEmpty {
            return id
        }
        let assigner = organization(item["assigner"], from: entry)
        return assigner.flatMap(universalID) ?? system ?? assigner.flatMap(anyName)
            ?? FHIRElement.text(item["assigner"]?["identifier"]?["value"])
            ?? item["assigner"]?["display"]?.string?.nonEmpty
            ?? keeper.flatMap(universalID) ?? keeper.flatMap(anyName) ?? ""
    }

    private func organization(_ reference: JSONValue?, from entry: FHIRBundle.Entry) -> FHIRResource? {
        bundle.resolve(reference, from: entry, type: "Organization")?.resource
    }

    /// The identifier that says of which kind its universal id is (v2-0301), as HL7's HD.2 and HD.3.
    private func universalID(_ organization: FHIRResource) -> String? {
        organization.items("identifier").first { item in
            FHIRElement.items(item["type"]?["coding"]).contains { $0["system"]?.string?.contains("v2-0301") == true }
        }.flatMap { FHIRElement.text($0["value"]) }
    }

    private func anyName(_ organization: FHIRResource) -> String? {
        organization.items("identifier").lazy.compactMap { FHIRElement.text($0["value"]) }.first
            ?? organization.string("name")?.nonEmpty
    }
}
