import Effects
import Ledgers
import Regions
import Storage

/// Reads the indicators projection.
enum SubmissionTable {
    /// One stored edition.
    struct Edition: Sendable {
        var entry: EntryID
        var submission: IndicatorSubmission
    }

    /// All editions of a unit for a period, the publication first and the newest last.
    ///
    /// A unit that lost its folder may have published twice under one number; the order is the same everywhere.
    static func editions(of unit: NodeID, _ period: ReportingPeriod, in sql: any SQLTransaction) throws -> [Edition] {
        try sql.rows(
            """
            SELECT entry, fields FROM indicator_submission WHERE period = $1 AND unit = $2
            ORDER BY version, author_time, entry
            """, [period.description, unit.rawValue]
        ).map { row in
            Edition(
                entry: try EntryID(try row.text(0)), submission: try IndicatorSubmission(bytes: try row.bytes(1)))
        }
    }

    static func newest(of unit: NodeID, _ period: ReportingPeriod, in sql: any SQLTransaction) throws -> Edition? {
        try editions(of: unit, period, in: sql).last
    }

    /// The newest edition's entry by period and unit, for all periods that end after a moment.
    static func newestEntries(
        endingAfter moment: WallTime, in sql: any SQLTransaction
    ) throws -> [ReportingPeriod: [NodeID: EntryID]] {
        var result: [ReportingPeriod: [NodeID: EntryID]] = [:]
        let rows = try sql.rows(
            """
            SELECT period, unit, entry FROM indicator_submission WHERE ends_at > $1
            ORDER BY version, author_time, entry
            """, [moment.milliseconds])
        for row in rows {
            let period = try ReportingPeriod(try row.text(0))
            result[period, default: [:]][try NodeID(try row.text(1))] = try EntryID(try row.text(2))
        }
        return result
    }
}
