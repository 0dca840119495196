import EdgeKit
import FHIR

/// Accounts for the elements of a resource: read, without clinical meaning here, or told to the sender.
///
/// Nothing that may change the meaning is dropped in silence. What FHIR itself says must be understood or refused
/// (`modifierExtension`, `implicitRules`) is refused.
struct FHIRElementAccount {
    let bundle: FHIRBundle

    /// The elements of one type.
    struct Table {
        /// What the mapping reads.
        var read: Set<String>
        /// What says nothing clinical about the result.
        var plain: Set<String> = []
        /// Whether extensions are told; those of people and orders say nothing about the result.
        var tellsExtensions = true
    }

    private static let common: Set<String> = [
        "resourceType", "id", "meta", "language", "text", "contained", "extension", "modifierExtension",
        "implicitRules", "identifier",
    ]

    private static let tables: [String: Table] = [
        "DiagnosticReport": Table(
            read: [
                "basedOn", "status", "category", "code", "subject", "encounter", "effectiveDateTime",
                "effectiveInstant", "effectivePeriod", "issued", "performer", "resultsInterpreter", "specimen",
                "result", "imagingStudy", "media", "conclusion", "conclusionCode", "presentedForm", "note",
            ]),
        "Observation": Table(
            read: [
                "status", "category", "code", "subject", "focus", "effectiveDateTime", "effectiveInstant",
                "effectivePeriod", "issued", "performer", "dataAbsentReason", "interpretation", "note", "bodySite",
                "method", "specimen", "device", "referenceRange", "hasMember", "derivedFrom", "component",
            ], plain: ["basedOn", "encounter"]),
        "component": Table(
            read: ["id", "code", "dataAbsentReason", "interpretation", "referenceRange", "note"]),
        "referenceRange": Table(read: ["id", "low", "high", "type", "appliesTo", "age", "text"]),
        "Patient": Table(
            read: ["active", "name", "gender", "birthDate", "managingOrganization", "link"],
            plain: [
                "telecom", "address", "maritalStatus", "multipleBirthBoolean", "multipleBirthInteger", "photo",
                "contact", "communication", "generalPractitioner", "deceasedBoolean", "deceasedDateTime",
            ], tellsExtensions: false),
        "Specimen": Table(
            read: ["status", "type", "subject", "collection", "condition", "note", "receivedTime", "container"],
            plain: ["accessionIdentifier", "request", "parent"]),
        "ServiceRequest": Table(
            read: ["status", "requester", "subject", "supportingInfo", "reasonCode", "reasonReference", "note"],
            plain: [
                "intent", "category", "priority", "code", "orderDetail", "quantityQuantity", "encounter",
                "occurrenceDateTime", "occurrencePeriod", "authoredOn", "performer", "performerType", "requisition",
                "locationCode", "locationReference", "insurance", "specimen", "bodySite",
                "instantiatesCanonical", "instantiatesUri", "basedOn", "replaces", "relevantHistory",
                "patientInstruction", "asNeededBoolean",
            ], tellsExtensions: false),
        "Media": Table(
            read: ["status", "subject", "content", "note"],
            plain: [
                "basedOn", "partOf", "type", "modality", "view", "encounter", "createdDateTime", "createdPeriod",
                "issued", "operator", "deviceName", "device", "height", "width", "frames", "duration",
            ]),
    ]

    /// Ends of the addresses of extensions that are read, or that say again what an element says.
    private static let knownExtensions = [
        "sub-id", "obx-observation", "hl7v2-date-time", "hl7v2Field", "hl7v2Segment", "result-status", "CX.5",
        "assigning-authority-universal-id", "data-absent-reason", "iso21090-nullFlavor",
    ]

    /// Looks at a resource that becomes part of a report.
    func check(_ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings) {
        guard let table = Self.tables[entry.resource.type] else { return }
        let json = entry.resource.json
        if Self.holdsModifier(.object(json)) {
            findings.refuse(
                .notSupported,
                "\(entry.name): a modifierExtension changes the meaning in a way that is not known here",
                bundle.expression(entry, "modifierExtension"))
        }
        if entry.resource.string("implicitRules")?.isEmpty == false {
            findings.refuse(
                .notSupported, "\(entry.name): rules that must be understood (implicitRules) are not known here",
                bundle.expression(entry, "implicitRules"))
        }
        checkForms(json, kind: entry.resource.type, entry, path: "", &findings)
        check(json, table, kind: entry.resource.type, entry, path: "", &findings)
        for (index, item) in entry.resource.items("component").enumerated() {
            guard let component = item.object, let table = Self.tables["component"] else { continue }
            checkForms(component, kind: "component", entry, path: "component[\(index)].", &findings)
            check(component, table, kind: "component", entry, path: "component[\(index)].", &findings)
        }
        checkValues(entry, &findings)
        checkPerson(entry, &findings)
        checkOrder(entry, &findings)
    }

    private func check(
        _ json: JSONObject, _ table: Table, kind: String, _ entry: FHIRBundle.Entry, path: String,
        _ findings: inout FHIRFindings
    ) {
        for member in json.members {
            var name = member.name
            let isBeside = name.hasPrefix("_")
            if isBeside { name.removeFirst() }
            let isValue = name.hasPrefix("value") && kind != "Patient"
            let place = bundle.expression(entry, path + member.name)
            if isBeside || name == "extension" {
                guard table.tellsExtensions else { continue }
                let extensions =
                    isBeside ? FHIRElement.items(member.value["extension"]) : FHIRElement.items(member.value)
                for url in extensions.compactMap({ $0["url"]?.string }) where !Self.isKnown(url) {
                    findings.warn(.notSupported, "an extension of \(kind) is not taken: \(url.prefix(128))", place)
                }
            } else if table.tellsExtensions, isValue || table.read.contains(name), !Self.parts.contains(name) {
                for url in Self.extensions(in: member.value) where !Self.isKnown(url) {
                    findings.warn(
                        .notSupported,
                        "an extension within \(kind).\(name.prefix(64)) is not taken: \(url.prefix(128))", place)
                }
                checkWithin(member, kind: kind, place: place, &findings)
            } else if !isValue, !Self.common.contains(name), !table.read.contains(name), !table.plain.contains(name) {
                findings.warn(.notSupported, "the element \(kind).\(name.prefix(64)) is not taken", place)
            }
        }
        for (index, range) in FHIRElement.items(json["referenceRange"]).enumerated() {
            guard let range = range.object, let table = Self.tables["referenceRange"] else { continue }
            check(range, table, kind: "referenceRange", entry, path: path + "referenceRange[\(index)].", &findings)
        }
    }

    /// Tells of what stands within an element and is not read there.
    private func checkWithin(
        _ member: JSONObject.Member, kind: String, place: String, _ findings: inout FHIRFindings
    ) {
        guard let shape = FHIRElementShape.elements[member.name] else { return }
        for path in shape.strangers(in: member.value, path: kind + "." + member.name) {
            findings.warn(.notSupported, "the element \(path) is not taken", place)
        }
    }

    /// Elements that are objects, or lists of them; a list of one may stand without its brackets.
    private static let objects: Set<String> = [
        "code", "category", "subject", "performer", "resultsInterpreter", "specimen", "result", "imagingStudy", "media",
        "conclusionCode", "presentedForm", "note", "focus", "interpretation", "bodySite", "method", "device",
        "referenceRange", "hasMember", "derivedFrom", "component", "dataAbsentReason", "basedOn", "identifier",
        "contained", "effectivePeriod", "extension", "name", "managingOrganization", "collection", "condition",
        "type", "requester", "supportingInfo", "reasonCode", "content", "encounter", "text", "appliesTo",
    ]
    /// Elements that are one text each.
    private static let texts: Set<String> = [
        "status", "conclusion", "issued", "effectiveDateTime", "effectiveInstant", "gender", "birthDate", "id",
    ]

    /// What has not the form that FHIR gives it cannot be read, and would be lost.
    private func checkForms(
        _ json: JSONObject, kind: String, _ entry: FHIRBundle.Entry, path: String, _ findings: inout FHIRFindings
    ) {
        for member in json.members where member.value != .null {
            let isSound: Bool
            if Self.objects.contains(member.name) {
                isSound = FHIRElement.items(member.value).allSatisfy { $0.object != nil }
            } else if Self.texts.contains(member.name) {
                isSound = member.value.lexical != nil
            } else {
                continue
            }
            if !isSound {
                findings.refuse(
                    .structure, "\(entry.name): \(kind).\(member.name) has not the form that FHIR gives it",
                    bundle.expression(entry, path + member.name))
            }
        }
    }

    /// An Observation or component has one value; where two stand, nobody can tell which is meant, and one that cannot
    /// be read is none.
    private func checkValues(_ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings) {
        guard entry.resource.type == "Observation" else { return }
        let all = [entry.resource.json] + entry.resource.items("component").compactMap(\.object)
        for (index, json) in all.enumerated() {
            let path = (index == 0 ? "" : "component[\(index - 1)].") + "value"
            if FHIRValue.members(of: json).count > 1 {
                findings.refuse(
                    .value, "\(entry.name): there are two values where there may be one",
                    bundle.expression(entry, path))
            } else if FHIRValue.isUnreadable(json) {
                findings.refuse(
                    .value, "\(entry.name): the value has not the form that FHIR gives it",
                    bundle.expression(entry, path))
            }
        }
    }

    private func checkPerson(_ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings) {
        guard entry.resource.type == "Patient" else { return }
        if entry.resource["active"] == false {
            findings.warn(
                .notSupported, "the patient's record is not in use (active: false); the report is taken all the same",
                bundle.expression(entry, "active"))
        }
        if !entry.resource.items("link").isEmpty {
            findings.warn(
                .notSupported, "links between patients are not taken from messages; make them with `yilian identity`",
                bundle.expression(entry, "link"))
        }
    }

    /// An order that was cancelled or held says so in its status; results of it stand or fall by their own.
    private func checkOrder(_ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings) {
        guard entry.resource.type == "ServiceRequest",
            let status = entry.resource.string("status"), ["revoked", "on-hold", "entered-in-error"].contains(status)
        else { return }
        findings.warn(
            .notSupported, "the order is \(status); the report's status is its own", bundle.expression(entry, "status"))
    }

    private static func isKnown(_ url: String) -> Bool {
        url.hasPrefix("urn:yilian:fhir:") || knownExtensions.contains { url.hasSuffix($0) }
    }

    /// Elements that are looked at by themselves.
    private static let parts: Set<String> = ["component", "referenceRange"]

    /// The addresses of all extensions within an element.
    private static func extensions(in value: JSONValue) -> [String] {
        switch value {
        case .object(let object):
            object.members.flatMap { member in
                member.name == "extension"
                    ? FHIRElement.items(member.value).compactMap { $0["url"]?.string } : extensions(in: member.value)
            }
        case .array(let items): items.flatMap(extensions)
        default: []
        }
    }

    /// Whether something in a resource, what it contains left out, has a modifier.
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

extension FHIRElementAccount {
    /// Types that tell who, where and how, and nothing about the result.
    private static let aside: Set<String> = [
        "MessageHeader", "Organization", "Practitioner", "PractitionerRole", "Provenance", "Location", "Device",
        "Encounter", "RelatedPerson", "Endpoint", "Patient", "Bundle", "Parameters", "OperationOutcome", "Account",
        "Coverage", "EpisodeOfCare", "HealthcareService", "AuditEvent", "Task",
    ]

    /// Tells of resources of a message that no report names.
    ///
    /// - Parameter used: the marks of those that became part of one.
    func checkUnused(_ used: Set<String>, _ findings: inout FHIRFindings) {
        func tell(_ entry: FHIRBundle.Entry) {
            let type = entry.resource.type
            guard type != "DiagnosticReport", !Self.aside.contains(type), !used.contains(entry.mark) else { return }
            findings.warn(
                .notSupported, "no report names this \(type.prefix(64)); it is not taken",
                bundle.isSingle || entry.container != nil
                    ? bundle.expression(entry, "id") : "Bundle.entry[\(entry.position)].resource")
        }
        for entry in bundle.entries {
            tell(entry)
            for contained in entry.resource.contained {
                tell(
                    FHIRBundle.Entry(
                        fullURL: entry.fullURL, resource: contained, position: entry.position,
                        container: entry.resource))
            }
        }
    }
}
