import Effects
import Ledgers
package import HL7
package import Logging
package import NodeRuntime
package import Recognition
package import Regions
import ServiceKit
import Wire

/// Takes messages with reports, whichever way they come: over MLLP, by FHIR's POST, or from a file.
///
/// What is answered with AA or 201 is on this node's disk. A message is taken whole or not at all. The same message of
/// the same sender (HL7: MSH-3, MSH-4 and MSH-10; and the same bytes) gets the very answer that it got the first time;
/// other bytes under the same id are judged on their content.
package struct ReportIntake: Sendable {
    let node: YilianNode
    let world: World
    let logger: Logger
    package let refusals = RefusalBoard()
    package let figures = IntakeFigures()
    var store: ReportStore
    /// The node's civil time, in minutes east of UTC, for times in answers.
    let offsetMinutes = 480

    /// - Throws: `node.noService` where the node does not run recognition.
    package init(node: YilianNode, logger: Logger) throws {
        self.node = node
        world = node.setup.world
        self.logger = logger
        store = ReportStore(try node.service(RecognitionService.self), memory: MessageMemory(node.context))
    }

    /// The source that stands for an institution of this node.
    ///
    /// Identities hold the unit's id, however a listener names the institution, so that the same report has one
    /// identity whichever way it comes.
    ///
    /// - Throws: `edge.unknownInstitution`, `edge.otherNode`.
    package func source(
        named name: String, institution: InstitutionReference,
        allowed: Set<ReportSubmission.Format> = [.hl7v2, .fhir]
    ) throws -> MessageSource {
        guard let unit = institution.unit(in: node.context.region.current) else {
            throw Failure(
                "edge.unknownInstitution", "the region has no institution '\(institution)'", place: name,
                remedy: "name a unit of region.yaml that belongs to this node")
        }
        guard node.context.region.current.everDelivers(unit, to: node.context.node) else {
            throw Failure(
                "edge.otherNode", "'\(institution)' belongs to node '\(unit.node)'", place: name,
                remedy: "let its systems speak to that node, or publish a configuration that moves it")
        }
        return MessageSource(name: name, institution: unit.id.rawValue, allowed: allowed)
    }

    /// Takes one message; it is durable on return where the result says `accepted` or `duplicate`.
    ///
    /// - Parameter encoding: the character set of HL7 messages whose MSH-18 is empty.
    package func take(
        _ bytes: [UInt8], format: MessageFormat = .detected, source: MessageSource, encoding: HL7Encoding = .utf8
    ) async -> IntakeResult {
        let result = await judge(bytes, format: format, source: source, encoding: encoding, isTaking: true)
        note(result, source)
        return result
    }

    /// Looks at a message as `take` would, and publishes nothing.
    package func look(
        _ bytes: [UInt8], format: MessageFormat = .detected, source: MessageSource, encoding: HL7Encoding = .utf8
    ) async -> IntakeResult {
        await judge(bytes, format: format, source: source, encoding: encoding, isTaking: false)
    }

    /// The messages of a file: one for FHIR, one for each MSH segment for HL7 v2 (also in FHS and BHS batches).
    package static func messages(in bytes: [UInt8], format: MessageFormat = .detected) -> [[UInt8]] {
        format.format(of: bytes) == .fhir ? [bytes] : HL7Batch.messages(in: bytes)
    }

    func judge(
        _ bytes: [UInt8], format: MessageFormat, source: MessageSource, encoding: HL7Encoding, isTaking: Bool,
        resourceType: String? = nil
    ) async -> IntakeResult {
        let correlation = world.identifier()
        let form = format.format(of: bytes)
        let began = world.time.monotonicTime
        defer {
            if isTaking { figures.note(milliseconds: world.time.monotonicTime.milliseconds(since: began), form) }
        }
        switch form {
        case .hl7v2:
            let run = HL7Intake(
                intake: self, source: source, encoding: encoding, isTaking: isTaking, correlation: correlation)
            return await run.judge(bytes)
        case .fhir:
            let run = FHIRIntake(
                intake: self, source: source, isTaking: isTaking, resourceType: resourceType, correlation: correlation)
            return await run.judge(bytes)
        }
    }

    /// How the publication of a message's reports went.
    enum Settlement {
        case published([PublishOutcome])
        /// It was only looked at.
        case looked
        case failed(IntakeObstacle)
    }

    func settle(
        _ submissions: [ReportSubmission], receipt: MessageReceipt, isTaking: Bool,
        answer: @escaping @Sendable ([PublishOutcome]) -> [UInt8]
    ) async -> Settlement {
        do {
            for (index, submission) in submissions.enumerated() {
                // Long documents travel beside the report: what counts is what stays in it.
                let size = try submission.content.payloadBytes()
                guard size <= Limits.entryPayloadBytes else {
                    let text =
                        "report \(index + 1) has \(size) bytes without its long documents; the limit is "
                        + "\(Limits.entryPayloadBytes)"
                    return .failed(IntakeObstacle(kind: .tooLarge, code: "intake.tooLarge", text: text))
                }
            }
            guard isTaking else { return .looked }
            return .published(try await store.publish(submissions, receipt, answer))
        } catch {
            let obstacle = IntakeObstacle(error)
            if obstacle.kind == .tryAgain || obstacle.kind == .broken {
                logger.error("a message could not be kept", metadata: ["code": "\(obstacle.code)"])
            }
            return .failed(obstacle)
        }
    }

    func note(_ result: IntakeResult, _ source: MessageSource) {
        figures.note(result)
        var metadata: Logger.Metadata = [
            "source": "\(source.name)", "format": "\(result.format.rawValue)", "outcome": "\(result.outcome.rawValue)",
            "reports": "\(result.reportCount)", "correlation": "\(result.correlation)",
        ]
        switch result.outcome {
        case .accepted, .duplicate:
            if !result.warnings.isEmpty { metadata["warnings"] = "\(result.warnings.count)" }
            logger.debug("message taken", metadata: metadata)
        case .refused, .notStored:
            refusals.note(result, source, time: world.time.wallTime)
            if let first = result.problems.first {
                metadata["code"] = "\(first.code)"
                metadata["place"] = "\(first.place)"
            }
            logger.warning("message not taken", metadata: metadata)
        }
    }
}
