import Effects
import HL7
import Recognition
import RecognitionEdge
import ServiceKit

/// The way of one HL7 v2 message.
struct HL7Intake {
    let intake: ReportIntake
    let source: MessageSource
    let encoding: HL7Encoding
    let isTaking: Bool
    let correlation: String

    func judge(_ bytes: [UInt8]) async -> IntakeResult {
        let message: HL7Message
        do { message = try HL7Message.parse(bytes, defaultEncoding: encoding) } catch {
            let header = HL7Message.headerAlone(of: bytes)
            let problem = HL7Answer.problem(error)
            return refused(
                answer(header).bytes(.rejected, [problem]), [problem], fault: .unreadable,
                controlID: header?.controlID ?? "")
        }
        if let problem = notForHere(message) {
            return refused(
                answer(message).bytes(problem.outcome, [problem.problem]), [problem.problem], fault: problem.fault,
                controlID: message.controlID)
        }
        let receipt = MessageReceipt(
            source: ["hl7v2", source.institution, message.sendingApplication, message.sendingFacility]
                .joined(separator: "\n"), institution: source.institution, messageID: message.controlID, bytes: bytes)
        do {
            if let stored = try await intake.store.storedAnswer(receipt) {
                var result = result(.duplicate, stored.answer, message.controlID)
                result.reportCount = message.segments("OBR").count
                result.warnings = HL7Answer.warnings(in: stored.answer)
                return result
            }
        } catch { return failed(IntakeObstacle(error), message) }
        return await publish(message, receipt)
    }

    private func publish(_ message: HL7Message, _ receipt: MessageReceipt) async -> IntakeResult {
        let mapping = HL7ReportMapper(institution: source.institution, now: intake.world.time.wallTime).map(message)
        let answer = answer(message)
        guard mapping.problems.isEmpty else {
            return refused(
                answer.bytes(mapping.outcome, mapping.problems), mapping.problems, fault: .unacceptable,
                controlID: message.controlID)
        }
        let warnings = mapping.warnings
        let settlement = await intake.settle(mapping.submissions, receipt: receipt, isTaking: isTaking) { outcomes in
            answer.bytes(.accepted, warnings + Self.notices(outcomes))
        }
        var result: IntakeResult
        var told = warnings
        switch settlement {
        case .failed(let obstacle): return failed(obstacle, message)
        case .looked: result = self.result(.accepted, answer.bytes(.accepted, warnings), message.controlID)
        case .published(let outcomes):
            told += Self.notices(outcomes)
            let isKnown = outcomes.allSatisfy { $0.word == "duplicate" }
            result = self.result(
                isKnown ? .duplicate : .accepted, answer.bytes(.accepted, told), message.controlID)
            result.reports = outcomes.map(IntakeResult.Report.init)
        }
        result.reportCount = mapping.submissions.count
        result.warnings = told.map(IntakeResult.Problem.init)
        return result
    }

    /// What the core has to say about reports that it took, each at its OBR.
    private static func notices(_ outcomes: [PublishOutcome]) -> [HL7Problem] {
        outcomes.enumerated().flatMap { index, outcome in
            outcome.notices.map { notice in
                HL7Problem(
                    .accepted, segment: "OBR", sequence: index + 1, text: notice.text, severity: .warning,
                    notice: notice.code.rawValue)
            }
        }
    }

    private struct NotForHere {
        var outcome: HL7Outcome
        var problem: HL7Problem
        var fault: IntakeResult.Fault
    }

    private func notForHere(_ message: HL7Message) -> NotForHere? {
        guard source.allowed.contains(.hl7v2) else {
            let problem = HL7Problem(.unsupportedMessageType, segment: "MSH", text: "HL7 v2 is not taken here")
            return NotForHere(outcome: .rejected, problem: problem, fault: .otherFormat)
        }
        guard !message.controlID.isEmpty else {
            let text = "the control id is missing: nobody could tell which message the answer is for"
            let problem = HL7Problem(.requiredFieldMissing, segment: "MSH", field: 10, text: text)
            return NotForHere(outcome: .error, problem: problem, fault: .unacceptable)
        }
        return nil
    }

    private func answer(_ message: HL7Message?) -> HL7Answer {
        HL7Answer(message, world: intake.world, offsetMinutes: intake.offsetMinutes)
    }

    private func failed(_ obstacle: IntakeObstacle, _ message: HL7Message) -> IntakeResult {
        let code: HL7Problem.Code
        switch obstacle.kind {
        case .tryAgain, .broken: code = .internalError
        case .tooLarge: code = .dataType
        case .unacceptable: code = .requiredFieldMissing
        }
        let problem = HL7Problem(code, segment: obstacle.kind == .tooLarge ? "OBR" : "MSH", text: obstacle.text)
        let bytes = answer(message).bytes(.error, [problem])
        guard obstacle.kind == .tryAgain else {
            return refused(
                bytes, [problem], fault: obstacle.fault,
                controlID: message.controlID)
        }
        var result = result(.notStored, bytes, message.controlID)
        result.problems = [IntakeResult.Problem(code: obstacle.code, place: problem.place, text: problem.text)]
        return result
    }

    private func refused(
        _ bytes: [UInt8], _ problems: [HL7Problem], fault: IntakeResult.Fault, controlID: String
    ) -> IntakeResult {
        var result = result(.refused, bytes, controlID)
        result.problems = problems.map(IntakeResult.Problem.init)
        result.fault = fault
        return result
    }

    private func result(_ outcome: IntakeResult.Outcome, _ answer: [UInt8], _ controlID: String) -> IntakeResult {
        IntakeResult(
            format: .hl7v2, outcome: outcome, answer: answer, controlID: controlID, correlation: correlation)
    }
}
