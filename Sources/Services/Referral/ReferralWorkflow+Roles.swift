import Effects
import Regions
import WorkflowKit

extension ReferralWorkflow {
    /// Somebody registered at the node that decides now.
    static let keeperRule = RoleRule<ReferralWorkflow>(
        .keeper, isRegistered: true, holds: { $0.node == $0.home },
        refusal: { question in
            Failure(
                "referral.notTheKeeper", "\(question.home) decides about the referral now, not \(question.node)",
                remedy: "act at the node that has the patient; until one has, at the one that wrote the referral")
        },
        authorRefusal: { question in
            Failure("author.notHome", "\(question.node) wrote an event of a case whose home it is not")
        })

    /// Somebody registered at the node to which it was offered last; the fold knows which that is.
    static let receiverRule = RoleRule<ReferralWorkflow>(
        .receiver, isRegistered: true, holds: { _ in true },
        refusal: { question in
            Failure("referral.notTheKeeper", "the referral is not for \(question.node)")
        },
        authorRefusal: { question in
            Failure("author.notHome", "\(question.node) wrote an event of a case whose home it is not")
        })
}
