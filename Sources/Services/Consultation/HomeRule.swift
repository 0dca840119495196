import Effects
import Regions

/// What a home does next about a request, decided from the record, the region and the time alone.
struct HomeRule {
    var node: NodeID
    var tree: ManagementTree
    var configuration: RegionConfiguration

    enum Action: Equatable {
        case open
        case offer(ConsultationAttempt, experts: [String])
        case escalate(ConsultationAttempt, EscalationReason)
        case withdraw(ConsultationAttempt)
    }

    /// What is to be done now, or else when to look again.
    enum Decision: Equatable {
        case act(Action)
        case wait(until: WallTime?)
    }

    func decision(for record: ConsultationRecord, at now: WallTime) -> Decision {
        if record.begun.isEmpty {
            let isMine = record.request != nil && Self.firstHome(of: record.requester, in: tree) == node
            return isMine ? .act(.open) : .wait(until: nil)
        }
        var due: WallTime?
        for attempt in record.attempts where attempt.home == node {
            switch decision(for: attempt, of: record, at: now) {
            case .act(let action): return .act(action)
            case .wait(let until): due = [due, until].compactMap { $0 }.min()
            }
        }
        return .wait(until: due)
    }

    private func decision(
        for attempt: ConsultationAttempt, of record: ConsultationRecord, at now: WallTime
    ) -> Decision {
        switch attempt.state {
        case .opened:
            if record.isReported { return .act(.withdraw(attempt)) }
            let experts = configuration.roster(at: node)?.experts(for: record.terms.specialty) ?? []
            if experts.isEmpty { return .act(.escalate(attempt, .noExpert)) }
            return .act(.offer(attempt, experts: experts.map(\.id)))
        case .offered:
            if record.isReported { return .act(.withdraw(attempt)) }
            return escalation(of: attempt, .claimDeadline, at: now)
        case .claimed:
            return escalation(of: attempt, .reportDeadline, at: now)
        case .requested, .reported, .acknowledged, .escalated, .withdrawn:
            return .wait(until: nil)
        }
    }

    private func escalation(of attempt: ConsultationAttempt, _ reason: EscalationReason, at now: WallTime) -> Decision {
        guard let deadline = attempt.deadline else { return .wait(until: nil) }
        return deadline <= now ? .act(.escalate(attempt, reason)) : .wait(until: deadline)
    }

    /// The home of a first attempt: the requester's county group, or the city for a city's own request.
    static func firstHome(of requester: NodeID, in tree: ManagementTree) -> NodeID? {
        tree.county(of: requester) ?? (tree.tier(of: requester) == .city ? requester : nil)
    }
}
