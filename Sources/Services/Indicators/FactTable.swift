import Effects
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
