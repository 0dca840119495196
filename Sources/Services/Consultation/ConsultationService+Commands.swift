import Effects
import Regions
import ServiceKit
package import WorkflowKit

extension ConsultationService {
    /// Claims a request for an expert; at most one claim succeeds in each attempt.
    ///
    /// - Parameters:
    ///   - attempt: the number; the newest where none is given.
    ///   - seen: the request as whoever decides saw it, where nothing is to be done if it has changed since.
    /// - Throws: `consultation.taken`, which says by whom and since when; `.notAnExpert`, `.tooLate`,
    ///   `.wrongState`, `.changed`; `call.…` where the home cannot be reached.
    package func claim(
        _ request: ConsultationID, attempt: Int? = nil, expert: String, seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try experts.checkWorksHere(expert)
        return try await book.act(
            .claimed, as: .claimant, on: request, actor: expert, seen: seen, choose: { $0.attempt(attempt) })
    }

    /// Reports on a request that the expert has claimed; the same text again is no new version.
    ///
    /// - Parameter seen: as for a claim.
    /// - Throws: `consultation.notTheHolder`, `.badContent`, `.tooLarge`, `.changed`.
    package func report(
        _ request: ConsultationID, attempt: Int? = nil, expert: String, text: ConsultationReportText,
        seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try experts.checkWorksHere(expert)
        return try await book.act(
            .reported, as: .claimant, on: request, actor: expert, content: text.content, seen: seen,
            choose: { record in
                if attempt == nil, let claimed = record.attempts.last(where: { $0.claimant == expert }) {
                    return claimed
                }
                return record.attempt(attempt)
            })
    }

    /// Takes note of a report at the requester's node.
    ///
    /// - Parameters:
    ///   - attempt: the number; where none is given, the newest reported attempt that nobody took note of.
    ///   - seen: as for a claim.
    /// - Throws: `consultation.notTheRequester`, `.wrongState` where nothing is reported, `.changed`;
    ///   `access.notRegistered`.
    package func acknowledge(
        _ request: ConsultationID, attempt: Int? = nil, practitioner: String, seen: ConsultationRecord? = nil
    ) async throws -> ConsultationReceipt {
        try context.check(practitioner: practitioner, of: "", at: context.node)
        return try await book.act(
            .acknowledged, as: .requester, on: request, actor: practitioner, seen: seen,
            choose: { record in
                if attempt != nil { return record.attempt(attempt) }
                return record.attempts.last { $0.state == .reported } ?? record.attempts.last(where: \.isReported)
                    ?? record.attempts.last
            })
    }

    /// Who may act as an expert here.
    package var experts: ExpertDesk { ExpertDesk(context, code: "consultation.notAnExpert") }
}
