import EdgeKit
import Effects
import HL7
import Recognition

/// Finds segments whose fields do not stand where they belong, because a text holds a `|` that is not escaped.
///
/// Such a segment would give a unit, a range or a status that is another field's, so the message is refused. Each sign is
/// one that no segment has whose fields are in their places; what is only odd stays a warning elsewhere.
enum HL7Shift {
    static func problems(_ message: HL7Message) -> [HL7Problem] {
        message.segments.compactMap { segment in
            switch segment.name {
            case "OBX": holdsNoValue(segment) ? nil : ofLine(segment)
            case "OBR": ofRequest(segment)
            case "NTE": ofNote(segment)
            case "PID": ofPatient(segment)
            default: nil
            }
        }
    }

    /// Lines without a value whose other fields are elsewhere: no value is misread, and the sender is told.
    static func doubts(_ message: HL7Message) -> [HL7Problem] {
        message.segments.filter { $0.name == "OBX" && holdsNoValue($0) }.compactMap(ofLine).map { problem in
            var problem = problem
            problem.severity = .warning
            return problem
        }
    }

    /// Whether a number or a code is missing, and nothing that is a value stands in its unit.
    private static func holdsNoValue(_ segment: HL7Segment) -> Bool {
        segment.field(5).isEmpty && !["TX", "FT", "ST"].contains(HL7Line.type(segment))
            && !FieldForm.isNumber(segment.field(6).raw)
    }

    private static func ofLine(_ segment: HL7Segment) -> HL7Problem? {
        let status = segment.field(11).raw.trimmed
        let isKnown = status.isEmpty || LineStatus.isKnown(HL7Line.status(segment))
        // Many write one separator too many before the status of a number; behind a text its unit shows what happened.
        let behind = isSpilled(segment) || holdsNoValue(segment) ? lineFields.filter { isLetter(segment, $0) } : []
        if let field = behind.first(where: { $0 == 12 || $0 == 14 || status.isEmpty || !isKnown }) {
            return problem(segment, 5, "OBX-\(field) holds what is a status (OBX-11)")
        }
        if !isKnown, FieldForm.isRange(status) { return problem(segment, 5, "OBX-11 holds a range (OBX-7)") }
        let flags = segment.field(8).repetitions.map { $0.component(1).text }
        if flags.contains(where: FieldForm.isRange) { return problem(segment, 5, "OBX-8 holds a range (OBX-7)") }
        if FieldForm.isNumber(segment.field(6).raw) { return problem(segment, 5, "OBX-6 holds a number, and no unit") }
        if segment.field(6).repetitions.contains(where: { FieldForm.isProse($0.text) }) {
            return problem(segment, 5, "OBX-6 holds a text, and no unit")
        }
        if let field = segment.filledFields.first(where: { $0 > lastField }) {
            return problem(segment, 5, "OBX has no field \(field)")
        }
        return nil
    }

    /// A name of a service that holds a separator: its rest stands where a priority does, and the status one field behind.
    private static func ofRequest(_ segment: HL7Segment) -> HL7Problem? {
        let priority = segment.field(5)
        guard isLetter(segment, 26),
            !priority.component(2).isEmpty || !priority.text.allSatisfy(\.isASCII)
        else { return nil }
        return problem(segment, 4, "OBR-5 holds a text, and what is a status stands behind OBR-25")
    }

    /// A note has a type behind it (table 0364), which is a code.
    private static func ofNote(_ segment: HL7Segment) -> HL7Problem? {
        let type = segment.field(4).component(1).text.trimmed
        guard type.count > 20 || !type.allSatisfy({ $0.isASCII && $0 != " " }) else { return nil }
        return problem(segment, 3, "NTE-4 holds a text, and no type of a note")
    }

    private static func ofPatient(_ segment: HL7Segment) -> HL7Problem? {
        let (birth, sex) = (segment.field(7).raw.trimmed, segment.field(8).raw.trimmed)
        let isDate = sex.utf8.count >= 8 && ClinicalTime(sex) != nil
        if isDate, ClinicalTime(birth) == nil { return problem(segment, 5, "PID-8 holds a date (PID-7)") }
        let isSex: (String) -> Bool = { ["M", "F"].contains(PersonRule.sex($0)) }
        if !sex.isEmpty, PersonRule.sex(sex) == sex, !["M", "F", "O", "U", "A", "N"].contains(sex),
            isSex(segment.field(9).raw.trimmed)
        {
            return problem(segment, 5, "PID-9 holds a sex (PID-8)")
        }
        return nil
    }

    /// Whether a unit stands behind a text, which has none: the text seems to go on in it.
    private static func isSpilled(_ segment: HL7Segment) -> Bool {
        ["TX", "FT", "ST"].contains(HL7Line.type(segment)) && !segment.field(6).isEmpty
            && !FieldForm.isNumber(segment.field(5).raw)
    }

    /// Where a status stands that was pushed to the right.
    private static let lineFields = [12, 13, 14, 15, 16, 17, 18]
    /// The last field of OBX in version 2.9.
    private static let lastField = 33

    /// Whether a field is one letter of table 0085, and nothing else.
    private static func isLetter(_ segment: HL7Segment, _ field: Int) -> Bool {
        let text = segment.field(field).raw.trimmed
        return text.utf8.count == 1 && text == text.uppercased() && LineStatus.isKnown(text)
    }

    private static func problem(_ segment: HL7Segment, _ field: Int, _ sign: String) -> HL7Problem {
        HL7Problem(
            .dataType, segment: segment.name, sequence: segment.sequence, field: field,
            text: "fields are not where they belong: \(sign); a | within a text is written as \\F\\")
    }
}

/// What a text looks like, whatever it means.
enum FieldForm {
    /// Two numbers with a sign between them, or a comparator and a number: `3.5-5.5`, `<5.0`.
    static func isRange(_ text: String) -> Bool {
        let plain = text.trimmed[...]
        let rest = plain.drop { "<>≤≥=".contains($0) || $0 == " " }
        guard let behind = afterNumber(rest) else { return false }
        guard let sign = behind.first(where: { $0 != " " }) else { return rest.count < plain.count }
        guard "-~–—～至到".contains(sign) else { return false }
        return afterNumber(behind.drop { "-~–—～至到 ".contains($0) }) != nil
    }

    /// Whether a text is a number; 1 alone is the unit of what has none.
    static func isNumber(_ text: String) -> Bool {
        text.trimmed != "1" && afterNumber(text.trimmed[...])?.isEmpty == true
    }

    private static func afterNumber(_ text: Substring) -> Substring? {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        return number.first?.isNumber == true ? text.dropFirst(number.count) : nil
    }

    /// Whether a text is written for a person: marks of a sentence, six ideographs or more, or four words or more, and no
    /// sign of a unit among them.
    static func isProse(_ text: String) -> Bool {
        if text.contains(where: { "。；！？，、：\n".contains($0) }) { return true }
        guard !text.contains(where: { "/每^%*".contains($0) }) else { return false }
        if text.unicodeScalars.lazy.filter({ $0.properties.isIdeographic }).count >= 6 { return true }
        let words = text.split(separator: " ").map { $0.lowercased() }.filter {
            $0.count > 1 && $0.allSatisfy(\.isLetter)
        }
        return words.count >= 4 && !words.contains("per")
    }
}
