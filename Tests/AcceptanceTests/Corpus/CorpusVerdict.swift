/// The answer to a message, as its sender reads it.
struct CorpusVerdict {
    var isAccepted: Bool
    /// How many messages of it were accepted, of the answers that came.
    var acceptedCount: Int
    /// Why it is refused.
    var reasons: [String] = []
    /// Where something was passed over or read with care.
    var warnings: [String] = []
    var text: String

    /// HL7's acknowledgement, cut at its delimiters.
    init(hl7 text: String) {
        self.text = text
        acceptedCount = text.matches(of: /MSA.(AA|CA)/).count
        // Where one of two messages in a frame is refused, the frame is not accepted.
        isAccepted = acceptedCount > 0 && text.firstRange(of: /MSA.(AE|AR|CE|CR)/) == nil
        for segment in text.split(whereSeparator: { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }) {
            guard let mark = segment.dropFirst(3).first else { continue }
            let fields = segment.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
            switch fields[0] {
            case "MSA" where fields.count > 3 && !fields[3].isEmpty: reasons.append(fields[3])
            // Beside AA an ERR is a warning; before version 2.5 it cannot say so itself.
            case "ERR" where isAccepted: warnings.append(String(segment))
            case "ERR": reasons.append(String(segment))
            default: break
            }
        }
    }

    init(fhir answer: HospitalWire.Answer) {
        text = answer.text
        isAccepted = [200, 201].contains(answer.status)
        acceptedCount = isAccepted ? 1 : 0
        guard let json = try? ForeignJSON(answer.body) else { return }
        for issue in json.allIssues {
            let said = ([issue.text("diagnostics")] + issue.items("expression").map(\.text)).joined(separator: " ")
            switch issue.text("severity") {
            case "error", "fatal": reasons.append(said)
            case "warning": warnings.append(said)
            default: break
            }
        }
    }

    /// The answer on one line.
    var lines: String { text.split(whereSeparator: \.isNewline).joined(separator: "⏎") }

    /// Whether a warning names the line's place.
    func warns(of line: CorpusLine) -> Bool {
        warnings.contains { warning in
            line.names.contains { warning.contains($0) }
        }
    }

    /// How many lines the warnings about lines speak of beyond those that they name.
    var linesCountedTogether: Int {
        warnings.reduce(0) { sum, warning in
            guard warning.contains("OBX^"), let times = warning.firstMatch(of: /\((\d+) times\)/) else { return sum }
            return sum + (Int(times.1) ?? 1) - 1
        }
    }
}

extension ForeignJSON {
    /// All issues of all OperationOutcomes in it.
    var allIssues: [ForeignJSON] {
        if value is [Any] { return items.flatMap(\.allIssues) }
        guard value is [String: Any] else { return [] }
        let own = text("resourceType") == "OperationOutcome" ? items("issue") : []
        return own + names.filter { $0 != "issue" }.compactMap { self[$0] }.flatMap(\.allIssues)
    }

    /// All texts and numbers in it, one after the other.
    var allText: String {
        if value is [Any] { return items.map(\.allText).joined(separator: "\u{1}") }
        if value is [String: Any] { return names.compactMap { self[$0]?.allText }.joined(separator: "\u{1}") }
        return text
    }
}
