import EdgeKit
import HL7

/// What becomes of the fields of an order of a remote diagnosis.
///
/// What is ignored says who pays, how to call, and how the order goes through the house.
enum HL7RequestFields {
    private static let ignoredSegments: Set<String> = [
        "MSH", "SFT", "UAC", "EVN", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2", "IN3", "FT1", "CTD", "CTI", "BLG",
    ]

    private static let bySegment: [String: HL7FieldRules] = [
        "PID": HL7FieldRules(
            whole: [2, 3, 4, 5, 18], first: [7, 8, 19],
            ignored: [1, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 22, 23, 26, 27, 28, 33, 34, 39, 40]),
        "ORC": HL7FieldRules(
            components: [1: [1], 2: [1, 2, 3, 4], 12: Set(1...25)],
            ignored: [4, 5, 6, 10, 11, 13, 14, 17, 18, 19, 20, 21, 22, 23, 24]),
        "OBR": HL7FieldRules(
            whole: [13], components: [2: [1, 2, 3, 4], 4: [1, 2, 3, 9], 16: Set(1...25)],
            each: [31: [1, 2, 3, 9]], ignored: [1, 10, 11, 17]),
        "DG1": HL7FieldRules(whole: [4], components: [3: [1, 2, 3, 9]], ignored: [1, 2, 6, 15, 16]),
        "NTE": HL7FieldRules(whole: [3], ignored: [1, 2, 4]),
        "OBX": HL7FieldRules(
            whole: [5, 11], components: [2: [1], 3: [1, 2, 3, 9], 6: [1, 2, 3]], ignored: [1, 4, 12]),
    ]

    /// - Parameter others: what was found out when the fields were read.
    static func warnings(_ message: HL7Message, _ others: [HL7Problem] = []) -> [HL7Problem] {
        var warnings = HL7Accounting(
            ignoredSegments: ignoredSegments, rules: { bySegment[$0.name] }
        ).warnings(message)
        warnings.add(others)
        return warnings.list
    }
}
