package import Calls
package import Distributed

/// What neighbours ask of a node's consultation desk.
@Resolvable
package protocol ConsultationCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Carries a command out where the desk is the attempt's home, or passes it on towards the home.
    distributed func command(_ command: ConsultationCommand) async throws -> ConsultationReceipt
}

extension DeskInterface<any ConsultationCalls> {
    package static let consultation = DeskInterface(ConsultationDesk.deskName) {
        try $ConsultationCalls.resolve(id: $0, using: $1)
    }
}
