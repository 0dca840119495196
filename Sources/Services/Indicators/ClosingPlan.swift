package import Effects
package import Ledgers
package import Regions
import Storage

/// Which ended periods a round has to judge, and what is known of each without summing.
struct ClosingPlan: Sendable {
    struct Candidate: Sendable {
        var rollUp: RollUp
        var newest: IndicatorSubmission?
        /// The newest edition of everybody who has submitted for the period.
        var entries: [NodeID: EntryID]

        func facts(lateFacts: Bool) -> ClosingRule.Facts {
            let submitted = rollUp.children.compactMap { entries[$0] }
            let isChanged =
                newest.map { newest in
                    lateFacts || newest.contributions.map(\.entry) != submitted
                } ?? true
            return ClosingRule.Facts(
                period: rollUp.period, childCount: rollUp.children.count,
                missingCount: rollUp.children.count - submitted.count, closedAt: newest?.closedAt,
                isChanged: isChanged)
        }
    }

    private let service: IndicatorsService
    private let now: WallTime

    init(service: IndicatorsService, now: WallTime) {
        self.service = service
        self.now = now
    }

    /// Ended periods, shorter ones first, in which this node was managed by somebody and that it has any reason to
    /// close: it was counting then, or has facts of then, or somebody below submitted.
    func candidates(in sql: any SQLTransaction) throws -> [Candidate] {
        let entries = try SubmissionTable.newestEntries(
            endingAfter: ReportingPeriod.closingHorizon(at: now), in: sql)
        let since = min(service.startedAt, try service.facts.earliest(in: sql) ?? service.startedAt)
        let kinds: [ReportingPeriod.Kind] = [.day, .month, .quarter, .year]
        return try kinds.flatMap { kind in
            try ReportingPeriod.ended(kind, at: now).compactMap { period in
                guard period.end > since || entries[period] != nil else { return nil }
                let rollUp = service.rollUp(of: period)
                guard rollUp.parent != nil else { return nil }
                return Candidate(
                    rollUp: rollUp, newest: try SubmissionTable.newest(of: rollUp.node, period, in: sql)?.submission,
                    entries: entries[period] ?? [:])
            }
        }
    }
}

/// Whether a unit's period is closed now: a pure decision.
struct ClosingRule: Sendable {
    /// What is known of the period.
    struct Facts: Sendable, Equatable {
        var period: ReportingPeriod
        /// How many units stand directly below, and how many of them have not submitted.
        var childCount: Int
        var missingCount: Int
        /// When the newest edition was closed; `nil` where there is none.
        var closedAt: WallTime?
        /// Whether the newest edition no longer tells what is known.
        var isChanged: Bool
    }

    enum Decision: Sendable, Equatable {
        case close
        case wait(until: WallTime)
        /// Published, and nothing has changed since.
        case settled
    }

    var tier: Tier
    var schedule: ClosingSchedule

    /// Says what to do now.
    ///
    /// Nothing is closed before the period's end. The first edition comes when everybody below has submitted, else at
    /// the deadline; an amendment comes when something changed, at most once per closing delay.
    func decide(_ facts: Facts, now: WallTime) -> Decision {
        guard now >= facts.period.end else { return .wait(until: facts.period.end) }
        let isComplete = facts.childCount > 0 && facts.missingCount == 0
        let deadline = isComplete ? facts.period.end : schedule.deadline(of: facts.period, tier: tier)
        guard let closedAt = facts.closedAt else { return now >= deadline ? .close : .wait(until: deadline) }
        guard facts.isChanged else { return .settled }
        var due = schedule.amendment(of: facts.period, after: closedAt)
        if closedAt < facts.period.end { due = max(due, deadline) }
        return now >= due ? .close : .wait(until: due)
    }
}

/// What became of a period that was to be closed.
package enum ClosingOutcome: Sendable, Equatable {
    /// A new edition: the publication (version 1) or an amendment.
    case closed(entry: EntryID, version: Int)
    /// The newest edition still tells what is known.
    case unchanged(entry: EntryID, version: Int)
    /// It is not time yet; `missing` have not submitted.
    case waiting(until: WallTime, missing: [NodeID])
}
