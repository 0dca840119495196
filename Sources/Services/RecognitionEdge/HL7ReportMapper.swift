import EdgeKit
package import Effects
package import HL7
package import Recognition

/// Makes report submissions of the OBR groups of an ORU^R01 message.
///
/// Strict about what identity needs (a patient identifier, a readable structure), lenient about everything else: real
/// systems leave out times, names and values, and write dates that do not exist. What is not carried is said.
package struct HL7ReportMapper: Sendable {
    /// The institution whose listener took the message.
    package var institution: String
    /// For the check of citizen identity numbers: no date of birth lies after it.
    package var now: WallTime
    /// The category of reports whose OBR-24 is empty and whose contents do not tell.
    package var defaultCategory: ReportCategory

    package init(institution: String, now: WallTime, defaultCategory: ReportCategory = .other) {
        self.institution = institution
        self.now = now
        self.defaultCategory = defaultCategory
    }

    /// The reports of a message, or what is wrong with it.
    package func map(_ message: HL7Message) -> HL7ReportMapping {
        if let problem = HL7Triggers([.unsolicitedResults]).problem(of: message) { return .refused(problem) }
        let reader = HL7GroupReader(message, patients: HL7PatientReader(now: now))
        var problems = reader.problems + HL7Shift.problems(message)
        var warnings = HL7Warnings()
        warnings.add(message.doubts)
        warnings.add(reader.warnings)
        warnings.add(HL7Shift.doubts(message))
        var submissions: [ReportSubmission] = []
        let positions = ReportPositions.number(
            reader.groups.map { group in
                ReportPositions.Report(
                    patient: group.patient.identifiers.first?.value, filler: group.fillerOrderNumber,
                    placer: group.placerOrderNumber, code: group.service.code)
            })
        for (group, position) in zip(reader.groups, positions) {
            var builder = HL7ReportBuilder(group: group, institution: institution, defaultCategory: defaultCategory)
            let content = builder.content(position: position)
            problems += builder.problems
            warnings.add(builder.warnings)
            submissions.append(
                ReportSubmission(
                    content: content, format: .hl7v2, messageID: message.controlID,
                    isProduction: message.processingMode == .production))
        }
        warnings.add(HL7ReportFields.warnings(message))
        return HL7ReportMapping(
            submissions: problems.isEmpty ? submissions : [], problems: problems, warnings: warnings.list)
    }
}

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
