package import HL7
package import WorkflowKit

/// What an order tells whoever is asked: the question, the findings so far, documents; and on what passing it on rests.
package struct HL7OrderContent {
    /// LOINC's code of a consent, and our own of the reason why there is none.
    package static let consentCode = "59284-0"
    package static let breakGlassCode = "BREAK-GLASS"
    /// The coding system of codes of our own.
    package static let own = "99YILIAN"

    package private(set) var reason = ""
    /// Notes and findings.
    package private(set) var findings: [String] = []
    package private(set) var diagnoses: [String] = []
    /// Notes, findings and diagnoses in their order.
    package private(set) var summary = ""
    package private(set) var attachments: [CaseAttachment] = []
    package private(set) var consent: String?
    package private(set) var breakGlassReason: String?
    /// What stands under the codes of our own that a service takes, a line for each.
    package private(set) var fields: [String: [String]] = [:]
    package private(set) var problems: [HL7Problem] = []
    /// What is not taken of it.
    package private(set) var warnings: [HL7Problem] = []

    /// States of a line (table 0085) in which it says nothing: deleted, wrong, not asked for, no result.
    private static let statesOfNothing: Set<String> = ["D", "W", "N", "X"]

    private let taking: Set<String>

    /// - Parameter taking: codes of ours (99YILIAN) whose lines are fields of the order.
    package init(_ message: HL7Message, taking: Set<String> = []) {
        self.taking = taking
        var lines: [String] = []
        if let request = message.segment("OBR") {
            let reasons = request.field(31).repetitions.compactMap(Self.words)
            reason = (reasons.isEmpty ? [Self.words(request.field(4).repetition(0))].compactMap { $0 } : reasons)
                .joined(separator: "\n")
            lines += request.field(13).repetitions.compactMap { $0.value?.trimmed.nonEmpty }
        }
        findings = lines
        for segment in message.segments {
            switch segment.name {
            case "NTE":
                let notes = segment.field(3).repetitions.compactMap { $0.value?.trimmed.nonEmpty }
                findings += notes
                lines += notes
            case "DG1":
                let words = Self.words(segment.field(3).repetition(0)) ?? segment.field(4).value?.trimmed.nonEmpty
                if let words {
                    diagnoses.append(words)
                    lines.append("诊断：" + words)
                }
            case "OBX": read(segment, &lines)
            default: continue
            }
        }
        summary = lines.joined(separator: "\n")
    }

    private mutating func read(_ segment: HL7Segment, _ lines: inout [String]) {
        guard !Self.statesOfNothing.contains(segment.field(11).text.trimmed.uppercased()) else {
            return warnings.append(
                HL7Accounting.warning(segment, 11, nil, "a line that its state takes back is not carried"))
        }
        let code = segment.field(3).component(1).text.trimmed
        let value = segment.field(5).repetitions.compactMap { $0.value?.trimmed.nonEmpty }.joined(separator: "\n")
        switch code {
        case Self.consentCode: take(value, as: \.consent, segment)
        case Self.breakGlassCode: take(value, as: \.breakGlassReason, segment)
        case _ where taking.contains(code) && segment.field(3).component(3).text.trimmed == Self.own:
            fields[code, default: []] += segment.field(5).repetitions.compactMap { $0.value?.trimmed.nonEmpty }
        case _ where segment.field(2).text.trimmed.uppercased() == "ED": readDocument(segment)
        default:
            guard !value.isEmpty else { return }
            let name = Self.words(segment.field(3).repetition(0)) ?? code
            let units = segment.field(6)
            let unit =
                (units.component(1).value?.trimmed.nonEmpty ?? units.component(2).value?.trimmed.nonEmpty)
                .map { " " + $0 } ?? ""
            findings.append(name + "：" + value + unit)
            lines.append(name + "：" + value + unit)
        }
    }

    /// An order rests on one consent, or on one reason why there is none; nobody guesses which of two is meant.
    private mutating func take(_ value: String, as ground: WritableKeyPath<Self, String?>, _ segment: HL7Segment) {
        guard let value = value.nonEmpty else { return }
        guard self[keyPath: ground].map({ $0 == value }) ?? true else {
            return problems.append(
                HL7Problem(
                    .dataType, segment: "OBX", sequence: segment.sequence, field: 5,
                    text: "another line names another one: name the one on which the order rests"))
        }
        self[keyPath: ground] = value
    }

    private mutating func readDocument(_ segment: HL7Segment) {
        let pieces = segment.field(5).repetitions
        do {
            let bytes = try HL7Document.bytes(pieces)
            let first = segment.field(5).repetition(0)
            attachments.append(
                CaseAttachment(
                    contentType: HL7Document.contentType(
                        type: first.component(2).text.trimmed.lowercased(),
                        subtype: first.component(3).text.trimmed.lowercased(), bytes: bytes),
                    title: Self.words(segment.field(3).repetition(0)) ?? "", bytes: bytes))
        } catch {
            problems.append(
                HL7Problem(
                    .dataType, segment: "OBX", sequence: segment.sequence, field: 5, component: error.component,
                    text: error.reason))
        }
    }

    /// A coded element as a reader sees it: its text, else its code.
    package static func words(_ element: HL7Repetition) -> String? {
        element.component(2).value?.trimmed.nonEmpty ?? element.component(9).value?.trimmed.nonEmpty
            ?? element.component(1).value?.trimmed.nonEmpty
    }
}
