import Effects
import Regions
import WorkflowKit

extension DiagnosisWorkflow {
    /// Whoever is registered where the request was made.
    static let requesterRule = RoleRule<DiagnosisWorkflow>(
        .requester, isRegistered: true, holds: { $0.node == $0.id.origin },
        refusal: { question in
            Failure(
                "diagnosis.notTheRequester", "the request was made at \(question.id.origin)",
                remedy: "act where the request was made")
        },
        authorRefusal: { question in
            Failure("author.notRequester", "\(question.node) took note of another node's request")
        })

    /// An expert of the home's roster, at the node where the expert works.
    static let readerRule = expertRule(.reader) { _ in true }

    /// One of them who may audit.
    static let auditorRule = expertRule(.auditor) { $0.capabilities.contains(auditing) }

    /// What the roster calls the right to be the second reader.
    package static let auditing = "audit"

    /// Whoever is registered at the home, where specimens arrive.
    static let benchRule = RoleRule<DiagnosisWorkflow>(
        .bench, isRegistered: true, holds: { $0.node == $0.home },
        refusal: { question in
            Failure(
                "diagnosis.notTheBench", "specimens of this request go to \(question.home)",
                remedy: "say so where the specimens arrive")
        },
        authorRefusal: { question in
            Failure("author.notOnTheSpot", "\(question.node) stated what it could not see")
        })

    private static func expertRule(
        _ role: DiagnosisRole, _ may: @escaping @Sendable (Expert) -> Bool
    ) -> RoleRule<DiagnosisWorkflow> {
        RoleRule(
            role, signature: { $0.configuration.expert($0.actor)?.name ?? "" },
            holds: { question in
                question.configuration.roster(at: question.home)?.experts(for: question.terms.specialty).contains {
                    $0.id == question.actor && $0.node == question.node && may($0)
                } ?? false
            },
            refusal: { question in
                Failure(
                    "diagnosis.notAnExpert",
                    "the roster of \(question.home) has no such \(role.rawValue) for \(question.terms.specialty) at \(question.node)",
                    remedy: "act as an expert of the roster, at the node where the expert works")
            },
            authorRefusal: { question in
                Failure(
                    "author.notExpert",
                    "no roster of \(question.home) had the expert at \(question.node) who acted",
                    remedy: "publish a region configuration whose rosters have the expert")
            })
    }
}
