import Effects
import Regions
import WorkflowKit

extension ConsultationWorkflow {
    /// An expert of the home's roster, at the node where the expert works.
    static let claimantRule = RoleRule<ConsultationWorkflow>(
        .claimant,
        signature: { question in
            question.configuration.rosters.flatMap(\.experts).first { $0.id == question.actor }?.name ?? ""
        },
        holds: { question in
            question.configuration.roster(at: question.home)?.experts(for: question.terms.specialty).contains {
                $0.id == question.actor && $0.node == question.node
            } ?? false
        },
        refusal: { question in
            Failure(
                "consultation.notAnExpert",
                "the roster of \(question.home) has no such expert for \(question.terms.specialty) at \(question.node)",
                remedy: "act as an expert of the roster, at the node where the expert works")
        },
        authorRefusal: { question in
            Failure(
                "author.notExpert",
                "no roster of \(question.home) had the expert at \(question.node) who acted",
                remedy: "publish a region configuration whose rosters have the expert")
        })

    /// Whoever is registered where the request was made.
    static let requesterRule = RoleRule<ConsultationWorkflow>(
        .requester, isRegistered: true, holds: { $0.node == $0.id.origin },
        refusal: { question in
            Failure(
                "consultation.notTheRequester", "the request was made at \(question.id.origin)",
                remedy: "acknowledge the report where the request was made")
        },
        authorRefusal: { question in
            Failure("author.notRequester", "\(question.node) took note of another node's request")
        })
}
