import Effects
import FHIR
package import WorkflowKit

/// What a ServiceRequest tells whoever is asked, and on what passing it on rests.
package struct FHIROrderContent {
    /// What supporting information a service takes besides findings, diagnoses and documents.
    package enum Taking: Sendable {
        /// Recognised results, by the entry that published them (``FHIRExtensions/entry``).
        case results
        /// What is held of an inventory, as an Appointment.
        case appointments
    }

    package private(set) var reason = ""
    /// Notes and findings.
    package private(set) var findings: [String] = []
    package private(set) var diagnoses: [String] = []
    /// Notes, findings and diagnoses in their order.
    package private(set) var summary = ""
    package private(set) var attachments: [CaseAttachment] = []
    package private(set) var results: [String] = []
    package private(set) var appointments: [String] = []
    package private(set) var consent: String?
    package private(set) var breakGlassReason: String?
    private let taking: Set<Taking>
    private var textBytes = 0
    private var documentBytes = 0

    init(
        _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry, taking: Set<Taking>, _ findings: inout FHIRFindings
    ) {
        self.taking = taking
        let resource = entry.resource
        let reasons = resource.items("reasonCode").compactMap(Self.words)
        reason = (reasons.isEmpty ? [resource["code"].flatMap(Self.words)].compactMap { $0 } : reasons)
            .joined(separator: "\n")
        var lines = resource.items("note").compactMap { $0["text"]?.string?.trimmed.nonEmpty }
        self.findings = lines
        for (index, reference) in resource.items("supportingInfo").enumerated() {
            read(reference, "ServiceRequest.supportingInfo[\(index)]", bundle, entry, &lines, &findings)
        }
        summary = lines.joined(separator: "\n")
        let reasonsWithout = resource.items("extension").filter { $0["url"]?.string == FHIROrderReader.breakGlass }
            .compactMap { $0["valueString"]?.string?.trimmed.nonEmpty }
        breakGlassReason = reasonsWithout.first
        if Set(reasonsWithout).count > 1 {
            findings.refuse(
                .value, "two reasons why there is no consent are given: give the one on which the order rests",
                "ServiceRequest.extension")
        }
    }

    private mutating func read(
        _ reference: JSONValue, _ place: String, _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry,
        _ lines: inout [String], _ findings: inout FHIRFindings
    ) {
        let found = bundle.resolve(reference, from: entry)?.resource
        let kind = found?.type ?? reference["type"]?.string ?? Self.type(reference)
        // What is more than a request may hold is not copied once more; the request is refused for it.
        let hasRoom = textBytes <= Limits.textFieldBytes && documentBytes <= Limits.entryAttachmentBytes
        guard hasRoom || kind == "Consent" else { return }
        if let found {
            guard isOfSamePatient(found, bundle, entry) else {
                return findings.refuse(
                    .value, "a supporting \(found.type.prefix(64)) is about another patient, or about one unknown here",
                    place)
            }
            guard FHIROrderStatus.holds(found) else {
                return findings.warn(
                    .notSupported, "a \(found.type.prefix(64)) that its status takes back is not taken", place)
            }
        }
        switch kind {
        case "Consent":
            let identifiers = [reference["identifier"]].compactMap { $0 } + (found?.items("identifier") ?? [])
            let number = identifiers.lazy.compactMap { FHIRElement.text($0["value"])?.trimmed.nonEmpty }.first
            guard let number = number ?? reference["display"]?.string?.trimmed.nonEmpty else {
                return findings.refuse(.required, "the consent has no number and no words", place)
            }
            if let status = found?.string("status"), status != "active" {
                return findings.refuse(.value, "the consent is not in force (status: active)", place)
            }
            guard consent.map({ $0 == number }) ?? true else {
                return findings.refuse(
                    .value, "two consents are named: name the one on which the order rests", place)
            }
            consent = number
        case "DocumentReference":
            for item in found?.items("content") ?? [] { readAttachment(item["attachment"], place, &findings) }
        case "Media": readAttachment(found?["content"], place, &findings)
        case "Observation":
            guard let observation = found, let line = Self.line(observation) else {
                return findings.warn(
                    .notSupported, "an Observation without a value that can be read is not taken", place)
            }
            self.findings.append(line)
            add(line, &lines)
        case "DiagnosticReport" where taking.contains(.results) && found == nil:
            guard let entry = Self.entry(reference) else {
                return findings.refuse(
                    .value, "a result is named by its entry (identifier: \(FHIRExtensions.entry))", place)
            }
            results.append(entry)
        case "Appointment" where taking.contains(.appointments) && found == nil:
            guard let id = reference["reference"]?.string?.split(separator: "/").last.map(String.init) else {
                return findings.refuse(.value, "an appointment is named by its id", place)
            }
            appointments.append(id)
        case "Condition":
            guard let words = found?["code"].flatMap(Self.words) else {
                return findings.warn(.notSupported, "a Condition without a code is not taken", place)
            }
            diagnoses.append(words)
            add(FHIROrderStatus.diagnosis(found) + words, &lines)
        default: findings.warn(.notSupported, "this kind of supporting information is not taken", place)
        }
    }

    /// The entry that published a result, as a reference names it.
    private static func entry(_ reference: JSONValue) -> String? {
        guard let identifier = reference["identifier"], identifier["system"]?.string == FHIRExtensions.entry else {
            return nil
        }
        return FHIRElement.text(identifier["value"])?.trimmed.nonEmpty
    }

    private mutating func add(_ line: String, _ lines: inout [String]) {
        lines.append(line)
        textBytes += line.utf8.count
    }

    /// Whether something is about the patient of the order; what names nobody is.
    private func isOfSamePatient(_ found: FHIRResource, _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry) -> Bool {
        guard let named = found["subject"] ?? found["patient"],
            named["reference"] != nil || named["identifier"] != nil, let subject = entry.resource["subject"]
        else { return true }
        if let reference = named["reference"]?.string, reference == subject["reference"]?.string { return true }
        let patient = bundle.resolve(subject, from: entry, type: "Patient")?.resource
        if let id = patient?.id, bundle.resolve(named, from: entry, type: "Patient")?.resource.id == id { return true }
        guard let value = FHIRElement.text(named["identifier"]?["value"]) else { return false }
        let own = [subject["identifier"]].compactMap { $0 } + (patient?.items("identifier") ?? [])
        return own.contains {
            FHIRElement.text($0["value"]) == value && $0["system"]?.string == named["identifier"]?["system"]?.string
        }
    }

    private mutating func readAttachment(_ attachment: JSONValue?, _ place: String, _ findings: inout FHIRFindings) {
        guard let data = attachment?["data"]?.string, let bytes = Base64.decode(data), !bytes.isEmpty else {
            return findings.refuse(.value, "a document must come with its bytes (data, in Base64)", place)
        }
        documentBytes += bytes.count
        attachments.append(
            CaseAttachment(
                contentType: attachment?["contentType"]?.string ?? "application/octet-stream",
                title: attachment?["title"]?.string ?? "", bytes: bytes))
    }

    /// The type that a reference's address names.
    private static func type(_ reference: JSONValue) -> String? {
        let parts = (reference["reference"]?.string ?? "").split(separator: "/")
        return parts.count < 2 ? nil : String(parts[parts.count - 2])
    }

    private static func line(_ observation: FHIRResource) -> String? {
        guard let name = observation["code"].flatMap(words) else { return nil }
        if let text = observation.string("valueString")?.trimmed.nonEmpty { return name + "：" + text }
        guard let quantity = observation["valueQuantity"], let value = quantity["value"]?.lexical else { return nil }
        let unit = ["unit", "code"].lazy.compactMap { quantity[$0]?.string?.trimmed.nonEmpty }.first
        return name + "：" + (quantity["comparator"]?.string ?? "") + value + (unit.map { " " + $0 } ?? "")
    }

    /// A CodeableConcept as a reader sees it.
    private static func words(_ concept: JSONValue) -> String? {
        concept["text"]?.string?.trimmed.nonEmpty
            ?? FHIRElement.items(concept["coding"]).lazy.compactMap {
                $0["display"]?.string?.trimmed.nonEmpty ?? $0["code"]?.string?.trimmed.nonEmpty
            }.first
    }
}

/// What the status of a supporting resource says of it.
enum FHIROrderStatus {
    private static let takenBack: Set<String> = [
        "entered-in-error", "cancelled", "not-done", "aborted", "superseded", "unknown",
    ]

    /// Whether it still says something: it is not said to be wrong, given up or replaced.
    static func holds(_ resource: FHIRResource) -> Bool {
        guard resource.type != "Consent" else { return true }
        let words = [resource.string("status"), code(resource["verificationStatus"])].compactMap { $0 }
        return words.allSatisfy { !takenBack.contains($0) && $0 != "refuted" }
    }

    /// How a diagnosis is written: one that is in question or over is said to be.
    static func diagnosis(_ condition: FHIRResource?) -> String {
        switch code(condition?["verificationStatus"]) {
        case "unconfirmed", "provisional", "differential": return "疑似诊断："
        default: break
        }
        switch code(condition?["clinicalStatus"]) {
        case "inactive", "remission", "resolved": return "既往诊断："
        default: return "诊断："
        }
    }

    private static func code(_ concept: JSONValue?) -> String? {
        FHIRElement.items(concept?["coding"]).lazy.compactMap { $0["code"]?.string }.first
    }
}
