import Effects
import Regions
import ServiceKit
import WorkflowKit

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
        try checkWorksHere(expert)
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
        try checkWorksHere(expert)
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

    /// The experts of this node as whom a unit's system may act.
    package func experts(of unit: String) -> Set<String> {
        let here = context.region.current.rosters.flatMap(\.experts).filter { $0.node == context.node }.map(\.id)
        return Set(
            here.filter { expert in
                do { try check(expert: expert, of: unit) } catch { return false }
                return true
            })
    }

    /// Checks that a unit's system may act as an expert of this node.
    ///
    /// The roster says in which unit the expert works. Where it does not, the expert stands in the region's register of the
    /// unit; where the region keeps no register, the unit answers for its own.
    ///
    /// - Throws: `consultation.notAnExpert`, `access.notRegistered`.
    package func check(expert: String, of unit: String) throws {
        try checkWorksHere(expert)
        let entered = context.region.current.rosters.flatMap(\.experts).first { $0.id == expert }
        guard let own = entered?.unit else {
            return try context.check(practitioner: expert, of: unit, at: context.node)
        }
        guard context.region.deliveries.unit(named: unit) == own else {
            throw Failure(
                "consultation.notAnExpert", "the expert works at unit '\(own)'",
                remedy: "act as an expert of the unit's own, or correct 'unit' in the rosters of region.yaml")
        }
    }

    /// Whether somebody may act as this expert at this node: its rosters place the expert here, and the node's file
    /// does not leave the expert out.
    private func checkWorksHere(_ expert: String) throws {
        let isOnRoster = context.region.current.rosters.flatMap(\.experts).contains {
            $0.id == expert && $0.node == context.node
        }
        guard isOnRoster else {
            throw Failure(
                "consultation.notAnExpert", "no roster of the region has such an expert at \(context.node)",
                remedy: "act as an expert of the rosters, at the node where the expert works")
        }
        guard context.settings.section(ExpertsHere.self).experts?.contains(expert) ?? true else {
            throw Failure(
                "consultation.notAnExpert", "the file of \(context.node) does not name this expert",
                remedy: "add the expert's id to 'experts' in the node's file and start the node again")
        }
    }
}
