import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// Reads the facts of this node's own entries.
struct FactTable: Sendable {
    /// What the node's services count for.
    let definitions: [IndicatorDefinition]

    /// The node's own sheet of a period.
    ///
    /// A part stops at what a figure may be: what others wrote must not keep this node from closing a period.
    func sheet(of period: ReportingPeriod, in sql: any SQLTransaction) throws -> IndicatorSheet {
        var sheet = IndicatorSheet()
        for definition in definitions {
            let parts =
                definition.display == .meanDuration
                ? try Self.distribution(definition.id, period, in: sql) : try Self.sums(definition.id, period, in: sql)
            try sheet.add(parts, to: definition.id)
        }
        return sheet
    }

    /// How many facts lie in a span of time.
    func count(from: WallTime, to: WallTime, in sql: any SQLTransaction) throws -> Int64 {
        try definitions.reduce(0) { sum, definition in
            let row = try sql.row(
                "SELECT COUNT(*) FROM indicator_fact WHERE indicator = $1 AND at >= $2 AND at < $3",
                [definition.id, from.milliseconds, to.milliseconds])
            return sum + (try row?.integer(0) ?? 0)
        }
    }

    /// When the earliest fact counts.
    func earliest(in sql: any SQLTransaction) throws -> WallTime? {
        try definitions.compactMap { definition in
            try sql.row(
                "SELECT at FROM indicator_fact WHERE indicator = $1 ORDER BY at LIMIT 1", [definition.id]
            ).map { WallTime(milliseconds: try $0.integer(0)) }
        }.min()
    }

    private static func sums(
        _ indicator: String, _ period: ReportingPeriod, in sql: any SQLTransaction
    ) throws -> IndicatorParts {
        let row = try sql.row(
            """
            SELECT CAST(coalesce(SUM(numerator), 0) AS BIGINT), CAST(coalesce(SUM(denominator), 0) AS BIGINT)
            FROM indicator_fact WHERE indicator = $1 AND at >= $2 AND at < $3
            """, [indicator, period.start.milliseconds, period.end.milliseconds])
        return IndicatorParts(
            numerator: IndicatorParts.bounded(try row?.integer(0) ?? 0),
            denominator: IndicatorParts.bounded(try row?.integer(1) ?? 0))
    }

    private static func distribution(
        _ indicator: String, _ period: ReportingPeriod, in sql: any SQLTransaction
    ) throws -> IndicatorParts {
        var parts = IndicatorParts()
        try sql.forEach(
            "SELECT numerator, denominator FROM indicator_fact WHERE indicator = $1 AND at >= $2 AND at < $3",
            [indicator, period.start.milliseconds, period.end.milliseconds]
        ) { row in
            var fact = IndicatorParts(numerator: try row.integer(0), denominator: try row.integer(1))
            if fact.denominator > 0 {
                fact.histogram.add(milliseconds: fact.numerator / fact.denominator, times: fact.denominator)
            }
            parts.addFact(fact)
            return true
        }
        return parts
    }
}

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
