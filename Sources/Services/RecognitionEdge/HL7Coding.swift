import HL7
import Recognition

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
