import Consultation
import EdgeKit
import FHIR

/// What a ServiceRequest tells the expert, and on what passing it on rests.
struct FHIRRequestContent {
    private(set) var reason = ""
    private(set) var summary = ""
    private(set) var attachments: [ConsultationAttachment] = []
    private(set) var consent: String?
    private(set) var breakGlassReason: String?

    init(_ bundle: FHIRBundle, _ entry: FHIRBundle.Entry, _ findings: inout FHIRFindings) {
        let resource = entry.resource
        let reasons = resource.items("reasonCode").compactMap(Self.words)
        reason = (reasons.isEmpty ? [resource["code"].flatMap(Self.words)].compactMap { $0 } : reasons)
            .joined(separator: "\n")
        var lines = resource.items("note").compactMap { $0["text"]?.string?.trimmed.nonEmpty }
        for (index, reference) in resource.items("supportingInfo").enumerated() {
            read(reference, "ServiceRequest.supportingInfo[\(index)]", bundle, entry, &lines, &findings)
        }
        summary = lines.joined(separator: "\n")
        breakGlassReason = resource.items("extension").first { $0["url"]?.string == FHIRRequestMapper.breakGlass }
            .flatMap { $0["valueString"]?.string?.trimmed.nonEmpty }
    }

    private mutating func read(
        _ reference: JSONValue, _ place: String, _ bundle: FHIRBundle, _ entry: FHIRBundle.Entry,
        _ lines: inout [String], _ findings: inout FHIRFindings
    ) {
        let found = bundle.resolve(reference, from: entry)?.resource
        switch found?.type ?? reference["type"]?.string {
        case "Consent":
            let identifiers = [reference["identifier"]].compactMap { $0 } + (found?.items("identifier") ?? [])
            let number = identifiers.lazy.compactMap { FHIRElement.text($0["value"])?.trimmed.nonEmpty }.first
            guard let number = number ?? reference["display"]?.string?.trimmed.nonEmpty else {
                return findings.refuse(.required, "the consent has no number and no words", place)
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
            lines.append(line)
        case "Condition":
            guard let words = found?["code"].flatMap(Self.words) else {
                return findings.warn(.notSupported, "a Condition without a code is not taken", place)
            }
            lines.append("诊断：" + words)
        default: findings.warn(.notSupported, "this kind of supporting information is not taken", place)
        }
    }

    private mutating func readAttachment(_ attachment: JSONValue?, _ place: String, _ findings: inout FHIRFindings) {
        guard let data = attachment?["data"]?.string, let bytes = Base64.decode(data), !bytes.isEmpty else {
            return findings.refuse(.value, "a document must come with its bytes (data, in Base64)", place)
        }
        attachments.append(
            ConsultationAttachment(
                contentType: attachment?["contentType"]?.string ?? "application/octet-stream",
                title: attachment?["title"]?.string ?? "", bytes: bytes))
    }

    private static func line(_ observation: FHIRResource) -> String? {
        guard let name = observation["code"].flatMap(words) else { return nil }
        if let text = observation.string("valueString")?.trimmed.nonEmpty { return name + "：" + text }
        guard let quantity = observation["valueQuantity"], let value = quantity["value"]?.lexical else { return nil }
        return name + "：" + (quantity["comparator"]?.string ?? "") + value
            + (quantity["unit"]?.string.map { " " + $0 } ?? "")
    }

    /// A CodeableConcept as a reader sees it.
    private static func words(_ concept: JSONValue) -> String? {
        concept["text"]?.string?.trimmed.nonEmpty
            ?? FHIRElement.items(concept["coding"]).lazy.compactMap {
                $0["display"]?.string?.trimmed.nonEmpty ?? $0["code"]?.string?.trimmed.nonEmpty
            }.first
    }
}
