import EdgeKit
import HL7
import Referral

/// What becomes of the fields of a referral, and of an answer to one.
///
/// What is ignored says who pays, how to call, and how the referral goes through the house.
enum HL7ReferralFields {
    private static let ignoredSegments: Set<String> = [
        "MSH", "SFT", "UAC", "EVN", "PD1", "NK1", "PV1", "PV2", "GT1", "IN1", "IN2", "IN3", "AUT", "CTD", "MSA",
    ]

    private static let bySegment: [String: HL7FieldRules] = [
        "RF1": HL7FieldRules(
            components: [1: [1, 2, 3, 4, 5, 6], 3: [1, 2, 3], 6: [1, 2, 3, 4], 11: [1, 2, 3, 4]],
            each: [10: [1, 2, 3, 9]], ignored: [7, 9]),
        "PRD": HL7FieldRules(components: [1: [1, 2, 3], 7: [1, 2]], ignored: [2, 3, 4, 5, 6, 8, 9]),
        "PID": HL7FieldRules(
            whole: [2, 3, 4, 5, 18], first: [7, 8, 19],
            ignored: [1, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 22, 23, 26, 27, 28, 33, 34, 39, 40]),
        "DG1": HL7FieldRules(whole: [4], components: [3: [1, 2, 3, 9]], ignored: [1, 2, 6, 15, 16]),
        "NTE": HL7FieldRules(whole: [3], ignored: [1, 2, 4]),
        "OBR": HL7FieldRules(whole: [13], components: [4: [1, 2, 3, 9]], each: [31: [1, 2, 3, 9]], ignored: [1, 2]),
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

    /// Codes of our own (99YILIAN) under which lines are fields of a referral.
    static let ofReferral: Set<String> = Set(ReferralForms.referral.fields.map(\.name)).union(["result"])

    /// Those of what is written with an event, of the day of return, and of what is held.
    static let ofEvents: Set<String> = Set(
        ReferralWorkflow.table.events.compactMap(\.form).flatMap(\.fields).map(\.name)
    ).union(["day", "hold"])

    /// The id by which a provider of a role is named (PRD-1, PRD-7): `RP` who refers or answers, `RT` who is asked.
    static func provider(_ role: String, _ message: HL7Message) -> String? {
        message.segments("PRD").first { segment in
            segment.field(1).repetitions.contains { $0.component(1).text.trimmed.uppercased() == role }
        }?.field(7).component(1).value?.trimmed.nonEmpty
    }
}
