import Effects
import Ledgers
import Regions
import Storage

/// Closes one period in one command of the ledger.
struct PeriodClosing: Sendable {
    let rollUp: RollUp
    let rule: ClosingRule

    /// Sums, compares with the newest edition, and appends a new one where it is time and something is new.
    ///
    /// - Parameter force: closes now, also before the period's end and without those who are missing.
    func perform(in transaction: LedgerTransaction, force: Bool) throws -> ClosingOutcome {
        let sum = try rollUp.sum(in: transaction.sql)
        let newest = try SubmissionTable.newest(of: rollUp.node, rollUp.period, in: transaction.sql)
        let isChanged = newest.map { !sum.isTold(by: $0.submission) } ?? true
        if let newest, !isChanged { return .unchanged(entry: newest.entry, version: newest.submission.version) }
        let facts = ClosingRule.Facts(
            period: rollUp.period, childCount: rollUp.children.count, missingCount: sum.missing.count,
            closedAt: newest?.submission.closedAt, isChanged: isChanged)
        if !force, case .wait(let moment) = rule.decide(facts, now: transaction.now) {
            return .waiting(until: moment, missing: sum.missing)
        }
        return try append(sum, after: newest, in: transaction)
    }

    private func append(
        _ sum: PeriodSum, after newest: SubmissionTable.Edition?, in transaction: LedgerTransaction
    ) throws -> ClosingOutcome {
        let version = (newest?.submission.version ?? 0) + 1
        let submission = sum.submission(
            of: rollUp.node, rollUp.period, version: version, closedAt: transaction.now)
        let entry = try transaction.append(
            EntryDraft(
                kind: .indicatorSubmission, subject: submission.subject,
                causes: sum.contributions.map(\.entry) + (newest.map { [$0.entry] } ?? []),
                fields: try submission.encoded(), headerAudience: rule.tier == .city ? .region : .parent))
        // Who managed this unit then counts it, even where somebody else manages it now.
        if let parent = rollUp.parent, parent != transaction.tree.parent(of: rollUp.node) {
            try transaction.grant([entry], to: [parent])
        }
        return .closed(entry: entry, version: version)
    }
}

/// The figures of one period as one node can show them; made for the console and for JSON.
package struct PeriodReport: Codable, Sendable, Equatable {
    package var node: String
    package var period: String
    /// `day`, `month`, `quarter` or `year`.
    package var periodKind: String
    package var start: String
    package var end: String
    /// Whether the period has ended.
    package var isOver: Bool
    /// This unit first, then those below it.
    package var units: [UnitFigures]
}

/// The rounds of a node that closes its periods by itself: finds what is due, closes it, says when to look again.
struct ClosingRounds {
    private let service: IndicatorsService
    private var lateFacts = LateFacts()

    init(service: IndicatorsService) {
        self.service = service
    }

    /// One round.
    ///
    /// - Returns: after how many milliseconds to look again, if nothing rings before.
    /// - Throws: `storage.broken`, after which the node stops. Everything else is logged and tried again.
    mutating func next() async throws -> Int64 {
        let context = service.context
        let pause = try await context.world.attempt("periods cannot be closed", logger: context.logger) {
            try await round()
        }
        if let pause { return pause }
        try await context.world.time.sleep(milliseconds: Limits.closingRetryMilliseconds)
        return Limits.closingPaceMilliseconds
    }

    private mutating func round() async throws -> Int64 {
        let context = service.context
        let now = context.now
        let plan = ClosingPlan(service: service, now: now)
        let open = try await context.ledger.read { sql in try plan.candidates(in: sql) }
        let closed = open.filter { $0.newest != nil }.map(\.rollUp.period)
        try await lateFacts.look(for: closed, at: now, context: context)
        var next = now.advanced(byMilliseconds: Limits.closingRoundMilliseconds)
        for candidate in open {
            let period = candidate.rollUp.period
            switch service.rule.decide(candidate.facts(lateFacts: lateFacts.periods.contains(period)), now: now) {
            case .settled: continue
            case .wait(let moment): next = min(next, moment)
            case .close:
                log(try await service.close(period), period)
                lateFacts.periods.remove(period)
            }
        }
        for kind in ReportingPeriod.Kind.allCases {
            next = min(next, ReportingPeriod(kind, containing: now).end)
        }
        return max(next.milliseconds(since: now), Limits.closingPaceMilliseconds)
    }

    private func log(_ outcome: ClosingOutcome, _ period: ReportingPeriod) {
        guard case .closed(let entry, let version) = outcome else { return }
        service.context.logger.info(
            "period closed", metadata: ["period": "\(period)", "version": "\(version)", "entry": "\(entry)"])
    }
}
