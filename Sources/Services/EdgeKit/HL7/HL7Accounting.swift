package import HL7

/// Accounts for every field of a message: what is neither read nor without meaning becomes a warning.
///
/// Nothing that may change the meaning is dropped in silence. A warning names segment and field, never what stands there.
package struct HL7Accounting {
    private let ignoredSegments: Set<String>
    private let rules: (HL7Segment) -> HL7FieldRules?
    private let byItself: (HL7Segment, Int) -> [HL7Problem]?

    /// - Parameters:
    ///   - ignoredSegments: segments without meaning here.
    ///   - rules: what is read of a segment; none where nothing is.
    ///   - byItself: what is to be said of a field that is judged by what stands in it; none where rules do.
    package init(
        ignoredSegments: Set<String>, rules: @escaping (HL7Segment) -> HL7FieldRules?,
        byItself: @escaping (HL7Segment, Int) -> [HL7Problem]? = { _, _ in nil }
    ) {
        self.ignoredSegments = ignoredSegments
        self.rules = rules
        self.byItself = byItself
    }

    package func warnings(_ message: HL7Message) -> HL7Warnings {
        var warnings = HL7Warnings()
        for segment in message.segments where !ignoredSegments.contains(segment.name) {
            guard let rules = rules(segment) else {
                warnings.add(Self.warning(segment, nil, nil, "the segment is not carried"))
                continue
            }
            for number in segment.filledFields {
                if let problems = byItself(segment, number) {
                    warnings.add(problems)
                } else {
                    Self.check(segment, number, rules, &warnings)
                }
            }
        }
        return warnings
    }

    private static func check(
        _ segment: HL7Segment, _ number: Int, _ rules: HL7FieldRules, _ warnings: inout HL7Warnings
    ) {
        switch rules.reading(number) {
        case .whole, .nothing: return
        case nil:
            if segment.field(number).isNull { return }
            warnings.add(warning(segment, number, nil, "the field is not carried"))
        case .first:
            checkRepetitions(segment, number, &warnings)
        case .components(let read):
            checkRepetitions(segment, number, &warnings)
            checkComponents(segment.field(number).repetition(0), read, segment, number, &warnings)
        case .each(let read):
            for repetition in segment.field(number).repetitions {
                checkComponents(repetition, read, segment, number, &warnings)
            }
        }
    }

    private static func checkComponents(
        _ repetition: HL7Repetition, _ read: Set<Int>, _ segment: HL7Segment, _ number: Int,
        _ warnings: inout HL7Warnings
    ) {
        for (index, component) in repetition.components.enumerated()
        where !read.contains(index + 1) && component.value != nil {
            warnings.add(warning(segment, number, index + 1, "the component is not carried"))
        }
    }

    private static func checkRepetitions(_ segment: HL7Segment, _ number: Int, _ warnings: inout HL7Warnings) {
        let rest = segment.field(number).repetitions.dropFirst()
        guard rest.contains(where: { $0.value != nil }) else { return }
        warnings.add(warning(segment, number, nil, "only the first repetition of the field is carried"))
    }

    package static func warning(
        _ segment: HL7Segment, _ field: Int?, _ component: Int?, _ text: String
    ) -> HL7Problem {
        HL7Problem(
            .accepted, segment: segment.name, sequence: segment.sequence, field: field, component: component,
            text: text, severity: .warning, notice: "notCarried")
    }
}
