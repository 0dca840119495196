import HL7
import Recognition

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
