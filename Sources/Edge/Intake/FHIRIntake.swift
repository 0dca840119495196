import Effects
import FHIR
import Recognition
import RecognitionEdge
import ServiceKit

/// The way of one FHIR resource.
struct FHIRIntake {
    let intake: ReportIntake
    let source: MessageSource
    let isTaking: Bool
    /// The type that the address names; `nil` where any will do.
    let resourceType: String?
    let correlation: String

    func judge(_ bytes: [UInt8]) async -> IntakeResult {
        let resource: FHIRResource
        do { resource = try FHIRResource.parse(bytes) } catch {
            return unreadable(error)
        }
        guard source.allowed.contains(.fhir) else {
            return refused([.init(.notSupported, "FHIR is not taken here")], fault: .otherFormat)
        }
        if let resourceType, resource.type != resourceType {
            let issue = OperationOutcome.Issue(
                .invalid, "this address takes a \(resourceType)", expression: "resourceType")
            return refused([issue], fault: .unreadable)
        }
        let mapping = FHIRReportMapper(institution: source.institution, now: intake.world.time.wallTime).map(resource)
        guard mapping.isAccepted else {
            return refused(mapping.issues, fault: .unacceptable, controlID: mapping.messageID)
        }
        let receipt = MessageReceipt(
            source: ["fhir", source.institution, source.name].joined(separator: "\n"),
            institution: source.institution, messageID: mapping.messageID, bytes: bytes)
        do {
            if let stored = try await intake.store.storedAnswer(receipt) {
                var result = result(.duplicate, stored.answer, mapping.messageID)
                result.reports = FHIRAnswer.reports(in: stored.answer)
                result.reportCount = mapping.submissions.count
                return result
            }
        } catch { return failed(IntakeObstacle(error), mapping.messageID) }
        return await publish(resource, mapping, receipt)
    }

    private func publish(
        _ resource: FHIRResource, _ mapping: FHIRReportMapping, _ receipt: MessageReceipt
    ) async -> IntakeResult {
        let answer = FHIRAnswer(
            resource: resource, warnings: mapping.warnings, node: intake.node.context.node.rawValue,
            correlation: correlation)
        let settlement = await intake.settle(mapping.submissions, receipt: receipt, isTaking: isTaking) { outcomes in
            JSONPrinter.bytes(answer.json(outcomes.map(IntakeResult.Report.init)))
        }
        var result: IntakeResult
        var notices: [IntakeResult.Problem] = []
        switch settlement {
        case .failed(let obstacle): return failed(obstacle, mapping.messageID)
        case .looked: result = self.result(.accepted, JSONPrinter.bytes(answer.json([])), mapping.messageID)
        case .published(let outcomes):
            let reports = outcomes.map(IntakeResult.Report.init)
            let isKnown = outcomes.allSatisfy { $0.word == "duplicate" }
            result = self.result(
                isKnown ? .duplicate : .accepted, JSONPrinter.bytes(answer.json(reports)), mapping.messageID)
            result.reports = reports
            notices = IntakeResult.Problem.warnings(of: outcomes)
        }
        result.reportCount = mapping.submissions.count
        result.warnings = mapping.warnings.map(IntakeResult.Problem.init) + notices
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
            result.problems = [IntakeResult.Problem(code: obstacle.code, place: "", text: obstacle.text)]
            return result
        }
    }

    private func refused(
        _ issues: [OperationOutcome.Issue], fault: IntakeResult.Fault, controlID: String = ""
    ) -> IntakeResult {
        var result = result(.refused, outcome(issues), controlID)
        result.problems = issues.map(IntakeResult.Problem.init)
        result.fault = fault
        return result
    }

    private func outcome(_ issues: [OperationOutcome.Issue]) -> [UInt8] {
        JSONPrinter.bytes(OperationOutcome(issues).json(id: correlation))
    }

    private func result(_ outcome: IntakeResult.Outcome, _ answer: [UInt8], _ controlID: String) -> IntakeResult {
        IntakeResult(format: .fhir, outcome: outcome, answer: answer, controlID: controlID, correlation: correlation)
    }
}

extension IntakeResult.Problem {
    init(_ issue: OperationOutcome.Issue) {
        self.init(code: issue.code.rawValue, place: issue.expression ?? "", text: issue.diagnostics)
    }
}

extension OperationOutcome {
    /// The resource with the correlation id as its id, so that a person can name it to the node's operator.
    func json(id: String) -> JSONValue {
        var object: JSONObject = ["resourceType": "OperationOutcome", "id": .string(id)]
        object["issue"] = json["issue"]
        return .object(object)
    }
}
