package import Calls
package import Distributed
package import WorkflowKit

/// What neighbours ask of a node's desk for adverse events.
@Resolvable
package protocol AdverseCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Carries a command of a quality controller out where the event happened, or passes it on towards there.
    distributed func command(_ command: CaseCommand<AdverseWorkflow>) async throws -> CaseReceipt<AdverseWorkflow>
    /// Reads a part of an event to a quality controller, from where it happened; neither patient nor reporter.
    distributed func read(_ reading: CaseReading<AdverseWorkflow>) async throws -> CaseContent
}

extension DeskInterface<any AdverseCalls> {
    package static let adverse = DeskInterface(AdverseDesk.deskName) {
        try $AdverseCalls.resolve(id: $0, using: $1)
    }
}

/// The callable face of adverse events.
package distributed actor AdverseDesk: AdverseCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "adverse"

    private let counter: CommandCounter<AdverseWorkflow>

    init(counter: CommandCounter<AdverseWorkflow>, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.actorSystem = actorSystem
    }

    package distributed func command(
        _ command: CaseCommand<AdverseWorkflow>
    ) async throws -> CaseReceipt<AdverseWorkflow> {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }

    package distributed func read(_ reading: CaseReading<AdverseWorkflow>) async throws -> CaseContent {
        try await counter.reader.read(reading, caller: CallContext.current?.caller)
    }
}
