import Dispatch
import Effects
import Glibc
import Storage
import Testing

@testable import SQLiteStorage

@Suite("The write-ahead log's length")
struct WriteAheadLogTests {
    private static let pages = 64
    private static let pageBytes = 4_096

    /// Opens a store that makes a checkpoint every 64 pages; each of its commits below writes about 20.
    private func open(_ bench: Bench) async throws -> SQLiteStore {
        let store = try SQLiteStore(
            path: bench.folder + "/node.sqlite", world: bench.world, readerCount: 2,
            log: WriteAheadLog(pagesPerCheckpoint: Self.pages), onBroken: { _ in })
        _ = try await store.write { sql in
            try sql.execute("CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, data BYTEA)", [])
        }
        return store
    }

    private func fill(_ store: SQLiteStore, _ ids: Range<Int>) async throws {
        for id in ids {
            _ = try await store.write { sql in
                try sql.execute(
                    "INSERT INTO item (id, data) VALUES ($1, $2)",
                    [id, [UInt8](repeating: 7, count: 20 * Self.pageBytes)])
            }
        }
    }

    private func logBytes(_ bench: Bench) -> Int {
        var facts = stat()
        return stat(bench.folder + "/node.sqlite-wal", &facts) == 0 ? Int(facts.st_size) : 0
    }

    @Test("large commits do not make it grow, however few they are")
    func largeCommits() async throws {
        let bench = try Bench(.sqlite)
        let store = try await open(bench)
        try await fill(store, 0..<60)
        #expect(logBytes(bench) < 2 * Self.pages * Self.pageBytes)
        try await store.close()
    }

    @Test("a reader that stays lets it grow; when it has gone the log is short again")
    func longReader() async throws {
        let bench = try Bench(.sqlite)
        let store = try await open(bench)
        let (hasBegun, begun) = AsyncStream<Void>.makeStream()
        let end = DispatchSemaphore(value: 0)
        async let count = store.read { sql in
            _ = try sql.row("SELECT COUNT(*) FROM item", [])
            begun.finish()
            // The reader's own thread waits, as in a long query.
            end.wait()
            return try sql.row("SELECT COUNT(*) FROM item", [])?.integer(0)
        }
        for await _ in hasBegun {}
        try await fill(store, 0..<10)
        #expect(logBytes(bench) > 2 * Self.pages * Self.pageBytes)
        end.signal()
        #expect(try await count == 0, "it still saw what was there when it began")
        try await fill(store, 10..<20)
        #expect(logBytes(bench) < 2 * Self.pages * Self.pageBytes)
        try await store.close()
    }
}
