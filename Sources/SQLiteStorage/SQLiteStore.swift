package import Effects
import GRDB
package import Storage
import Synchronization

/// A store in one SQLite file, in WAL mode with full synchronisation at every commit.
///
/// GRDB's synchronous interface is used, from workers of our own. `synchronous=FULL` is what makes a commit survive a
/// power cut; it is read back when the store is opened.
package final class SQLiteStore: Store {
    /// The writer's connection; the pool's own readers are not used (see ``SQLiteReader``).
    private let pool: DatabasePool
    private let writer: any Worker
    private let readers: [SQLiteReader]
    private let log: WriteAheadLog
    private let work = EngineWork()
    private let broken = Mutex<Failure?>(nil)
    private let onBroken: @Sendable (Failure) -> Void
    let path: String
    let world: World

    /// Opens or creates the database.
    ///
    /// - Parameters:
    ///   - path: the file; its folder must exist.
    ///   - world: gives the workers.
    ///   - onBroken: told once, on the writer's thread, when the engine failed in a way after which nothing may be
    ///     acknowledged any more.
    /// - Throws: `storage.unopenable` with the engine's reason.
    package convenience init(
        path: String, world: World, readerCount: Int = 2, onBroken: @escaping @Sendable (Failure) -> Void
    ) throws {
        try self.init(
            path: path, world: world, readerCount: readerCount,
            log: WriteAheadLog(pagesPerCheckpoint: WriteAheadLog.usualPagesPerCheckpoint), onBroken: onBroken)
    }

    init(
        path: String, world: World, readerCount: Int, log: WriteAheadLog,
        onBroken: @escaping @Sendable (Failure) -> Void
    ) throws {
        self.log = log
        self.path = path
        self.world = world
        var configuration = Configuration()
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA trusted_schema=OFF")
            try database.execute(sql: "PRAGMA cache_size=-16000")
            // What a savepoint or a long sort puts aside are pages in clear; they go to no folder but the node's own.
            try database.execute(sql: "PRAGMA temp_store=MEMORY")
            // SQLite's own checkpoint drops its errors, a failed fsync among them; the writer makes its own.
            try database.execute(sql: "PRAGMA wal_autocheckpoint=0")
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            // GRDB sets NORMAL after `prepareDatabase` when it turns the WAL on; the writer is set right after it.
            let level = try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous=FULL")
                // A process that died between writing a commit and synchronising it left it in the machine's memory only.
                // It counts from now on, so it goes to the disk now: nobody may be told of what a power cut can take.
                try database.checkpoint(.full)
                log.follow(database)
                return try Int.fetchOne(database, sql: "PRAGMA synchronous")
            }
            guard level == 2 else { throw Failure("storage.unopenable", "full synchronisation is not in force") }
        } catch {
            throw Failure(
                "storage.unopenable", "the database cannot be opened: \(Self.reason(error))", place: path,
                remedy: "check the folder's permissions and the disk")
        }
        writer = world.makeWorker("store.writer")
        readers = (0..<max(1, readerCount)).map { [configuration] number in
            SQLiteReader(
                path: path, configuration: configuration, worker: world.makeWorker("store.reader.\(number)"))
        }
        self.onBroken = onBroken
    }

    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await writer.run { [self] in
            if let failure = broken.withLock({ $0 }) { throw failure }
            do {
                let value = try pool.write { database in
                    let value = try body(SQLiteTransaction(database: database, work: work, translated: translated))
                    // A body that swallowed the engine's failure does not commit upon it.
                    if let failure = broken.withLock({ $0 }) { throw failure }
                    return value
                }
                try checkpointIfDue()
                return value
            } catch let error as DatabaseError {
                throw translated(error)
            }
        }
    }

    /// Brings the write-ahead log into the database when it has grown long, or after so many commits.
    ///
    /// A checkpoint that finds readers in its way is tried again later; one whose disk fails breaks the store.
    private func checkpointIfDue() throws {
        guard let mode = log.checkpointDue() else { return }
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(mode) }
        } catch let error as DatabaseError {
            _ = translated(error)
            if let failure = broken.withLock({ $0 }) { throw failure }
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        // The first of those who have least to do: a node with little to read keeps one connection's pages and statements.
        guard let reader = readers.min(by: { $0.load < $1.load }) else {
            throw Failure("storage.failed", "the store has no readers")
        }
        do {
            return try await reader.read { [self] database in
                if let failure = broken.withLock({ $0 }) { throw failure }
                return try body(SQLiteTransaction(database: database, work: work, translated: translatedReading))
            }
        } catch let error as DatabaseError {
            throw translatedReading(error)
        }
    }

    /// How many steps the engine has taken for statements, those over rows that no answer holds among them: what a statement
    /// costs, whoever's machine it runs on.
    package var engineSteps: Int { work.steps }

    package func close() async throws {
        try await writer.run { [pool] in try pool.close() }
        for reader in readers { try await reader.close() }
    }

    /// A reader that tries to write is told so by the same code as a disk that takes no writes, and is our own mistake.
    private func translatedReading(_ error: DatabaseError) -> Failure {
        guard error.resultCode == .SQLITE_READONLY else { return translated(error) }
        return Failure("storage.failed", "a reader tried to write")
    }

    /// Sorts the engine's errors into "this item failed", "not now" and "nothing may be acknowledged any more".
    private func translated(_ error: DatabaseError) -> Failure {
        switch error.resultCode {
        case .SQLITE_FULL:
            return Failure("storage.full", "the disk is full", remedy: "make room on the node's disk")
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_READONLY:
            let failure = Failure(
                "storage.broken",
                "the database failed (SQLite code \(error.extendedResultCode.rawValue): \(Self.reason(error)))",
                remedy: "check the disk, start the node again and run `yilian ledger verify`")
            let isFirst = broken.withLock { current in
                defer { current = current ?? failure }
                return current == nil
            }
            if isFirst { onBroken(failure) }
            return failure
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_PROTOCOL, .SQLITE_ABORT:
            return Failure(
                "storage.unavailable",
                "the database cannot work now (SQLite code \(error.extendedResultCode.rawValue): \(Self.reason(error)))",
                remedy: "try again; look at the machine's memory and at who else has the file open")
        default:
            return Failure(
                "storage.failed",
                "a statement failed (SQLite code \(error.extendedResultCode.rawValue): \(Self.reason(error)))")
        }
    }

    /// The engine's own words, which name tables and columns and never arguments.
    private static func reason(_ error: any Error) -> String {
        (error as? DatabaseError)?.message ?? (error as? Failure)?.message ?? "unknown reason"
    }
}

/// The engine's steps of all connections of a store.
final class EngineWork: Sendable {
    private let taken = Atomic(0)

    var steps: Int { taken.load(ordering: .relaxed) }

    func add(_ steps: Int) { taken.add(steps, ordering: .relaxed) }
}
