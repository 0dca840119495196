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
