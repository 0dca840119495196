package import Calls
package import Distributed
import WorkflowKit

/// What neighbours ask of a node's referral desk.
@Resolvable
package protocol ReferralCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Carries a command out where the desk is the referral's home, or passes it on towards the home.
    distributed func command(_ command: ReferralCommand) async throws -> ReferralReceipt
}

extension DeskInterface<any ReferralCalls> {
    package static let referral = DeskInterface(ReferralDesk.deskName) {
        try $ReferralCalls.resolve(id: $0, using: $1)
    }
}

/// The callable face of referrals.
package distributed actor ReferralDesk: ReferralCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "referral"

    private let counter: CommandCounter<ReferralWorkflow>

    init(counter: CommandCounter<ReferralWorkflow>, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.actorSystem = actorSystem
    }

    package distributed func command(_ command: ReferralCommand) async throws -> ReferralReceipt {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }
}
