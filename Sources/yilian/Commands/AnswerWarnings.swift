import FHIR

/// The warnings in an answer that a message's sender was given: the message was taken, and not all of it.
enum AnswerWarnings {
    static func all(in answer: String) -> [String] {
        answer.hasPrefix("MSH") ? hl7(answer) : fhir(answer)
    }

    /// ERR segments of severity W: ERR-2 place, ERR-3 code, ERR-8 text for people, ERR-7 what is behind it.
    private static func hl7(_ answer: String) -> [String] {
        answer.split(whereSeparator: \.isNewline).compactMap { segment in
            let fields = segment.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            func field(_ number: Int) -> String { fields.count > number ? fields[number] : "" }
            if field(0) == "ERR", let old = old(field(1)) { return old }
            guard field(0) == "ERR", field(4) == "W" else { return nil }
            let text = [field(8), field(7), field(3)].first { !$0.isEmpty } ?? ""
            return [field(2), text].filter { !$0.isEmpty }.joined(separator: ": ")
        }
    }

    /// ERR-1 before version 2.5, where `warning:` stands before the reason.
    private static func old(_ location: String) -> String? {
        let parts = location.split(separator: "^", omittingEmptySubsequences: false)
        let mark = "warning: "
        guard parts.count > 3,
            let reason = parts[3].split(separator: "&", omittingEmptySubsequences: false).dropFirst().first,
            reason.hasPrefix(mark)
        else { return nil }
        return parts.prefix(3).filter { !$0.isEmpty }.joined(separator: "^") + ": " + reason.dropFirst(mark.count)
    }

    /// Issues of severity `warning`, wherever an OperationOutcome stands in the answer.
    private static func fhir(_ answer: String) -> [String] {
        guard let value = try? JSONParser.parse(Array(answer.utf8)) else { return [] }
        return issues(in: value)
    }

    private static func issues(in value: JSONValue) -> [String] {
        switch value {
        case .array(let items): return items.flatMap(issues)
        case .object(let members):
            guard value["severity"]?.string == "warning" else {
                return members.members.flatMap { issues(in: $0.value) }
            }
            let place = value["expression"]?.first?.string
            let text = value["details"]?["text"]?.string ?? value["diagnostics"]?.string ?? value["code"]?.string
            return [[place, text].compactMap { $0 }.joined(separator: ": ")]
        default: return []
        }
    }
}
