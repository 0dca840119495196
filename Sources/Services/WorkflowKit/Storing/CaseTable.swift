package import Effects
package import Ledgers
package import Regions
package import Storage

/// Which cases a list shows.
package struct CaseFilter<W: Workflow>: Sendable, Equatable {
    package var state: W.State?
    package var topic: String?
    package var limit: Int
    /// Where an earlier list ended; only what comes behind it is shown.
    package var after: Position?

    /// A place in the list: the newest come first.
    package struct Position: Sendable, Equatable {
        package var madeTime: WallTime
        package var id: CaseID<W>

        package init(madeTime: WallTime, id: CaseID<W>) {
            self.madeTime = madeTime
            self.id = id
        }
    }

    package init(
        state: W.State? = nil, topic: String? = nil, limit: Int = Limits.queryResults, after: Position? = nil
    ) {
        self.state = state
        self.topic = topic
        self.limit = limit
        self.after = after
    }
}

/// How many cases are open at a node, and since when the oldest one is.
package struct OpenCases<W: Workflow>: Sendable, Equatable {
    package var counts: [W.State: Int] = [:]
    /// When the oldest one was made.
    package var oldest: WallTime?
}

/// Reads and derives the tables of a workflow's cases.
package enum CaseTable<W: Workflow> {
    private static var workflow: String { W.table.name }

    /// Everything about a case that lies here.
    package static func record(_ id: CaseID<W>, in sql: any SQLTransaction) throws -> CaseRecord<W>? {
        let entries = try sql.rows(
            """
            SELECT entry, kind, fields, author_time, received_at, content_digest, has_payload FROM case_event
            WHERE workflow = $1 AND case_id = $2
            """, [workflow, id.description]
        ).map(step)
        return CaseRecord(id, entries: entries)
    }

    /// Ids of cases in which something may be left to do, in the order of their ids.
    static func open(after id: String, limit: Int, in sql: any SQLTransaction) throws -> [CaseID<W>] {
        try sql.rows(
            """
            SELECT case_id FROM case_state WHERE workflow = $1 AND is_open = 1 AND case_id > $2
            ORDER BY case_id LIMIT $3
            """, [workflow, id, limit]
        ).map { try CaseID(try $0.text(0)) }
    }

    /// Cases that concern this node, newest first.
    package static func newest(_ filter: CaseFilter<W>, in sql: any SQLTransaction) throws -> [CaseRecord<W>] {
        let limit = min(max(1, filter.limit), Limits.queryResults)
        return try sql.rows(
            """
            SELECT case_id FROM case_state
            WHERE workflow = $1 AND ($2 = '' OR state = $2) AND ($3 = '' OR topic = $3) AND made_at <= $4
                AND (made_at < $4 OR case_id < $5)
            ORDER BY made_at DESC, case_id DESC LIMIT $6
            """,
            [
                workflow, filter.state?.rawValue ?? "", filter.topic ?? "",
                filter.after?.madeTime.milliseconds ?? Int64.max, filter.after?.id.description ?? "", limit,
            ]
        ).compactMap { row in try record(try CaseID(try row.text(0)), in: sql) }
    }

    /// The cases that another one makes day after day (``CaseRecurrence``), the newest day first.
    ///
    /// - Parameter plan: the creation of the other one.
    package static func children(
        of plan: EntryID, limit: Int = Limits.queryResults, in sql: any SQLTransaction
    ) throws -> [CaseRecord<W>] {
        try sql.rows(
            """
            SELECT case_id FROM case_state WHERE workflow = $1 AND plan = $2 ORDER BY planned_for DESC, case_id LIMIT $3
            """, [workflow, plan.description, min(max(1, limit), Limits.queryResults)]
        ).compactMap { row in try record(try CaseID(try row.text(0)), in: sql) }
    }

    /// The day of the newest of them.
    static func newestDay(of plan: EntryID, in sql: any SQLTransaction) throws -> WallTime? {
        let row = try sql.row(
            "SELECT MAX(planned_for) FROM case_state WHERE workflow = $1 AND plan = $2",
            [workflow, plan.description])
        return row?.optionalInteger(0).map { WallTime(milliseconds: $0) }
    }

    /// The cases that concern this node and in which something is left to do.
    package static func openCases(in sql: any SQLTransaction) throws -> OpenCases<W> {
        var open = OpenCases<W>()
        for row in try sql.rows(
            """
            SELECT state, COUNT(*), MIN(made_at) FROM case_state WHERE workflow = $1 AND is_open = 1 GROUP BY state
            """, [workflow])
        {
            guard let state = W.State(rawValue: try row.text(0)) else { continue }
            open.counts[state] = Int(try row.integer(1))
            let first = WallTime(milliseconds: try row.integer(2))
            open.oldest = min(open.oldest ?? first, first)
        }
        return open
    }

    /// How many attempts that run at a home somebody has who holds their first seat.
    package static func load(of actor: String, at home: NodeID, in sql: any SQLTransaction) throws -> Int {
        let states = W.State.allCases.filter { $0 != W.table.initial && !W.table.closed.contains($0) }
        return try states.reduce(0) { sum, state in
            let row = try sql.row(
                "SELECT COUNT(*) FROM case_attempt WHERE workflow = $1 AND holder = $2 AND state = $3 AND home = $4",
                [workflow, actor, state.rawValue, home.rawValue])
            return sum + Int(try row?.integer(0) ?? 0)
        }
    }

    /// Derives the rows of a case and its attempts from all entries that lie here: the same rows, in whichever order the
    /// entries came.
    ///
    /// - Returns: what it derived them from; `nil` where the case does not concern this node.
    static func derive(_ id: CaseID<W>, node: NodeID, in sql: any SQLTransaction) throws -> CaseRecord<W>? {
        guard let record = try record(id, in: sql), record.concerns(node) else { return nil }
        try CaseSchedule<W>.noteChange(of: id, isOpen: record.isOpen(at: node), in: sql)
        try sql.execute(
            """
            INSERT INTO case_state (workflow, case_id, origin, kind, topic, made_at, state, is_open, entry_count, entry,
                next_due, plan, planned_for)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (workflow, case_id) DO UPDATE SET
                kind = excluded.kind, topic = excluded.topic, made_at = excluded.made_at, state = excluded.state,
                is_open = excluded.is_open, entry_count = excluded.entry_count, entry = excluded.entry,
                next_due = excluded.next_due, plan = excluded.plan, planned_for = excluded.planned_for
            """,
            [
                workflow, id.description, id.origin.rawValue, record.terms.kind, record.terms.topic,
                record.terms.madeTime.milliseconds, record.state.rawValue, record.isOpen(at: node), record.entryCount,
                record.creation?.entry.description,
                record.attempts.compactMap(\.deadline).min()?.milliseconds ?? Int64.max,
                record.creation?.fields.follows?.description, record.creation?.fields.namedTime?.milliseconds,
            ])
        try CaseWork<W>.noteChange(of: id, in: sql)
        // A creation that comes later may name another first home: then no row of what was thought before may stay.
        if W.table.attempts == nil {
            try sql.execute(
                "DELETE FROM case_attempt WHERE workflow = $1 AND case_id = $2", [workflow, id.description])
        }
        for attempt in record.attempts { try derive(attempt, of: id, in: sql) }
        return record
    }

    private static func derive(_ attempt: CaseAttempt<W>, of id: CaseID<W>, in sql: any SQLTransaction) throws {
        let holder = W.table.seats.first.flatMap { attempt.holders(of: $0.name).first }
        try sql.execute(
            """
            INSERT INTO case_attempt (workflow, case_id, attempt, home, term, state, holder, held_since, deadline)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (workflow, case_id, attempt, home) DO UPDATE SET
                term = excluded.term, state = excluded.state, holder = excluded.holder,
                held_since = excluded.held_since, deadline = excluded.deadline
            """,
            [
                workflow, id.description, attempt.number, attempt.home.rawValue, attempt.term, attempt.state.rawValue,
                holder?.actor, holder?.since.milliseconds, attempt.deadline?.milliseconds,
            ])
    }

    private static func step(_ row: SQLRow) throws -> CaseStep<W> {
        CaseStep(
            entry: try EntryID(try row.text(0)),
            event: W.table.event(of: EntryKind(UInt32(truncatingIfNeeded: try row.integer(1)))),
            fields: try CaseFields(bytes: try row.bytes(2)), authorTime: WallTime(milliseconds: try row.integer(3)),
            receivedTime: WallTime(milliseconds: try row.integer(4)), contentDigest: row.optionalBytes(5),
            hasPayload: try row.integer(6) != 0)
    }
}
