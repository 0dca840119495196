package import Effects

/// A transaction whose steps are counted, and that refuses more of them than it was given.
///
/// A step is a statement, or a row of an answer: what grows with what somebody sent, whoever's machine it runs on. So
/// work that others cause has a bound that does not depend on the clock, and tests can hold a ratio of it.
package final class MeteredTransaction: SQLTransaction {
    private let inner: any SQLTransaction
    private let limit: Int
    private let refusal: Failure
    package private(set) var steps = 0

    /// - Parameter refusal: what is thrown at the first step beyond the limit, and at each after it.
    package init(_ inner: any SQLTransaction, limit: Int, refusal: Failure) {
        self.inner = inner
        self.limit = limit
        self.refusal = refusal
    }

    /// Counts work that is done outside of statements.
    package func take(_ count: Int) throws {
        steps += count
        guard steps <= limit else { throw refusal }
    }

    @discardableResult
    package func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
        try take(1)
        return try inner.execute(sql, arguments)
    }

    package func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
        var rows: [SQLRow] = []
        try forEach(sql, arguments) { row in
            rows.append(row)
            return true
        }
        return rows
    }

    package func forEach(
        _ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool
    ) throws {
        try take(1)
        try inner.forEach(sql, arguments) { row in
            try take(1)
            return try body(row)
        }
    }

    package func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try take(1)
        return try inner.savepoint(body)
    }

    package func emptyTable(_ name: StaticString) throws {
        try take(1)
        try inner.emptyTable(name)
    }

    package var changes: Set<TablePart> { inner.changes }
    package func note(_ part: TablePart) { inner.note(part) }
}
