package import Effects
package import Ledgers
package import Storage

/// When each open case is to be looked at next; bookkeeping of the watch, not a projection.
///
/// Whatever happens to a case puts it in front. So the watch looks at what has changed and at what is due, however many
/// cases are open.
package enum CaseSchedule<W: Workflow> {
    package struct Item: Sendable {
        package var id: CaseID<W>
        package var due: WallTime
        /// Grows with everything that happens to the case.
        fileprivate var stamp: Int64
    }

    private static var workflow: String { W.table.name }
    /// The due time of what nothing is to be done about until something happens to it.
    private static var never: WallTime { WallTime(milliseconds: .max) }

    /// The cases of this workflow that were put in front, which is what the watch waits for.
    ///
    /// Where it puts them itself is no part of it.
    package static var part: LedgerPart { .rows(rows) }
    private static var rows: TablePart { TablePart("case_schedule", of: workflow) }

    /// Puts a case in front, because something has happened to it; one that is closed is looked at no more.
    package static func noteChange(of id: CaseID<W>, isOpen: Bool, in sql: any SQLTransaction) throws {
        sql.note(rows)
        guard isOpen else {
            try sql.execute(
                "DELETE FROM case_schedule WHERE workflow = $1 AND case_id = $2", [workflow, id.description])
            return
        }
        try sql.execute(
            """
            INSERT INTO case_schedule (workflow, case_id, due, stamp) VALUES ($1, $2, 0, 1)
            ON CONFLICT (workflow, case_id) DO UPDATE SET due = 0, stamp = case_schedule.stamp + 1
            """, [workflow, id.description])
    }

    /// What is to be looked at now.
    package static func due(at time: WallTime, limit: Int, in sql: any SQLTransaction) throws -> [Item] {
        try sql.rows(
            """
            SELECT case_id, due, stamp FROM case_schedule WHERE workflow = $1 AND due <= $2
            ORDER BY due, case_id LIMIT $3
            """, [workflow, time.milliseconds, limit]
        ).map(item)
    }

    package static func item(_ id: CaseID<W>, in sql: any SQLTransaction) throws -> Item? {
        try sql.row(
            "SELECT case_id, due, stamp FROM case_schedule WHERE workflow = $1 AND case_id = $2",
            [workflow, id.description]
        ).map(item)
    }

    /// When the next one is due.
    package static func next(in sql: any SQLTransaction) throws -> WallTime? {
        let row = try sql.row("SELECT due FROM case_schedule WHERE workflow = $1 ORDER BY due LIMIT 1", [workflow])
        return try row.map { WallTime(milliseconds: try $0.integer(0)) }
    }

    /// Puts a case where it belongs after it was looked at; unless something has happened to it since.
    package static func put(_ item: Item, at due: WallTime?, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE case_schedule SET due = $1 WHERE workflow = $2 AND case_id = $3 AND stamp = $4",
            [(due ?? never).milliseconds, workflow, item.id.description, item.stamp])
    }

    /// Whether it stands where ``put(_:at:in:)`` would put it.
    static func isPut(_ item: Item, at due: WallTime?) -> Bool { item.due == due ?? never }

    private static func item(_ row: SQLRow) throws -> Item {
        Item(
            id: try CaseID(try row.text(0)), due: WallTime(milliseconds: try row.integer(1)),
            stamp: try row.integer(2))
    }
}
