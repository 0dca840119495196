import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// What hospitals' systems have not been told yet: alerts about results that they read, and decisions of others about
/// results of their own, in the order in which they came.
///
/// Bookkeeping, not a projection: no refold tells anything again, and what came before this table is not told.
enum RecognitionOutbox {
    static let migration = Migration(
        "recognition-reader", 4,
        [
            """
            CREATE TABLE recognition_outgoing (
                position BIGINT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, entry TEXT NOT NULL, unit TEXT NOT NULL,
                is_due BIGINT NOT NULL, UNIQUE (kind, entry, unit))
            """,
            "CREATE INDEX recognition_outgoing_due ON recognition_outgoing (is_due, position)",
        ])

    /// Something that is due, or was.
    struct Item: Equatable {
        var position: Int64
        var kind: OutgoingKind
        /// Of an alert the version that stands now, or the void; else the decision.
        var entry: EntryID
        /// Of an alert the unit that read the result; else nothing.
        var unit: String
    }

    /// A version of a result has come: whoever read another one at this node is to be warned.
    static func noteAlerts(
        after fields: ReportFields, _ entry: EntryID, at node: NodeID, in sql: any SQLTransaction
    ) throws {
        // Most results are first versions, which nobody has read before.
        if fields.version <= 1, fields.status != .void {
            guard let key = ReportKeyColumns(fields.reportKey) else { return }
            let other = try sql.row(
                "SELECT 1 FROM report_version WHERE report = $1 AND report_rest = $2 AND entry <> $3 LIMIT 1",
                [key.number, key.rest, entry.description])
            guard other != nil else { return }
        }
        try noteAlerts(about: fields.reportKey, at: node, in: sql)
    }

    /// Notes the alerts that stand open about a result; each of them once.
    static func noteAlerts(about key: String, at node: NodeID, in sql: any SQLTransaction) throws {
        for alert in try AlertTable.open(at: node, about: key, in: sql) {
            try note(.alerts, alert.current, unit: alert.unit, in: sql)
        }
    }

    /// A decision has come about a result of this node; one about a result that does not lie here is not told.
    static func note(decision: EntryID, about report: EntryID, in sql: any SQLTransaction) throws {
        guard try ReportTable.version(of: report, in: sql) != nil else { return }
        try note(.decisions, decision, unit: "", in: sql)
    }

    private static func note(
        _ kind: OutgoingKind, _ entry: EntryID, unit: String, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            INSERT INTO recognition_outgoing (position, kind, entry, unit, is_due)
            VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM recognition_outgoing), $1, $2, $3, 1)
            ON CONFLICT (kind, entry, unit) DO NOTHING
            """, [kind.rawValue, entry.description, unit])
    }

    /// What is due behind a position, in order.
    static func due(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Item] {
        try sql.rows(
            """
            SELECT position, kind, entry, unit FROM recognition_outgoing WHERE is_due = 1 AND position > $1
            ORDER BY position LIMIT $2
            """, [position, limit]
        ).map(item)
    }

    static func item(at position: Int64, in sql: any SQLTransaction) throws -> Item? {
        try sql.row("SELECT position, kind, entry, unit FROM recognition_outgoing WHERE position = $1", [position])
            .map(item)
    }

    /// It lies in the queue of every system that wants it.
    static func mark(_ position: Int64, in sql: any SQLTransaction) throws {
        try sql.execute("UPDATE recognition_outgoing SET is_due = 0 WHERE position = $1", [position])
    }

    private static func item(_ row: SQLRow) throws -> Item {
        guard let kind = OutgoingKind(rawValue: try row.text(1)) else {
            throw Failure("storage.type", "what is to go out has a kind that cannot be")
        }
        return Item(
            position: try row.integer(0), kind: kind, entry: try EntryID(try row.text(2)), unit: try row.text(3))
    }
}
