import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// Notices facts that came after their period was closed: from a clock that was set back, from a restored folder.
///
/// Facts are many and late ones are rare, so past days are only counted from time to time. Where the count has changed,
/// and once after each start, each closed day is summed again; a day that changed takes its month, quarter and year
/// with it.
struct LateFacts: Sendable {
    /// Closed periods whose newest edition may no longer tell what is known.
    var periods: Set<ReportingPeriod> = []
    private var counted: (from: WallTime, to: WallTime, count: Int64)?
    private var lookedAt: MonotonicTime?

    init() {}

    /// - Parameter closed: the periods that have been closed and still close by themselves.
    mutating func look(for closed: [ReportingPeriod], at now: WallTime, context: NodeContext) async throws {
        let clock = context.world.time.monotonicTime
        if let lookedAt, clock.milliseconds(since: lookedAt) < Limits.lateFactCheckMilliseconds { return }
        lookedAt = clock
        let from = ReportingPeriod.closingHorizon(at: now)
        let to = ReportingPeriod(.day, containing: now).start
        let before = counted
        let (node, facts) = (context.node, FactTable(definitions: context.definitions))
        let found = try await context.ledger.read { sql in
            let count = try facts.count(from: from, to: to, in: sql)
            let isChanged =
                try before.map { try facts.count(from: $0.from, to: $0.to, in: sql) != $0.count } ?? true
            let days = try closed.filter { period in
                guard period.kind == .day, isChanged || period.end > before?.to ?? period.end else { return false }
                let newest = try SubmissionTable.newest(of: node, period, in: sql)?.submission.own
                return try !facts.sheet(of: period, in: sql).saysTheSame(as: newest ?? IndicatorSheet())
            }
            return (count: count, isChanged: isChanged, days: days)
        }
        let areLongerSuspect = found.isChanged && before != nil
        periods.formUnion(
            closed.filter { period in
                areLongerSuspect && period.kind != .day || found.days.contains { period.contains($0) }
            })
        counted = (from, to, found.count)
    }
}
