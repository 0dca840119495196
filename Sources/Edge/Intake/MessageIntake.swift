package import EdgeKit
import Effects
package import HL7
package import Logging
package import NodeRuntime
package import Regions
import ServiceKit

/// Takes messages, whichever way they come: over MLLP, by FHIR's POST, or from a file.
///
/// What they hold is the business of the handlers that services registered. What is answered with AA or 201 is on this
/// node's disk. A message is taken whole or not at all. The same message of the same sender (HL7: MSH-3, MSH-4 and
/// MSH-10; and the same bytes) gets the very answer that it got the first time; other bytes under the same id are judged
/// on their content.
package struct MessageIntake: Sendable {
    let node: YilianNode
    let registry: HandlerRegistry
    let memory: MessageMemory
    let world: World
    let logger: Logger
    package let refusals = RefusalBoard()
    package let figures = IntakeFigures()
    /// What was answered to the same message before.
    var storedAnswer: @Sendable (MessageReceipt) async throws -> StoredAnswer?
    /// The node's civil time, in minutes east of UTC, for times in answers.
    let offsetMinutes = 480

    /// - Parameter handlers: what the node answers to hospitals' systems.
    /// - Throws: `node.noService` where the node does not run what the handlers need, `edge.sameHandler`.
    package init(
        node: YilianNode, handlers: [any HospitalHandlers.Type] = ServiceList.handlers, logger: Logger
    ) throws {
        var registry = HandlerRegistry(failures: .edge)
        for handler in handlers { try handler.register(with: &registry, of: node) }
        self.init(node: node, registry: registry, logger: logger)
    }

    init(node: YilianNode, registry: HandlerRegistry, logger: Logger) {
        self.node = node
        self.registry = registry
        memory = MessageMemory(node.context)
        world = node.setup.world
        self.logger = logger
        storedAnswer = { [memory] in try await memory.storedAnswer(to: $0) }
    }

    /// For whom a listener or a system speaks: an institution of this node.
    ///
    /// Identities hold the unit's id, however a listener names the institution, so that the same report has one
    /// identity whichever way it comes.
    ///
    /// - Throws: `edge.unknownInstitution`, `edge.otherNode`.
    package func principal(
        named name: String, institution: InstitutionReference, forms: Set<MessageForm> = [.hl7v2, .fhir]
    ) throws -> Principal {
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
        return Principal(
            system: name, institution: unit.id.rawValue, forms: forms, knownPurposes: node.context.purposes.all)
    }

    /// Takes one message; it is durable on return where the result says `accepted` or `duplicate`.
    ///
    /// - Parameter encoding: the character set of HL7 messages whose MSH-18 is empty.
    package func take(
        _ bytes: [UInt8], format: MessageFormat = .detected, principal: Principal, encoding: HL7Encoding = .utf8
    ) async -> IntakeResult {
        let result = await judge(bytes, format: format, principal: principal, encoding: encoding, isTaking: true)
        note(result, principal)
        return result
    }

    /// Looks at a message as `take` would, and keeps nothing.
    package func look(
        _ bytes: [UInt8], format: MessageFormat = .detected, principal: Principal, encoding: HL7Encoding = .utf8
    ) async -> IntakeResult {
        await judge(bytes, format: format, principal: principal, encoding: encoding, isTaking: false)
    }

    /// The messages of a file: one for FHIR, one for each MSH segment for HL7 v2 (also in FHS and BHS batches).
    package static func messages(in bytes: [UInt8], format: MessageFormat = .detected) -> [[UInt8]] {
        format.form(of: bytes) == .fhir ? [bytes] : HL7Batch.messages(in: bytes)
    }

    func judge(
        _ bytes: [UInt8], format: MessageFormat, principal: Principal, encoding: HL7Encoding, isTaking: Bool,
        resourceType: String? = nil
    ) async -> IntakeResult {
        let correlation = world.identifier()
        let form = format.form(of: bytes)
        let began = world.time.monotonicTime
        defer {
            if isTaking { figures.note(milliseconds: world.time.monotonicTime.milliseconds(since: began), form) }
        }
        switch form {
        case .hl7v2:
            let run = HL7Intake(
                intake: self, principal: principal, encoding: encoding, isTaking: isTaking, correlation: correlation)
            return await run.judge(bytes)
        case .fhir:
            let run = FHIRIntake(
                intake: self, principal: principal, isTaking: isTaking, resourceType: resourceType,
                correlation: correlation)
            return await run.judge(bytes)
        }
    }

    /// Why a message that is in order could not be taken; what the operator has to see stands in the log.
    func obstacle(_ error: any Error) -> IntakeObstacle {
        let obstacle = IntakeObstacle(error)
        if obstacle.kind == .tryAgain || obstacle.kind == .broken {
            logger.error("a message could not be kept", metadata: ["code": "\(obstacle.code)"])
        }
        return obstacle
    }

    func note(_ result: IntakeResult, _ principal: Principal) {
        figures.note(result)
        var metadata: Logger.Metadata = [
            "source": "\(principal.system)", "format": "\(result.form.rawValue)",
            "outcome": "\(result.outcome.rawValue)", "records": "\(result.recordCount)",
            "correlation": "\(result.correlation)",
        ]
        switch result.outcome {
        case .accepted, .duplicate:
            if !result.warnings.isEmpty { metadata["warnings"] = "\(result.warnings.count)" }
            logger.debug("message taken", metadata: metadata)
        case .refused, .notStored:
            refusals.note(result, principal, time: world.time.wallTime)
            if let first = result.problems.first {
                metadata["code"] = "\(first.code)"
                metadata["place"] = "\(first.place)"
            }
            logger.warning("message not taken", metadata: metadata)
        }
    }
}
