import Effects
import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// A connection that only reads, opened at its first read, with the worker that alone uses it.
///
/// A pool would ask the database before each read whether its schema has changed, in a snapshot of that question's own.
/// Nothing here keeps anything of the schema but statements, which SQLite prepares anew by itself.
final class SQLiteReader: Sendable {
    private enum Connection {
        case unopened
        case open(DatabaseQueue)
        case closed
    }

    private let path: String
    private let configuration: Configuration
    private let worker: any Worker
    private let connection = Mutex<Connection>(.unopened)
    private let pending = Atomic<Int>(0)

    init(path: String, configuration: Configuration, worker: any Worker) {
        self.path = path
        var configuration = configuration
        configuration.readonly = true
        configuration.maximumReaderCount = 1
        self.configuration = configuration
        self.worker = worker
    }

    /// How many reads are under way or wait.
    var load: Int { pending.load(ordering: .relaxed) }

    /// Runs `body` on the worker, in one snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        pending.wrappingAdd(1, ordering: .relaxed)
        defer { pending.wrappingSubtract(1, ordering: .relaxed) }
        return try await worker.run { [self] in
            try opened().unsafeRead { database in try Self.isolated(database) { try body(database) } }
        }
    }

    /// Closes the connection when the read that is under way has ended; every later one is refused.
    func close() async throws {
        try await worker.run { [self] in
            let queue = connection.withLock { connection -> DatabaseQueue? in
                defer { connection = .closed }
                guard case .open(let queue) = connection else { return nil }
                return queue
            }
            try queue?.close()
        }
    }

    private func opened() throws -> DatabaseQueue {
        try connection.withLock { connection in
            switch connection {
            case .open(let queue): return queue
            case .closed: throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the connection is closed")
            case .unopened:
                let queue = try DatabaseQueue(path: path, configuration: configuration)
                connection = .open(queue)
                return queue
            }
        }
    }

    private static func isolated<Value>(_ database: Database, _ body: () throws -> Value) throws -> Value {
        try run("BEGIN DEFERRED TRANSACTION", database)
        defer {
            // A failure of the engine may have ended it; a snapshot that only read has nothing that could be lost.
            if database.isInsideTransaction { try? run("ROLLBACK TRANSACTION", database) }
        }
        return try body()
    }

    /// Prepared once, and not at each of the many small reads of a node.
    private static func run(_ sql: String, _ database: Database) throws {
        let statement = try database.cachedStatement(sql: sql).sqliteStatement
        defer { sqlite3_reset(statement) }
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE else {
            let connection = database.sqliteConnection
            throw DatabaseError(
                resultCode: ResultCode(rawValue: connection.map(sqlite3_extended_errcode) ?? code),
                message: connection.flatMap(sqlite3_errmsg).map { String(cString: $0) })
        }
    }
}
