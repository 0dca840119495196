import Effects
import Ledgers
import Regions
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
