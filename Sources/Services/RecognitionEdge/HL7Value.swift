import HL7
import Recognition

/// Reads observation values (OBX-5) by their type (OBX-2).
enum HL7Value {
    /// The value in its lexical form; repetitions are lines.
    static func value(_ field: HL7Field, type: String) -> (value: String, coding: Coding?) {
        switch type {
        case "CE", "CWE", "CNE", "CF", "IS", "ID":
            let texts = field.repetitions.map { HL7Coding.coding($0).display }
            return (texts.joined(separator: "\n"), HL7Coding.codings(field))
        case "SN":
            return (field.repetitions.map(structuredNumeric).joined(separator: "\n"), nil)
        default:
            return (lines(field), nil)
        }
    }

    /// The repetitions of a text field, each a line.
    ///
    /// A `""` is no text.
    static func lines(_ field: HL7Field) -> String {
        field.repetitions.map(\.text).joined(separator: "\n")
    }

    /// SN: comparator, first number, separator, second number, in a row: `>11.0`, `1:128`, `3-5`, `2+`.
    private static func structuredNumeric(_ repetition: HL7Repetition) -> String {
        repetition.components.map(\.text).joined()
    }
}
