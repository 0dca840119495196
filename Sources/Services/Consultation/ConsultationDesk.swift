package import Calls
package import Distributed
import WorkflowKit

/// The callable face of consultation.
package distributed actor ConsultationDesk: ConsultationCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "consultation"

    private let counter: CommandCounter<ConsultationWorkflow>

    init(counter: CommandCounter<ConsultationWorkflow>, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.actorSystem = actorSystem
    }

    package distributed func command(_ command: ConsultationCommand) async throws -> ConsultationReceipt {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }
}
