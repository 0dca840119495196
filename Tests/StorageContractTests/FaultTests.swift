import Effects
import Glibc
import Storage
import Testing

struct FaultTests {
    @Test("a commit waits for the disk, also after the database was opened again", arguments: StoreEngine.all)
    func synchronisation(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        for _ in 0..<2 {
            let store = try await bench.open()
            for _ in 0..<2 { #expect(try await store.write { try engine.isFullySynchronised($0) }) }
            try await store.close()
        }
    }

    @Test("a full database refuses the transaction whole, and goes on when there is room", arguments: StoreEngine.all)
    func full(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { try $0.insert(1) }
        try await store.write { try engine.limitGrowth($0, true) }
        await #expect(throws: Failure("storage.full", "")) { try await fill(store) }
        await #expect(throws: Failure("storage.full", "")) {
            try await store.write { sql in
                try sql.insert(2)
                try sql.savepoint {
                    try sql.savepoint { try sql.insert(3, data: [UInt8](repeating: 1, count: 1 << 20)) }
                }
            }
        }
        #expect(try await store.ids == [1])
        try await store.write { try engine.limitGrowth($0, false) }
        try await fill(store)
        #expect(try await store.ids == [1] + Array(1_000..<1_020))
        #expect(bench.broken.isEmpty)
    }

    @Test("a store never goes on in a transaction that the engine ended", arguments: StoreEngine.all)
    func endedTransaction(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { try engine.limitGrowth($0, true) }
        await #expect(throws: (any Error).self) {
            try await store.write { sql in
                try sql.insert(1)
                #expect(throws: Failure("storage.full", "")) {
                    try sql.savepoint { try sql.insert(2, data: [UInt8](repeating: 1, count: 1 << 20)) }
                }
                try sql.insert(3)
            }
        }
        #expect(try await store.ids == [])
    }

    private func fill(_ store: any Store) async throws {
        try await store.write { sql in
            for id in 1_000..<1_020 { try sql.insert(id, data: [UInt8](repeating: 7, count: 100_000)) }
        }
    }

    /// Whether this process may mount a file system of its own.
    static let canMount: Bool = {
        let path = "/tmp/yilian-mount-\(SystemRandom().next())"
        guard mkdir(path, 0o700) == 0 else { return false }
        defer { rmdir(path) }
        guard mount("tmpfs", path, "tmpfs", 0, "size=64k") == 0 else { return false }
        return umount2(path, Int32(MNT_DETACH)) == 0
    }()

    @Test(
        "a full disk refuses the transaction whole, and goes on when there is room",
        .enabled(if: canMount, "needs the right to mount a tmpfs: run the tests as root"), arguments: StoreEngine.all)
    func fullDisk(engine: StoreEngine) async throws {
        let folder = "/tmp/yilian-storage-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        #expect(mount("tmpfs", folder, "tmpfs", 0, "size=3m") == 0)
        defer {
            umount2(folder, Int32(MNT_DETACH))
            rmdir(folder)
        }
        let bench = try Bench(engine, folder: folder)
        let store = try await bench.open()
        try await store.write { try $0.insert(1) }
        try SystemDisk().write([UInt8](repeating: 0, count: 1_600_000), to: folder + "/ballast", mode: 0o600)
        await #expect(throws: Failure("storage.full", "")) { try await fill(store) }
        #expect(try await store.ids == [1])
        try SystemDisk().remove(folder + "/ballast")
        try await store.write { try $0.insert(2, data: [UInt8](repeating: 7, count: 100_000)) }
        #expect(try await store.ids == [1, 2])
        #expect(bench.broken.isEmpty)
        try await store.close()
    }

    @Test("a store whose file is spoiled says so once and refuses everything afterwards", arguments: StoreEngine.all)
    func broken(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let first = try await bench.open()
        try await first.write { sql in
            for id in 0..<200 { try sql.insert(id, name: "\(id)", data: [UInt8](repeating: 3, count: 10_000)) }
        }
        try await first.close()
        try engine.damage(bench.folder)
        let store = try await bench.open(withTable: false)
        await #expect(throws: Failure("storage.broken", "")) {
            try await store.read { try $0.rows("SELECT * FROM item", []) }
        }
        await #expect(throws: Failure("storage.broken", "")) { try await store.read { try $0.row("SELECT 1", []) } }
        await #expect(throws: Failure("storage.broken", "")) { try await store.write { try $0.row("SELECT 1", []) } }
        await #expect(throws: Failure("storage.broken", "")) { try await store.write { try $0.insert(999) } }
        #expect(bench.broken.map(\.code) == ["storage.broken"])
        #expect(bench.broken.first?.remedy?.contains("ledger verify") == true)
    }

    @Test("a failure that the transaction's body swallows still breaks the store", arguments: StoreEngine.all)
    func swallowed(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let first = try await bench.open()
        try await first.write { sql in
            for id in 0..<200 { try sql.insert(id, data: [UInt8](repeating: 3, count: 10_000)) }
        }
        try await first.close()
        try engine.damage(bench.folder)
        let store = try await bench.open(withTable: false)
        await #expect(throws: Failure("storage.broken", "")) {
            try await store.write { sql in
                _ = try? sql.rows("SELECT * FROM item", [])
            }
        }
        #expect(bench.broken.count == 1)
    }

    @Test("what cannot be opened is refused with the place", arguments: StoreEngine.all)
    func unopenable(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        #expect(throws: Failure("storage.unopenable", "")) {
            try engine.open(bench.folder + "/nowhere", bench.world, { _ in })
        }
        let store = try await bench.open()
        try await store.close()
        for name in try SystemDisk().list(bench.folder) {
            try SystemDisk().write([UInt8](repeating: 0x5a, count: 8_192), to: bench.folder + "/" + name, mode: 0o600)
        }
        #expect(throws: Failure("storage.unopenable", "")) { try engine.open(bench.folder, bench.world, { _ in }) }
    }

    @Test("a closed store refuses, and closing twice is no error", arguments: StoreEngine.all)
    func closed(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.close()
        try await store.close()
        await #expect(throws: (any Error).self) { try await store.write { try $0.insert(1) } }
        await #expect(throws: (any Error).self) { try await store.ids }
        #expect(bench.broken.isEmpty)
    }
}
