import Effects
import Storage
import Synchronization

/// A folder with one engine's database in it, removed at the end.
final class Bench: Sendable {
    let engine: StoreEngine
    let folder: String
    let world: World
    private let reports = Mutex<[Failure]>([])

    init(_ engine: StoreEngine, folder: String? = nil) throws {
        self.engine = engine
        self.folder = folder ?? "/tmp/yilian-storage-\(SystemRandom().next())"
        world = World.system
        try world.disk.createDirectory(self.folder, mode: 0o700)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    /// What the store told its owner.
    var broken: [Failure] { reports.withLock { $0 } }

    /// Opens the database with the table that most tests use.
    func open(withTable: Bool = true) async throws -> any Store {
        let store = try engine.open(folder, world) { [weak self] failure in
            self?.reports.withLock { $0.append(failure) }
        }
        if withTable {
            _ = try await store.write { sql in
                try sql.execute(
                    """
                    CREATE TABLE IF NOT EXISTS item
                        (id BIGINT NOT NULL PRIMARY KEY, name TEXT UNIQUE, data BYTEA, amount BIGINT)
                    """, [])
            }
        }
        return store
    }
}

extension SQLTransaction {
    func insert(_ id: Int, name: String? = nil, data: [UInt8]? = nil, amount: Int64? = nil) throws {
        try execute("INSERT INTO item (id, name, data, amount) VALUES ($1, $2, $3, $4)", [id, name, data, amount])
    }

    var ids: [Int64] {
        get throws { try rows("SELECT id FROM item ORDER BY id", []).map { try $0.integer(0) } }
    }
}

extension Store {
    var ids: [Int64] { get async throws { try await read { try $0.ids } } }
}
