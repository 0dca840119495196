import Effects
import GRDB
import GRDBSQLite
import Storage

/// A transaction on a GRDB connection.
///
/// GRDB keeps the connection, its transactions and its prepared statements; arguments and columns go straight through
/// SQLite's own interface, because a node runs some ten statements for each report. The engine's errors leave it as the
/// store's failures, so that whoever catches one inside a transaction can tell a refused item from a broken disk.
final class SQLiteTransaction: SQLTransaction {
    private let database: Database
    private let translated: (DatabaseError) -> Failure
    private let work: EngineWork
    /// Statements of this transaction by their text.
    private var statements: [SQLText: Statement] = [:]
    /// Statements whose rows are being walked through; the same text inside needs a statement of its own.
    private var walking: Set<ObjectIdentifier> = []
    private var changed = ChangeList()
    /// Rows that the connection had changed before, and those since of which it is known in which table.
    private let changedBefore: Int
    private var changedKnown = 0

    init(database: Database, work: EngineWork, translated: @escaping (DatabaseError) -> Failure) {
        self.database = database
        self.work = work
        self.translated = translated
        changedBefore = database.totalChangesCount
    }

    @discardableResult
    func execute(_ sql: SQLText, _ arguments: [any SQLConvertible]) throws -> Int {
        try translating {
            let statement = try statement(sql)
            let before = database.totalChangesCount
            try withStepping(statement, arguments) { step in
                while try step() {}
            }
            let count = database.totalChangesCount - before
            if changed.note(sql, changedRows: count) { changedKnown += count }
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
            walking.insert(ObjectIdentifier(statement))
            defer { walking.remove(ObjectIdentifier(statement)) }
            try withStepping(statement, arguments) { step in
                while try step() {
                    if try !body(Self.row(statement.sqliteStatement)) { return }
                }
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
        let before = database.totalChangesCount
        try translating { try database.execute(sql: "DELETE FROM \(name.description)") }
        changedKnown += database.totalChangesCount - before
        changed.note(TablePart(name.description))
    }

    /// Whatever else has changed rows concerns everybody.
    var changes: Set<TablePart> {
        database.totalChangesCount - changedBefore == changedKnown ? changed.parts : changed.parts.union([.unknown])
    }
    func note(_ part: TablePart) { changed.note(part) }

    private func statement(_ sql: SQLText) throws -> Statement {
        let statement = try statements[sql] ?? database.cachedStatement(sql: Self.text(sql))
        statements[sql] = statement
        return walking.contains(ObjectIdentifier(statement)) ? try database.makeStatement(sql: sql.text) : statement
    }

    private static func text(_ sql: SQLText) -> String {
        let text = sql.text
        let mark = "/* clustered */"
        return text.hasSuffix(mark) ? text.dropLast(mark.count) + "WITHOUT ROWID" : text
    }

    private func translating<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw translated(error)
        }
    }
}

extension SQLiteTransaction {
    /// Binds the arguments and gives `body` the means to step; the statement is ready for its next use afterwards.
    private func withStepping(
        _ statement: Statement, _ arguments: [any SQLConvertible], _ body: (() throws -> Bool) throws -> Void
    ) throws {
        let handle = statement.sqliteStatement
        // A full disk ends a transaction; what runs after that would be committed by itself.
        guard let connection = database.sqliteConnection, sqlite3_get_autocommit(connection) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_ABORT, message: "the engine has ended the transaction")
        }
        guard sqlite3_bind_parameter_count(handle) == Int32(arguments.count) else {
            throw Failure("storage.failed", "a statement has another number of arguments than it was given")
        }
        defer {
            work.add(Int(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 1)))
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, argument) in arguments.enumerated() {
            let code = Self.bind(argument.sqlValue, at: Int32(index + 1), of: handle)
            guard code == SQLITE_OK else { throw error(code) }
        }
        try body {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            case let code: throw error(code)
            }
        }
    }

    private func error(_ code: Int32) -> DatabaseError {
        let connection = database.sqliteConnection
        return DatabaseError(
            resultCode: ResultCode(rawValue: connection.map(sqlite3_extended_errcode) ?? code),
            message: connection.flatMap(sqlite3_errmsg).map { String(cString: $0) })
    }

    /// Tells SQLite to copy what it is given (`SQLITE_TRANSIENT`, a cast that Swift does not import).
    private static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private static func bind(_ value: SQLValue, at index: Int32, of handle: SQLiteStatement) -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(handle, index)
        case .integer(let value):
            return sqlite3_bind_int64(handle, index, value)
        case .text(var value):
            return value.withUTF8 { text in
                // Without an address SQLite would take an empty text for null.
                guard !text.isEmpty else { return sqlite3_bind_text(handle, index, "", 0, copying) }
                return text.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(handle, index, $0.baseAddress, Int32(clamping: $0.count), copying)
                }
            }
        case .bytes(let value):
            return value.withUnsafeBytes { bytes in
                guard let address = bytes.baseAddress, !bytes.isEmpty else {
                    return sqlite3_bind_zeroblob(handle, index, 0)
                }
                return sqlite3_bind_blob(handle, index, address, Int32(clamping: bytes.count), copying)
            }
        }
    }

    static func row(_ handle: SQLiteStatement) -> SQLRow {
        SQLRow((0..<sqlite3_column_count(handle)).map { column(handle, $0) })
    }

    private static func column(_ handle: SQLiteStatement, _ index: Int32) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER:
            return .integer(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT:
            return Int64(exactly: sqlite3_column_double(handle, index).rounded()).map(SQLValue.integer) ?? .null
        case SQLITE_TEXT:
            guard let text = sqlite3_column_text(handle, index) else { return .null }
            let count = Int(sqlite3_column_bytes(handle, index))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(handle, index) else { return .bytes([]) }
            let count = Int(sqlite3_column_bytes(handle, index))
            return .bytes([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        default:
            return .null
        }
    }
}
