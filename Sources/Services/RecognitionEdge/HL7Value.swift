import HL7
import Recognition

/// Reads observation values (OBX-5) by their type (OBX-2).
enum HL7Value {
    struct Value {
        var text: String
        var coding: Coding?
    }

    /// The values of a field; always one at least.
    ///
    /// Repetitions of a coded or structured value are several values, those of a text (TX, FT) its lines. In every other
    /// type `~` is part of the text: in `3~5` it means "to" far oftener than "and", and both readers see both numbers.
    static func values(_ field: HL7Field, type: String) -> [Value] {
        let values: [Value]
        switch type {
        case "CE", "CWE", "CNE", "CF", "IS", "ID":
            values = field.repetitions.map { repetition in
                let coding = HL7Coding.coding(repetition)
                return Value(text: coding.display, coding: coding.codes.isEmpty && coding.text == nil ? nil : coding)
            }
        case "SN": values = field.repetitions.map { Value(text: structuredNumeric($0)) }
        case "NM": values = [Value(text: field.text.trimmed)]
        case "TX", "FT": values = [Value(text: lines(field))]
        default: values = [Value(text: field.text)]
        }
        return values.isEmpty ? [Value(text: "")] : values
    }

    /// The repetitions of a text field, each a line.
    ///
    /// A `""` is no text.
    static func lines(_ field: HL7Field) -> String {
        field.repetitions.map(\.text).joined(separator: "\n")
    }

    /// SN: comparator, first number, separator, second number, in a row: `>11.0`, `1:128`, `3-5`, `2+`.
    private static func structuredNumeric(_ repetition: HL7Repetition) -> String {
        repetition.components.map { $0.text.trimmed }.joined()
    }
}
