import FHIR

/// Accounts for the elements of a ServiceRequest and of what it contains: read, or told to the sender.
///
/// What FHIR says must be understood or refused (`modifierExtension`, `implicitRules`) is refused.
struct FHIROrderAccount {
    /// Elements of the ServiceRequest that a service reads besides.
    var alsoRead: Set<String> = []

    private static let common: Set<String> = [
        "resourceType", "id", "meta", "language", "text", "contained", "identifier",
    ]

    private static let read: [String: Set<String>] = [
        "ServiceRequest": [
            "status", "intent", "doNotPerform", "code", "subject", "requester", "reasonCode", "note", "supportingInfo",
            "extension",
        ],
        "Patient": ["name", "gender", "birthDate", "active", "telecom", "address", "managingOrganization"],
        "Practitioner": ["name", "active", "telecom", "qualification"],
        "Organization": ["name", "active"],
        "Consent": ["status", "scope", "category", "patient", "dateTime", "performer"],
        "DocumentReference": ["status", "content", "type", "subject", "date"],
        "Media": ["status", "content", "type", "subject", "createdDateTime"],
        "Observation": ["status", "code", "valueString", "valueQuantity", "subject"],
        "Condition": ["code", "subject", "clinicalStatus", "verificationStatus"],
    ]

    func check(_ resource: FHIRResource, _ findings: inout FHIRFindings) {
        check(resource, resource.type, &findings)
        for inner in resource.contained { check(inner, resource.type + ".contained", &findings) }
    }

    private func check(_ resource: FHIRResource, _ place: String, _ findings: inout FHIRFindings) {
        if Self.holdsModifier(resource.value) {
            findings.refuse(
                .notSupported, "\(resource.type.prefix(64)): a modifierExtension is not known here",
                place + ".modifierExtension")
        }
        if resource.string("implicitRules")?.isEmpty == false {
            findings.refuse(
                .notSupported,
                "\(resource.type.prefix(64)): rules that must be understood (implicitRules) are not known",
                place + ".implicitRules")
        }
        guard let read = Self.read[resource.type] else {
            return findings.warn(.notSupported, "a contained \(resource.type.prefix(64)) is not taken", place)
        }
        for member in resource.json.members where member.name != "modifierExtension" && member.name != "implicitRules" {
            let name = String(member.name.drop { $0 == "_" })
            if name == "extension" {
                for url in FHIRElement.items(member.value).compactMap({ $0["url"]?.string })
                where url != FHIROrderReader.breakGlass {
                    findings.warn(.notSupported, "an extension is not taken: \(url.prefix(128))", place + ".extension")
                }
            } else if !Self.common.contains(name), !read.contains(name),
                resource.type != "ServiceRequest" || !alsoRead.contains(name)
            {
                findings.warn(
                    .notSupported, "the element \(resource.type).\(name.prefix(64)) is not taken",
                    place + "." + name.prefix(64))
            }
        }
    }

    private static func holdsModifier(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let object):
            object.members.contains { member in
                member.name == "modifierExtension"
                    ? !FHIRElement.items(member.value).isEmpty
                    : member.name != "contained" && holdsModifier(member.value)
            }
        case .array(let items): items.contains(where: holdsModifier)
        default: false
        }
    }
}
