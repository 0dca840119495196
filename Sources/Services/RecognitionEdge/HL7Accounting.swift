import HL7
import Recognition

/// Accounts for every field of a message: what is neither read nor without meaning becomes a warning.
///
/// Nothing that may change the meaning of a result is dropped in silence. A warning names segment and field, never what
/// stands there.
enum HL7Accounting {
    static func warnings(_ message: HL7Message) -> HL7Warnings {
        var warnings = HL7Warnings()
        for segment in message.segments where !HL7FieldRules.ignoredSegments.contains(segment.name) {
            guard let rules = rules(segment) else {
                warnings.add(warning(segment, nil, nil, "the segment is not carried"))
                continue
            }
            for number in segment.filledFields {
                if segment.name == "ORC", number == 1 || number == 5 {
                    checkOrder(segment, number, &warnings)
                } else {
                    check(segment, number, rules, &warnings)
                }
            }
        }
        return warnings
    }

    private static func rules(_ segment: HL7Segment) -> HL7FieldRules? {
        if segment.name == "OBX", HL7DocumentReader.isDocument(segment) { return HL7FieldRules.document }
        return HL7FieldRules.rules(segment.name)
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

    /// An order that was cancelled, stopped or held says so in ORC; results of it stand or fall by OBR-25 alone.
    private static func checkOrder(_ segment: HL7Segment, _ number: Int, _ warnings: inout HL7Warnings) {
        let code = segment.field(number).component(1).text.trimmed.uppercased()
        let stops: Set<String> =
            number == 1 ? ["CA", "OC", "CR", "DC", "OD", "DR", "HD", "OH", "UA"] : ["CA", "DC", "ER", "HD", "RP"]
        guard stops.contains(code) else { return }
        warnings.add(
            warning(
                segment, number, nil, "it says that the order does not go on; the report's status is that of OBR-25"))
    }

    private static func warning(
        _ segment: HL7Segment, _ field: Int?, _ component: Int?, _ text: String
    ) -> HL7Problem {
        HL7Problem(
            .accepted, segment: segment.name, sequence: segment.sequence, field: field, component: component,
            text: text, severity: .warning, notice: "notCarried")
    }
}
