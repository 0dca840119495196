import Effects

/// A running transaction.
///
/// A transaction is used on the thread that runs its body and never kept.
package protocol SQLTransaction {
    /// Runs a statement and gives the number of rows that it changed.
    @discardableResult
    func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int

    func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow]

    /// Calls `body` for each row until it returns `false`; for results that should not stand in memory at once.
    func forEach(_ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool) throws

    /// Runs `body`; where it throws, everything that it changed is undone and the transaction goes on.
    func savepoint<Value>(_ body: () throws -> Value) throws -> Value

    /// Runs a statement made of a table name that a module declared; for dropping and counting projections.
    func emptyTable(_ name: StaticString) throws

    /// The tables in which it has changed rows so far, and the parts of tables that were noted; also what a savepoint has
    /// undone again.
    var changes: Set<TablePart> { get }

    /// Notes that rows of a part of a table have changed, for those who wait for that part alone.
    ///
    /// That the table has changed is known without it.
    func note(_ part: TablePart)
}

extension SQLTransaction {
    package func row(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> SQLRow? {
        var first: SQLRow?
        try forEach(sql, arguments) { row in
            first = row
            return false
        }
        return first
    }
}

/// A node's database: one writer, several readers.
///
/// A write is durable when `write` returns: committed with full synchronisation. A failed synchronisation is final;
/// the store refuses everything after it and reports it once to its owner, who stops the node (a second fsync may
/// falsely succeed).
package protocol Store: Sendable {
    /// Runs `body` in a transaction on the writer's thread and commits it, or undoes it where `body` throws.
    ///
    /// - Throws: what `body` throws; `storage.full` where the disk is full (nothing is changed);
    ///   `storage.broken` where the engine failed: the store is unusable from then on.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value

    /// Runs `body` on a consistent snapshot of what is committed.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any SQLTransaction) throws -> Value) async throws -> Value

    func close() async throws
}
