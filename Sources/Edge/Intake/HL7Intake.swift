import EdgeKit
import Effects
import HL7
import ServiceKit

/// The way of one HL7 v2 message: read, routed by its type, handled, acknowledged.
struct HL7Intake {
    let intake: MessageIntake
    let principal: Principal
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
        switch intake.registry.route(of: message) {
        case .nowhere(let problem): return refused(message, [problem], fault: .unacceptable)
        case .to(let handler): return await judge(message, handler, bytes)
        }
    }

    private func judge(_ message: HL7Message, _ handler: HL7Handler, _ bytes: [UInt8]) async -> IntakeResult {
        let receipt = MessageReceipt(
            source: ["hl7v2", principal.institution, message.sendingApplication, message.sendingFacility]
                .joined(separator: "\n"), institution: principal.institution, messageID: message.controlID,
            bytes: bytes)
        let call = HL7Call(
            message, principal: principal, now: intake.world.time.wallTime, correlation: correlation)
        do {
            let stored: StoredAnswer?
            do { stored = try await intake.storedAnswer(receipt) } catch {
                return failed(IntakeObstacle(error), message, handler)
            }
            // How many things it holds is all that is wanted of a repetition.
            if let stored { return repeated(stored, try? await handler.read(call), message) }
            switch try await handler.read(call) {
            case .refused(let problems, let fault): return refused(message, problems, fault: fault)
            case .readable(let count, let warnings, let take):
                return try await keep(message, receipt, count: count, warnings: warnings, take)
            }
        } catch { return failed(intake.obstacle(error), message, handler) }
    }

    private func keep(
        _ message: HL7Message, _ receipt: MessageReceipt, count: Int, warnings: [HL7Problem],
        _ take: @Sendable (HL7Keeping) async throws -> HL7Taken
    ) async throws -> IntakeResult {
        let answer = answer(message)
        guard isTaking else {
            var result = result(.accepted, answer.bytes(.accepted, warnings), message.controlID)
            result.recordCount = count
            result.warnings = warnings.map(MessageProblem.init)
            return result
        }
        let taken = try await take(
            HL7Keeping(receipt: receipt) { notices, reply in
                answer.bytes(.accepted, warnings + notices, reply: reply)
            })
        let told = warnings + taken.notices
        let isKnown = !taken.records.isEmpty && taken.records.allSatisfy(\.isDuplicate)
        var result = result(
            isKnown ? .duplicate : .accepted, answer.bytes(.accepted, told, reply: taken.reply),
            message.controlID)
        result.records = taken.records
        result.recordCount = count
        result.warnings = told.map(MessageProblem.init)
        return result
    }

    /// The message came before: it gets what it got then.
    private func repeated(_ stored: StoredAnswer, _ reading: HL7Reading?, _ message: HL7Message) -> IntakeResult {
        var result = result(.duplicate, stored.answer, message.controlID)
        if case .readable(let count, _, _)? = reading { result.recordCount = count }
        result.warnings = HL7Answer.warnings(in: stored.answer)
        return result
    }

    private struct NotForHere {
        var outcome: HL7Outcome
        var problem: HL7Problem
        var fault: MessageFault
    }

    private func notForHere(_ message: HL7Message) -> NotForHere? {
        guard principal.forms.contains(.hl7v2) else {
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

    private func failed(_ obstacle: IntakeObstacle, _ message: HL7Message, _ handler: HL7Handler) -> IntakeResult {
        let code: HL7Problem.Code
        switch obstacle.kind {
        case .tryAgain, .broken: code = .internalError
        case .tooLarge: code = .dataType
        case .unacceptable: code = .requiredFieldMissing
        }
        let segment = obstacle.kind == .tooLarge ? handler.contentSegment : "MSH"
        let problem = HL7Problem(code, segment: segment, text: obstacle.text)
        let bytes = answer(message).bytes(.error, [problem])
        guard obstacle.kind == .tryAgain else {
            return refused(bytes, [problem], fault: obstacle.fault, controlID: message.controlID)
        }
        var result = result(.notStored, bytes, message.controlID)
        result.problems = [MessageProblem(code: obstacle.code, place: problem.place, text: problem.text)]
        return result
    }

    private func refused(_ message: HL7Message, _ problems: [HL7Problem], fault: MessageFault) -> IntakeResult {
        refused(
            answer(message).bytes(HL7Reading.outcome(of: problems), problems), problems, fault: fault,
            controlID: message.controlID)
    }

    private func refused(
        _ bytes: [UInt8], _ problems: [HL7Problem], fault: MessageFault, controlID: String
    ) -> IntakeResult {
        var result = result(.refused, bytes, controlID)
        result.problems = problems.map(MessageProblem.init)
        result.fault = fault
        return result
    }

    private func result(_ outcome: IntakeResult.Outcome, _ answer: [UInt8], _ controlID: String) -> IntakeResult {
        IntakeResult(form: .hl7v2, outcome: outcome, answer: answer, controlID: controlID, correlation: correlation)
    }
}
