import Effects
import Foundation
import GRDB
import Storage

/// A transaction on a GRDB connection.
///
/// The engine's errors leave it as the store's failures, so that whoever catches one inside a transaction can tell a
/// refused item from a broken disk.
final class SQLiteTransaction: SQLTransaction {
    private let database: Database
    private let translated: (DatabaseError) -> Failure
    /// Statements whose rows are being walked through; the same text inside needs a statement of its own.
    private var walking: Set<SQLText> = []

    init(database: Database, translated: @escaping (DatabaseError) -> Failure) {
        self.database = database
        self.translated = translated
    }

    @discardableResult
    func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
        try translating {
            try statement(sql).execute(arguments: Self.statementArguments(arguments))
            return database.changesCount
        }
    }

    func rows(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> [SQLRow] {
        var result: [SQLRow] = []
        try forEach(sql, arguments) { row in
            result.append(row)
            return true
        }
        return result
    }

    func forEach(_ sql: SQLText, _ arguments: [any SQLConvertible], _ body: (SQLRow) throws -> Bool) throws {
        try translating {
            let statement = try statement(sql)
            let isOutermost = walking.insert(sql).inserted
            defer { if isOutermost { walking.remove(sql) } }
            let cursor = try Row.fetchCursor(statement, arguments: Self.statementArguments(arguments))
            while let row = try cursor.next() {
                if try !body(Self.converted(row)) { return }
            }
        }
    }

    func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try translating {
            var result: Value?
            try database.inSavepoint {
                result = try body()
                return .commit
            }
            guard let result else { throw Failure("storage.failed", "a savepoint gave no result") }
            return result
        }
    }

    func emptyTable(_ name: StaticString) throws {
        try translating { try database.execute(sql: "DELETE FROM \(name.description)") }
    }

    private func statement(_ sql: SQLText) throws -> Statement {
        walking.contains(sql) ? try database.makeStatement(sql: sql.text) : try database.cachedStatement(sql: sql.text)
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error)
        }
    }

    private static func statementArguments(_ arguments: [any SQLConvertible]) -> StatementArguments {
        StatementArguments(
            arguments.map { argument -> (any DatabaseValueConvertible)? in
                switch argument.sqlValue {
                case .null: nil
                case .integer(let value): value
                case .text(let value): value
                case .bytes(let value): value.withUnsafeBytes { Data($0) }.databaseValue
                }
            })
    }

    private static func converted(_ row: Row) -> SQLRow {
        SQLRow(
            row.databaseValues.map { value in
                switch value.storage {
                case .null: .null
                case .int64(let value): .integer(value)
                case .double(let value): Int64(exactly: value.rounded()).map(SQLValue.integer) ?? .null
                case .string(let value): .text(value)
                case .blob(let data): .bytes([UInt8](data))
                }
            })
    }
}
