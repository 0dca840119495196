import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// What hospitals' systems have not been told yet: alerts about results that they read, and decisions of others about
/// results of their own, in the order in which they came.
///
/// Bookkeeping, not a projection: no refold tells anything again.
enum RecognitionOutbox {
    /// Where something stands on its way to a hospital.
    private enum State: String {
        case due
        /// It came so long after it was written that the hospital may have had it before this node lost its disk: an
        /// operator lets it go, or takes it out.
        case held
        /// It lies in the queue of every system that wants it, or is not to be told.
        case told
    }

    static let migration = Migration(
        "recognition-reader", 4,
        [
            """
            CREATE TABLE recognition_outgoing (
                position BIGINT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, entry TEXT NOT NULL, unit TEXT NOT NULL,
                written_at BIGINT NOT NULL, state TEXT NOT NULL, UNIQUE (kind, entry, unit))
            """,
            "CREATE INDEX recognition_outgoing_by_state ON recognition_outgoing (state, position)",
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
        after fields: ReportFields, _ entry: Entry, at node: NodeID, in sql: any SQLTransaction
    ) throws {
        // Most results are first versions, which nobody has read before.
        if fields.version <= 1, fields.status != .void {
            guard let key = ReportKeyColumns(fields.reportKey) else { return }
            let other = try sql.row(
                "SELECT 1 FROM report_version WHERE report = $1 AND report_rest = $2 AND entry <> $3 LIMIT 1",
                [key.number, key.rest, entry.id.description])
            guard other != nil else { return }
        }
        try noteAlerts(about: fields.reportKey, after: entry, at: node, in: sql)
    }

    /// Notes the alerts that stand open about a result; each of them once.
    ///
    /// An alert begins with the version that stands now, or with the last reading of another one where that is later.
    ///
    /// - Parameter entry: what has come just now.
    static func noteAlerts(
        about key: String, after entry: Entry, at node: NodeID, in sql: any SQLTransaction
    ) throws {
        for alert in try AlertTable.open(at: node, about: key, in: sql) {
            let written = try ReportTable.version(of: alert.current, in: sql)?.authorTime ?? .epoch
            let read = try AlertTable.lastReading(of: alert, at: node, in: sql) ?? .epoch
            try note(
                .alerts, alert.current, unit: alert.unit, written: max(written, read), received: entry.receivedTime,
                in: sql)
        }
    }

    /// A decision has come about a result of this node; one about a result that does not lie here is not told.
    static func note(decision: Entry, about report: EntryID, in sql: any SQLTransaction) throws {
        guard try ReportTable.version(of: report, in: sql) != nil else { return }
        try note(
            .decisions, decision.id, unit: "", written: decision.authorTime, received: decision.receivedTime, in: sql)
    }

    private static func note(
        _ kind: OutgoingKind, _ entry: EntryID, unit: String, written: WallTime, received: WallTime,
        in sql: any SQLTransaction
    ) throws {
        let age = received.milliseconds(since: written)
        let state: State = age > Limits.outgoingFreshMilliseconds ? .held : .due
        try sql.execute(
            """
            INSERT INTO recognition_outgoing (position, kind, entry, unit, written_at, state)
            VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM recognition_outgoing), $1, $2, $3, $4, $5)
            ON CONFLICT (kind, entry, unit) DO NOTHING
            """, [kind.rawValue, entry.description, unit, written.milliseconds, state.rawValue])
    }

    /// What is due behind a position, in order.
    static func due(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Item] {
        try sql.rows(
            """
            SELECT position, kind, entry, unit FROM recognition_outgoing WHERE state = $1 AND position > $2
            ORDER BY position LIMIT $3
            """, [State.due.rawValue, position, limit]
        ).map(item)
    }

    static func item(at position: Int64, in sql: any SQLTransaction) throws -> Item? {
        try sql.row("SELECT position, kind, entry, unit FROM recognition_outgoing WHERE position = $1", [position])
            .map(item)
    }

    /// It lies in the queue of every system that wants it.
    static func mark(_ position: Int64, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE recognition_outgoing SET state = $1 WHERE position = $2", [State.told.rawValue, position])
    }

    /// How much is held, by its kind.
    static func held(in sql: any SQLTransaction) throws -> [HeldMessages] {
        try sql.rows(
            """
            SELECT kind, COUNT(*), MIN(written_at), MAX(written_at) FROM recognition_outgoing WHERE state = $1
            GROUP BY kind ORDER BY kind
            """, [State.held.rawValue]
        ).map { row in
            HeldMessages(
                kind: try kind(try row.text(0)), count: Int(clamping: try row.integer(1)),
                first: WallTime(milliseconds: try row.integer(2)), last: WallTime(milliseconds: try row.integer(3)))
        }
    }

    /// Lets what is held go, or takes it out.
    static func settle(
        _ kind: OutgoingKind, asDue isDue: Bool, since time: WallTime, in sql: any SQLTransaction
    ) throws -> Int {
        try sql.execute(
            "UPDATE recognition_outgoing SET state = $1 WHERE state = $2 AND kind = $3 AND written_at >= $4",
            [(isDue ? State.due : .told).rawValue, State.held.rawValue, kind.rawValue, time.milliseconds])
    }

    private static func item(_ row: SQLRow) throws -> Item {
        Item(
            position: try row.integer(0), kind: try kind(try row.text(1)), entry: try EntryID(try row.text(2)),
            unit: try row.text(3))
    }

    private static func kind(_ text: String) throws -> OutgoingKind {
        guard let kind = OutgoingKind(rawValue: text) else {
            throw Failure("storage.type", "what is to go out has a kind that cannot be")
        }
        return kind
    }
}
