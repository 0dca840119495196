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

/// Reads coded elements (CE, CWE, CNE).
enum HL7Coding {
    /// The codes of a value: components 1–3, 4–6 and (from version 2.7 on, and in some messages before) 10–12; the
    /// original text of component 9.
    static func coding(_ repetition: HL7Repetition) -> Coding {
        coding(repetition.components.map(\.text))
    }

    /// A coded element that is a component itself; its parts are subcomponents.
    static func coding(_ component: HL7Component) -> Coding? {
        let found = coding(component.subcomponents.map(\.text))
        return found.codes.isEmpty && found.text == nil ? nil : found
    }

    /// What the repetitions of a field say together, where they speak of one thing.
    static func codings(_ field: HL7Field) -> Coding? {
        let all = field.repetitions.map { coding($0) }
        let found = Coding(codes: all.flatMap(\.codes), text: all.compactMap(\.text).first)
        return found.codes.isEmpty && found.text == nil ? nil : found
    }

    /// What a reader sees of a field of coded elements: each repetition by its display text.
    static func text(_ field: HL7Field) -> String? {
        field.repetitions.map { coding($0).display }.filter { !$0.isEmpty }.joined(separator: ", ").nonEmpty
    }

    private static func coding(_ parts: [String]) -> Coding {
        func part(_ index: Int) -> String { index < parts.count ? parts[index] : "" }
        let codes = [0, 3, 9].map { Coding.Code(code: part($0), display: part($0 + 1), system: part($0 + 2)) }
        return Coding(codes: codes.filter { !$0.code.isEmpty || !$0.display.isEmpty }, text: part(8).nonEmpty)
    }
}

/// What is read of an OBX segment in one way everywhere.
enum HL7Line {
    /// OBX-11, in capitals; empty where it is missing.
    static func status(_ segment: HL7Segment) -> String { segment.field(11).component(1).text.trimmed.uppercased() }

    /// OBX-2, in capitals; `ST` where it is missing.
    static func type(_ segment: HL7Segment) -> String {
        segment.field(2).text.trimmed.uppercased().nonEmpty ?? "ST"
    }

    /// OBX-8: the code of each flag, or its text where it has none.
    static func flags(_ segment: HL7Segment) -> [String] {
        segment.field(8).repetitions.compactMap { $0.component(1).value?.trimmed.nonEmpty ?? words($0) }
    }

    /// What the flags of OBX-8 say in words beside their codes.
    static func flagWords(_ segment: HL7Segment) -> [String] {
        segment.field(8).repetitions.compactMap { flag in
            guard let code = flag.component(1).value?.trimmed.nonEmpty else { return nil }
            return words(flag).flatMap { $0 == code ? nil : $0 }
        }
    }

    private static func words(_ flag: HL7Repetition) -> String? {
        [9, 2, 5].lazy.compactMap { flag.component($0).value?.trimmed.nonEmpty }.first
    }

    /// OBX-23: the laboratory that performed the line.
    static func laboratory(_ segment: HL7Segment) -> String? { segment.field(23).component(1).value?.trimmed.nonEmpty }

    /// OBX-15: who produced the line.
    static func producer(_ segment: HL7Segment) -> String? {
        HL7Coding.coding(segment.field(15).repetition(0)).display.trimmed.nonEmpty
    }

    /// Whether a line is a result: answers to questions asked with the order (OBX-29), details of the order and what was
    /// not asked for (OBX-11 = O, N) are none.
    static func isResult(_ segment: HL7Segment) -> Bool {
        !["QST", "SCI"].contains(segment.field(29).text.trimmed.uppercased())
            && !LineStatus.isUnasked(status(segment))
    }
}
