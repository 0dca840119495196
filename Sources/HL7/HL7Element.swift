/// A stretch of a message: a field, a repetition, a component or a subcomponent.
///
/// Elements are cheap views into the message; their parts are looked for when they are asked for. Asking for a part
/// that the message does not have gives an empty element, as HL7 means it.
package protocol HL7Element: Sendable {
    var span: HL7Span { get }
}

extension HL7Element {
    /// The lexical form, as it stands in the message, delimiters and escapes included.
    package var raw: String { span.raw }
    /// The text with its escapes resolved; empty for the null value `""`.
    package var text: String { span.isNull ? "" : span.text }
    /// The text, or `nil` where the element is empty or null.
    package var value: String? { span.isEmpty || span.isNull ? nil : span.text }
    /// Whether the element is `""`, which means "delete what you have".
    package var isNull: Bool { span.isNull }
    package var isEmpty: Bool { span.isEmpty }
}

/// One field of a segment, with all its repetitions.
package struct HL7Field: HL7Element {
    package let span: HL7Span

    package var repetitions: [HL7Repetition] {
        span.isEmpty ? [] : span.pieces(span.delimiters.repetition).map { HL7Repetition(span: $0) }
    }

    /// A repetition by its position, from 0.
    package func repetition(_ index: Int) -> HL7Repetition {
        HL7Repetition(span: span.piece(index, span.delimiters.repetition))
    }

    /// A component of the first repetition, from 1.
    package func component(_ number: Int) -> HL7Component {
        repetition(0).component(number)
    }
}

/// One of the values of a field.
package struct HL7Repetition: HL7Element {
    package let span: HL7Span

    package var components: [HL7Component] {
        span.isEmpty ? [] : span.pieces(span.delimiters.component).map { HL7Component(span: $0) }
    }

    /// A component by its number, from 1.
    package func component(_ number: Int) -> HL7Component {
        HL7Component(span: span.piece(number - 1, span.delimiters.component))
    }
}

/// One component of a value.
package struct HL7Component: HL7Element {
    package let span: HL7Span

    package var subcomponents: [HL7Subcomponent] {
        span.isEmpty ? [] : span.pieces(span.delimiters.subcomponent).map { HL7Subcomponent(span: $0) }
    }

    /// A subcomponent by its number, from 1.
    package func subcomponent(_ number: Int) -> HL7Subcomponent {
        HL7Subcomponent(span: span.piece(number - 1, span.delimiters.subcomponent))
    }
}

/// The smallest part of a message.
package struct HL7Subcomponent: HL7Element {
    package let span: HL7Span
}
