package import Ledgers
package import Storage

/// A workflow's work list: the cases in which something is left to do, those that are due next first, and what changes in it.
///
/// Neither costs more where more cases are open: a page is read by an index, and a change has a position of its own.
package enum CaseWork<W: Workflow> {
    private static var workflow: String { W.table.name }

    /// A change of a case, newer than all with a lower position.
    package struct Change: Sendable {
        package var id: CaseID<W>
        package var position: Int64
    }

    /// Open cases that concern this node, those that are due next first; those of which nothing is due last.
    package static func next(limit: Int, in sql: any SQLTransaction) throws -> [CaseRecord<W>] {
        try sql.rows(
            """
            SELECT case_id FROM case_state WHERE workflow = $1 AND is_open = 1 ORDER BY next_due, case_id LIMIT $2
            """, [workflow, limit]
        ).compactMap { try CaseTable<W>.record(try CaseID(try $0.text(0)), in: sql) }
    }

    /// The cases that changed behind a position, in the order of their last changes.
    package static func changes(after position: Int64, limit: Int, in sql: any SQLTransaction) throws -> [Change] {
        try sql.rows(
            """
            SELECT case_id, position FROM case_change WHERE workflow = $1 AND position > $2 ORDER BY position LIMIT $3
            """, [workflow, position, limit]
        ).map { Change(id: try CaseID(try $0.text(0)), position: try $0.integer(1)) }
    }

    /// The position of the last change; 0 where there is none.
    package static func position(in sql: any SQLTransaction) throws -> Int64 {
        try sql.row("SELECT MAX(position) FROM case_change WHERE workflow = $1", [workflow])?.optionalInteger(0) ?? 0
    }

    /// The changes of this workflow's cases, for whoever waits for them.
    package static var part: LedgerPart { .rows(rows) }
    private static var rows: TablePart { TablePart("case_change", of: workflow) }

    static func noteChange(of id: CaseID<W>, in sql: any SQLTransaction) throws {
        sql.note(rows)
        try sql.execute(
            """
            INSERT INTO case_change (workflow, case_id, position)
            VALUES ($1, $2, (SELECT COALESCE(MAX(position), 0) + 1 FROM case_change WHERE workflow = $1))
            ON CONFLICT (workflow, case_id) DO UPDATE SET position = excluded.position
            """, [workflow, id.description])
    }
}
