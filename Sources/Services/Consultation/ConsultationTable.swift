import Effects
import Ledgers
import Regions
import Storage

/// Reads and derives the tables of the consultation projection.
enum ConsultationTable {
    /// Everything about a request that lies here.
    static func record(_ id: ConsultationID, in sql: any SQLTransaction) throws -> ConsultationRecord? {
        let entries = try sql.rows(
            """
            SELECT entry, kind, fields, author_time, received_at, content_digest, has_payload FROM consultation_event
            WHERE request = $1
            """, [id.description]
        ).map(step)
        return ConsultationRecord(id, entries: entries)
    }

    /// Ids of requests in which something may be left to do, in the order of their ids.
    static func open(after id: String, limit: Int, in sql: any SQLTransaction) throws -> [ConsultationID] {
        try sql.rows(
            "SELECT request FROM consultation_request WHERE is_open = 1 AND request > $1 ORDER BY request LIMIT $2",
            [id, limit]
        ).map { try ConsultationID(try $0.text(0)) }
    }

    /// Requests that concern this node, newest first.
    static func newest(_ filter: ConsultationFilter, in sql: any SQLTransaction) throws -> [ConsultationRecord] {
        let limit = min(max(1, filter.limit), Limits.queryResults)
        return try sql.rows(
            """
            SELECT request FROM consultation_request
            WHERE ($1 = '' OR state = $1) AND ($2 = '' OR specialty = $2) AND requested_at <= $3
                AND (requested_at < $3 OR request < $4)
            ORDER BY requested_at DESC, request DESC LIMIT $5
            """,
            [
                filter.state?.rawValue ?? "", filter.specialty ?? "",
                filter.after?.requestedTime.milliseconds ?? Int64.max, filter.after?.id.description ?? "", limit,
            ]
        ).compactMap { row in try record(try ConsultationID(try row.text(0)), in: sql) }
    }

    /// Derives the rows of a request and its attempts from all entries that lie here: the same rows, in whichever order
    /// the entries came.
    ///
    /// - Returns: what it derived them from; `nil` where the request does not concern this node.
    @discardableResult
    static func derive(
        _ id: ConsultationID, node: NodeID, in sql: any SQLTransaction
    ) throws -> ConsultationRecord? {
        guard let record = try record(id, in: sql), record.concerns(node) else { return nil }
        try ConsultationSchedule.noteChange(of: id, isOpen: record.isOpen(at: node), in: sql)
        try sql.execute(
            """
            INSERT INTO consultation_request (request, requester, kind, specialty, requested_at, state, is_open,
                entry_count, entry)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (request) DO UPDATE SET
                kind = excluded.kind, specialty = excluded.specialty, requested_at = excluded.requested_at,
                state = excluded.state, is_open = excluded.is_open, entry_count = excluded.entry_count,
                entry = excluded.entry
            """,
            [
                id.description, id.requester.rawValue, record.terms.kind, record.terms.specialty,
                record.terms.requestedTime.milliseconds, record.state.rawValue, record.isOpen(at: node),
                record.entryCount,
                record.request?.entry.description,
            ])
        for attempt in record.attempts {
            try sql.execute(
                """
                INSERT INTO consultation_attempt (request, attempt, home, state, claimant, claimed_at, deadline)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (request, attempt, home) DO UPDATE SET
                    state = excluded.state, claimant = excluded.claimant, claimed_at = excluded.claimed_at,
                    deadline = excluded.deadline
                """,
                [
                    id.description, attempt.number, attempt.home.rawValue, attempt.state.rawValue, attempt.claimant,
                    attempt.claimedTime?.milliseconds, attempt.deadline?.milliseconds,
                ])
        }
        return record
    }

    private static func step(_ row: SQLRow) throws -> ConsultationStep {
        ConsultationStep(
            entry: try EntryID(try row.text(0)),
            event: ConsultationEvent(EntryKind(UInt32(truncatingIfNeeded: try row.integer(1)))),
            fields: try ConsultationFields(bytes: try row.bytes(2)),
            authorTime: WallTime(milliseconds: try row.integer(3)),
            receivedTime: WallTime(milliseconds: try row.integer(4)), contentDigest: row.optionalBytes(5),
            hasPayload: try row.integer(6) != 0)
    }
}
