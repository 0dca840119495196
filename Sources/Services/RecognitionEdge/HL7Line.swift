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

    /// Whether a line is a result: answers to questions asked with the order (OBX-29), details of the order and what was
    /// not asked for (OBX-11 = O, N) are none.
    static func isResult(_ segment: HL7Segment) -> Bool {
        !["QST", "SCI"].contains(segment.field(29).text.trimmed.uppercased())
            && !LineStatus.isUnasked(status(segment))
    }
}
