package import Storage

/// What a mistake does to the statements of a store.
package protocol StatementTamper: Sendable {
    /// Runs a statement, or does something else in its place.
    ///
    /// - Parameter isWriting: in a transaction that writes.
    func execute(
        _ sql: SQLText, _ arguments: [any SQLConvertible], in transaction: any SQLTransaction
    ) throws -> Int

    /// Whether a row of a question's answer is seen.
    func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool

    /// What is seen of a row.
    func changed(_ row: SQLRow, of question: StatementQuestion) -> SQLRow
}

/// A statement that asks for rows.
package struct StatementQuestion {
    package var sql: SQLText
    package var arguments: [any SQLConvertible]
    /// In a transaction that writes.
    package var isWriting: Bool
}

extension StatementTamper {
    package func execute(
        _ sql: SQLText, _ arguments: [any SQLConvertible], in transaction: any SQLTransaction
    ) throws -> Int {
        try transaction.execute(sql, arguments)
    }

    package func isSeen(_ row: SQLRow, of question: StatementQuestion) -> Bool { true }
    package func changed(_ row: SQLRow, of question: StatementQuestion) -> SQLRow { row }
}

/// A store whose statements pass a tamper first.
struct TamperedStore: Store {
    let inner: any Store
    let tamper: any StatementTamper

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.write { try body(TamperedTransaction(inner: $0, tamper: tamper, isWriting: true)) }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.read { try body(TamperedTransaction(inner: $0, tamper: tamper, isWriting: false)) }
    }

    func close() async throws {
        try await inner.close()
    }
}

private struct TamperedTransaction: SQLTransaction {
    let inner: any SQLTransaction
    let tamper: any StatementTamper
    let isWriting: Bool

    func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
        isWriting ? try tamper.execute(sql, arguments, in: inner) : try inner.execute(sql, arguments)
    }

    func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
        let question = StatementQuestion(sql: sql, arguments: arguments, isWriting: isWriting)
        return try inner.rows(sql, arguments).filter { tamper.isSeen($0, of: question) }
            .map { tamper.changed($0, of: question) }
    }

    func forEach(_ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool) throws {
        let question = StatementQuestion(sql: sql, arguments: arguments, isWriting: isWriting)
        try inner.forEach(sql, arguments) { row in
            guard tamper.isSeen(row, of: question) else { return true }
            return try body(tamper.changed(row, of: question))
        }
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try inner.savepoint(body)
    }

    func emptyTable(_ name: StaticString) throws {
        try inner.emptyTable(name)
    }

    var changes: Set<TablePart> { inner.changes }
    func note(_ part: TablePart) { inner.note(part) }
}
