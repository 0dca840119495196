import EdgeKit
package import HL7
package import Recognition

/// What an HL7 message came to: reports to publish, or the reasons why it is refused.
///
/// A message is taken whole or not at all: where one of its reports is refused, none of them is submitted, so that the
/// sender can repair it and send it again.
package struct HL7ReportMapping: Sendable {
    /// One for each OBR group, in their order; empty where the message is refused.
    package var submissions: [ReportSubmission]
    /// Why the message is refused; empty where it is not.
    package var problems: [HL7Problem]
    /// What was passed over or read with care, for the sender and the log.
    package var warnings: [HL7Problem]

    package var outcome: HL7Outcome { HL7Reading.outcome(of: problems) }

    static func refused(_ problem: HL7Problem) -> HL7ReportMapping {
        HL7ReportMapping(submissions: [], problems: [problem], warnings: [])
    }
}
