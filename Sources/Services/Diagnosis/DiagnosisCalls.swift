package import Calls
package import Distributed
import WorkflowKit

/// What neighbours ask of a node's desk for diagnoses.
@Resolvable
package protocol DiagnosisCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Carries a command out where the desk is the attempt's home, or passes it on towards the home.
    distributed func command(_ command: DiagnosisCommand) async throws -> DiagnosisReceipt
}

extension DeskInterface<any DiagnosisCalls> {
    package static let diagnosis = DeskInterface(DiagnosisDesk.deskName) {
        try $DiagnosisCalls.resolve(id: $0, using: $1)
    }
}

/// The callable face of diagnoses.
package distributed actor DiagnosisDesk: DiagnosisCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "diagnosis"

    private let counter: CommandCounter<DiagnosisWorkflow>

    init(counter: CommandCounter<DiagnosisWorkflow>, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.actorSystem = actorSystem
    }

    package distributed func command(_ command: DiagnosisCommand) async throws -> DiagnosisReceipt {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }
}
