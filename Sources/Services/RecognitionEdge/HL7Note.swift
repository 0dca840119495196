import EdgeKit
import HL7
import Recognition

/// Reads a note (NTE) with who entered it and when.
enum HL7Note {
    /// The text, and behind it in brackets who said it and when; `nil` where there is no text.
    static func text(_ segment: HL7Segment) -> String? {
        guard let text = HL7Value.lines(segment.field(3)).nonEmpty else { return nil }
        let people = segment.field(5).repetitions.compactMap(HL7Name.compositeName)
        return NoteRule.text(text, by: people, at: segment.field(6).component(1).value?.trimmed.nonEmpty)
    }
}

/// How a note is written down that says who made it and when.
enum NoteRule {
    static func text(_ text: String, by people: [String], at time: String?) -> String {
        let signs = people + (time.map { [$0] } ?? [])
        return signs.isEmpty ? text : text + " [" + signs.joined(separator: ", ") + "]"
    }
}
