/// A table, or those of its rows that belong to one owner: what somebody can wait for a change of.
///
/// Whoever waits for a table waits for all of its rows. Parts are for tables that several share, such as those of the cases
/// of all workflows: whoever writes a row of a part notes it (``SQLTransaction/note(_:)``).
package struct TablePart: Hashable, Sendable {
    package let table: String
    /// Whose rows; nil for the whole table.
    package let owner: String?

    package init(_ table: String, of owner: String? = nil) {
        self.table = table
        self.owner = owner
    }

    /// Rows of a table that nobody knows, because the statement does not begin as statements here do: it concerns everybody.
    package static let unknown = TablePart("")
}

/// What a transaction has changed: kept by the transactions of every engine.
package struct ChangeList {
    package private(set) var parts: Set<TablePart> = []
    /// Statements whose table is noted: a text is read once, however often it runs.
    private var noted: Set<SQLText> = []

    package init() {}

    /// Notes what a statement has done.
    ///
    /// - Returns: whether it is known whose rows it has changed.
    package mutating func note(_ sql: SQLText, changedRows: Int) -> Bool {
        guard changedRows > 0, !noted.contains(sql) else { return true }
        guard let table = sql.writtenTable else { return false }
        noted.insert(sql)
        parts.insert(TablePart(table))
        return true
    }

    package mutating func note(_ part: TablePart) { parts.insert(part) }
}
