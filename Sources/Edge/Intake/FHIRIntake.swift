import EdgeKit
import Effects
import FHIR
import ServiceKit

/// The way of one FHIR resource that is taken whole: read, routed by its type, handled, answered.
struct FHIRIntake {
    let intake: MessageIntake
    let principal: Principal
    let isTaking: Bool
    /// The type that the address names; `nil` where any will do.
    let resourceType: String?
    let correlation: String

    func judge(_ bytes: [UInt8]) async -> IntakeResult {
        let resource: FHIRResource
        do { resource = try FHIRResource.parse(bytes) } catch {
            return unreadable(error)
        }
        guard principal.forms.contains(.fhir) else {
            return refused([.init(.notSupported, "FHIR is not taken here")], fault: .otherFormat)
        }
        if let resourceType, resource.type != resourceType {
            let issue = OperationOutcome.Issue(
                .invalid, "this address takes a \(resourceType)", expression: "resourceType")
            return refused([issue], fault: .unreadable)
        }
        guard let handler = intake.registry.handler(ofResource: resource.type) else {
            let types = intake.registry.resources.flatMap(\.types).joined(separator: " and ")
            return refused(
                [.init(.notSupported, "only \(types) are taken here", expression: "resourceType")],
                fault: .unacceptable)
        }
        let call = FHIRResourceCall(
            resource, principal: principal, now: intake.world.time.wallTime, correlation: correlation)
        do {
            switch try await handler.read(call) {
            case .refused(let issues, let messageID, let fault):
                return refused(issues, fault: fault, controlID: messageID)
            case .readable(let readable): return await judge(readable, bytes)
            }
        } catch { return failed(intake.obstacle(error), "") }
    }

    private func judge(_ readable: FHIRReadable, _ bytes: [UInt8]) async -> IntakeResult {
        let receipt = MessageReceipt(
            source: ["fhir", principal.institution, principal.system].joined(separator: "\n"),
            institution: principal.institution, messageID: readable.messageID, bytes: bytes)
        do {
            if let stored = try await intake.storedAnswer(receipt) {
                var result = result(.duplicate, stored.answer, readable.messageID)
                result.records = readable.recordsInAnswer(stored.answer)
                result.recordCount = readable.recordCount
                return result
            }
        } catch { return failed(IntakeObstacle(error), readable.messageID) }
        do { return try await keep(readable, receipt) } catch {
            return failed(intake.obstacle(error), readable.messageID)
        }
    }

    private func keep(_ readable: FHIRReadable, _ receipt: MessageReceipt) async throws -> IntakeResult {
        var result: IntakeResult
        var notices: [MessageProblem] = []
        if isTaking {
            let taken = try await readable.take(receipt)
            let isKnown = !taken.records.isEmpty && taken.records.allSatisfy(\.isDuplicate)
            result = self.result(isKnown ? .duplicate : .accepted, taken.answer, readable.messageID)
            result.records = taken.records
            notices = taken.notices
        } else {
            result = self.result(.accepted, JSONPrinter.bytes(readable.answerToLook), readable.messageID)
        }
        result.recordCount = readable.recordCount
        result.warnings = readable.warnings.map(MessageProblem.init) + notices
        return result
    }

    private func unreadable(_ error: any Error) -> IntakeResult {
        guard let failure = error as? Failure else {
            return refused([.init(.structure, "the resource cannot be read")], fault: .unreadable)
        }
        let place = failure.place.map { $0 + ": " } ?? ""
        let remedy = failure.remedy.map { "; " + $0 } ?? ""
        let isTooLarge = failure.code == "json.tooLong"
        let code: OperationOutcome.IssueType = isTooLarge ? .tooLong : .structure
        return refused(
            [.init(code, place + failure.message + remedy)], fault: isTooLarge ? .tooLarge : .unreadable)
    }

    private func failed(_ obstacle: IntakeObstacle, _ controlID: String) -> IntakeResult {
        switch obstacle.kind {
        case .tooLarge: return refused([.init(.tooLong, obstacle.text)], fault: .tooLarge, controlID: controlID)
        case .unacceptable:
            return refused([.init(.businessRule, obstacle.text)], fault: .unacceptable, controlID: controlID)
        case .broken: return refused([.init(.exception, obstacle.text)], fault: .broken, controlID: controlID)
        case .tryAgain:
            let issue = OperationOutcome.Issue(.transient, obstacle.text)
            var result = result(.notStored, outcome([issue]), controlID)
            result.problems = [MessageProblem(code: obstacle.code, place: "", text: obstacle.text)]
            return result
        }
    }

    private func refused(
        _ issues: [OperationOutcome.Issue], fault: MessageFault, controlID: String = ""
    ) -> IntakeResult {
        var result = result(.refused, outcome(issues), controlID)
        result.problems = issues.map(MessageProblem.init)
        result.fault = fault
        return result
    }

    private func outcome(_ issues: [OperationOutcome.Issue]) -> [UInt8] {
        JSONPrinter.bytes(OperationOutcome(issues).json(id: correlation))
    }

    private func result(_ outcome: IntakeResult.Outcome, _ answer: [UInt8], _ controlID: String) -> IntakeResult {
        IntakeResult(form: .fhir, outcome: outcome, answer: answer, controlID: controlID, correlation: correlation)
    }
}

extension MessageProblem {
    init(_ issue: OperationOutcome.Issue) {
        self.init(code: issue.code.rawValue, place: issue.expression ?? "", text: issue.diagnostics)
    }
}
