import Effects
import Storage
import Testing

struct MigrationTests {
    private static let first = Migration("a", 1, ["CREATE TABLE alpha (id BIGINT NOT NULL PRIMARY KEY)"])
    private static let second = Migration(
        "a", 2, ["ALTER TABLE alpha ADD COLUMN name TEXT", "INSERT INTO alpha (id, name) VALUES (1, 'second')"])
    private static let other = Migration("b", 1, ["CREATE TABLE beta (id BIGINT NOT NULL PRIMARY KEY)"])

    private func steps(_ store: any Store) async throws -> [String] {
        try await store.read { sql in
            try sql.rows("SELECT module, number FROM schema_migration ORDER BY module, number", [])
                .map { "\(try $0.text(0)) \(try $0.integer(1))" }
        }
    }

    @Test("steps run in order, each once, however often the program starts", arguments: StoreEngine.all)
    func twice(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        for _ in 0..<2 { try await store.migrate([Self.second, Self.other, Self.first]) }
        #expect(try await steps(store) == ["a 1", "a 2", "b 1"])
        #expect(try await store.read { try $0.rows("SELECT id FROM alpha", []).count } == 1)
        try await store.close()
        let again = try await bench.open(withTable: false)
        try await again.migrate([Self.first, Self.second, Self.other])
        #expect(try await again.read { try $0.rows("SELECT id FROM alpha", []).count } == 1)
    }

    @Test("a newer program adds its steps to what is there", arguments: StoreEngine.all)
    func appended(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([Self.first])
        _ = try await store.write { try $0.execute("INSERT INTO alpha (id) VALUES (7)", []) }
        try await store.migrate([Self.first, Self.second, Self.other])
        let ids = try await store.read { try $0.rows("SELECT id FROM alpha ORDER BY id", []).map { try $0.integer(0) } }
        #expect(ids == [1, 7])
        #expect(try await steps(store) == ["a 1", "a 2", "b 1"])
    }

    @Test("a database of a newer program is refused and left as it is", arguments: StoreEngine.all)
    func newer(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([Self.first, Self.second])
        await #expect(throws: Failure("storage.newerSchema", "")) {
            try await store.migrate([Self.first, Self.other])
        }
        #expect(try await steps(store) == ["a 1", "a 2"])
    }

    @Test("a module that this program does not have is left alone", arguments: StoreEngine.all)
    func unknownModule(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([Self.first, Self.other])
        try await store.migrate([Self.first])
        #expect(try await steps(store) == ["a 1", "b 1"])
        #expect(try await store.read { try $0.rows("SELECT id FROM beta", []).isEmpty })
    }

    @Test("a step that fails leaves no trace and can be run again", arguments: StoreEngine.all)
    func failing(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([Self.first])
        let broken = Migration("a", 2, ["CREATE TABLE gamma (id BIGINT NOT NULL PRIMARY KEY)", "NO SUCH WORDS"])
        await #expect(throws: Failure("storage.failed", "")) { try await store.migrate([Self.first, broken]) }
        #expect(try await steps(store) == ["a 1"])
        let mended = Migration("a", 2, ["CREATE TABLE gamma (id BIGINT NOT NULL PRIMARY KEY)"])
        try await store.migrate([Self.first, mended])
        #expect(try await steps(store) == ["a 1", "a 2"])
    }

    @Test("a step converts rows, in its transaction", arguments: StoreEngine.all)
    func conversion(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([Self.first])
        _ = try await store.write { try $0.execute("INSERT INTO alpha (id) VALUES (7)", []) }
        func step(_ body: @escaping @Sendable (any SQLTransaction) throws -> Void) -> Migration {
            Migration(
                "a", 2,
                [
                    "ALTER TABLE alpha RENAME TO former",
                    "CREATE TABLE alpha (id BIGINT NOT NULL PRIMARY KEY, word TEXT NOT NULL)",
                ]
            ) { sql in
                try sql.forEach("SELECT id FROM former", []) { row in
                    let id = try row.integer(0)
                    try sql.execute("INSERT INTO alpha (id, word) VALUES ($1, $2)", [id, String(id, radix: 2)])
                    return true
                }
                try sql.execute("DROP TABLE former", [])
                try body(sql)
            }
        }
        await #expect(throws: Failure("test.stopped", "")) {
            try await store.migrate([Self.first, step { _ in throw Failure("test.stopped", "the power went") }])
        }
        #expect(try await steps(store) == ["a 1"])
        for _ in 0..<2 { try await store.migrate([Self.first, step { _ in }]) }
        #expect(try await store.read { try $0.rows("SELECT word FROM alpha", []).map { try $0.text(0) } } == ["111"])
        #expect(try await steps(store) == ["a 1", "a 2"])
    }

    @Test("a clustered table is a table like others", arguments: StoreEngine.all)
    func clustered(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open(withTable: false)
        try await store.migrate([
            Migration(
                "a", 1, ["CREATE TABLE pair (one BIGINT, other BIGINT, PRIMARY KEY (one, other)) /* clustered */"])
        ])
        try await store.write { sql in
            for (one, other) in [(2, 1), (1, 2), (1, 1), (1, 2)] {
                try sql.execute(
                    "INSERT INTO pair (one, other) VALUES ($1, $2) ON CONFLICT (one, other) DO NOTHING", [one, other])
            }
        }
        let rows = try await store.read { sql in
            try sql.rows("SELECT one, other FROM pair ORDER BY one, other", []).map {
                [try $0.integer(0), try $0.integer(1)]
            }
        }
        #expect(rows == [[1, 1], [1, 2], [2, 1]])
        #expect(try await store.write { try engine.isClustered("pair", $0) })
    }
}
