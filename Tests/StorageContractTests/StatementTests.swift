import Effects
import Storage
import Testing

struct StatementTests {
    @Test("every type reads back as it was written", arguments: StoreEngine.all)
    func types(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let numbers: [Int64] = [0, 1, -1, .min, .max]
        let texts = [
            "", "a", "血红蛋白 0.50 <g/L>", "'; DROP TABLE item; --",
            "\u{10FFFF}", String(repeating: "x", count: 100_000),
        ]
        let blobs: [[UInt8]] = [[], [0], [0, 0xff, 0x80], SystemRandom().bytes(3_000_000)]
        for number in numbers {
            #expect(try await echo(store, number) == .integer(number))
        }
        for number in [UInt64(0), 1, 1 << 63, (1 << 63) - 1, .max] {
            let row = try await echoRow(store, number)
            #expect(try row.unsigned(0) == number)
        }
        for text in texts { #expect(try await echo(store, text) == .text(text)) }
        for blob in blobs { #expect(try await echo(store, blob) == .bytes(blob)) }
        #expect(try await echo(store, true) == .integer(1))
        #expect(try await echo(store, UInt32.max) == .integer(4_294_967_295))
        #expect(try await echo(store, Optional<String>.none) == .null)
        #expect(try await echo(store, Optional<[UInt8]>.none) == .null)
        #expect(try await echo(store, Optional<Int64>.some(4)) == .integer(4))
        #expect(try await echo(store, SQLValue.null) == .null)
    }

    /// Writes a value, and reads it back in a transaction of its own.
    private func echoRow(_ store: any Store, _ value: any SQLConvertible & Sendable) async throws -> SQLRow {
        let column = value.sqlValue
        try await store.write { sql in
            try sql.emptyTable("item")
            switch column {
            case .null: try sql.execute("INSERT INTO item (id, name, data, amount) VALUES (1, $1, $1, $1)", [column])
            case .integer: try sql.execute("INSERT INTO item (id, amount) VALUES (1, $1)", [column])
            case .text: try sql.execute("INSERT INTO item (id, name) VALUES (1, $1)", [column])
            case .bytes: try sql.execute("INSERT INTO item (id, data) VALUES (1, $1)", [column])
            }
        }
        let row = try await store.read { sql in
            switch column {
            case .null: try sql.row("SELECT COALESCE(name, data, amount) FROM item", [])
            case .integer: try sql.row("SELECT amount FROM item WHERE amount = $1", [column])
            case .text: try sql.row("SELECT name FROM item WHERE name = $1", [column])
            case .bytes: try sql.row("SELECT data FROM item WHERE data = $1", [column])
            }
        }
        return try #require(row)
    }

    private func echo(_ store: any Store, _ value: any SQLConvertible & Sendable) async throws -> SQLValue? {
        try await echoRow(store, value).values.first
    }

    @Test("a column is read as what it is or refused", arguments: StoreEngine.all)
    func mismatch(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { try $0.insert(1, name: "a", data: [1]) }
        let row = try #require(try await store.read { try $0.row("SELECT id, name, data, amount FROM item", []) })
        let wrong = Failure("storage.type", "")
        #expect(throws: wrong) { try row.text(0) }
        #expect(throws: wrong) { try row.integer(1) }
        #expect(throws: wrong) { try row.integer(2) }
        #expect(throws: wrong) { try row.bytes(3) }
        #expect(throws: wrong) { try row.integer(4) }
        #expect(throws: wrong) { try row.integer(-1) }
        #expect(row.optionalInteger(3) == nil)
        #expect(row.optionalText(9) == nil)
        #expect(row.optionalText(1) == "a")
        #expect(row.optionalBytes(2) == [1])
    }

    @Test("a number that no integer holds is no value, and no crash", arguments: StoreEngine.all)
    func reals(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let values = try await store.read { try $0.row("SELECT 1e300, -1e300, 2.0", [])?.values }
        #expect(values == [.null, .null, .integer(2)])
    }

    @Test("a change says how many rows it changed", arguments: StoreEngine.all)
    func counts(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let counts = try await store.write { sql in
            for id in 0..<5 { try sql.insert(id, amount: 1) }
            return [
                try sql.execute("UPDATE item SET amount = 2 WHERE id >= $1", [3]),
                try sql.execute("UPDATE item SET amount = 2 WHERE id > $1", [100]),
                try sql.execute("DELETE FROM item WHERE amount = $1", [1]),
            ]
        }
        #expect(counts == [2, 0, 3])
    }

    @Test("an upsert inserts, updates, or does nothing", arguments: StoreEngine.all)
    func upsert(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let amounts = try await store.write { sql in
            for amount in [10, 20] {
                try sql.execute(
                    """
                    INSERT INTO item (id, amount) VALUES ($1, $2)
                    ON CONFLICT (id) DO UPDATE SET amount = item.amount + excluded.amount
                    """, [1, amount])
                try sql.execute(
                    "INSERT INTO item (id, amount) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", [2, amount])
            }
            return try sql.rows("SELECT amount FROM item ORDER BY id", []).map { try $0.integer(0) }
        }
        #expect(amounts == [30, 10])
    }

    @Test("an argument may stand twice in a statement", arguments: StoreEngine.all)
    func repeatedArgument(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let row = try await store.read { try $0.row("SELECT $1, $2, $1", [1, 2]) }
        #expect(row?.values == [.integer(1), .integer(2), .integer(1)])
        await #expect(throws: (any Error).self) { try await store.read { try $0.row("SELECT $1, $2", [1]) } }
    }

    @Test("a walk over rows stops where its body says so, and the statement is free again", arguments: StoreEngine.all)
    func earlyStop(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let seen = try await store.write { sql in
            for id in 0..<100 { try sql.insert(id) }
            var seen: [Int64] = []
            for _ in 0..<2 {
                try sql.forEach("SELECT id FROM item ORDER BY id", []) { row in
                    seen.append(try row.integer(0))
                    return seen.count % 3 != 0
                }
            }
            #expect(throws: TransactionTests.Refusal()) {
                try sql.forEach("SELECT id FROM item ORDER BY id", []) { _ in throw TransactionTests.Refusal() }
            }
            #expect(try sql.row("SELECT id FROM item WHERE id = $1", [500]) == nil)
            try sql.execute("DROP TABLE item", [])
            return seen
        }
        #expect(seen == [0, 1, 2, 0, 1, 2])
    }

    @Test("a statement may run inside a walk over its own rows", arguments: StoreEngine.all)
    func nestedStatement(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let pairs = try await store.write { sql in
            for id in 0..<3 { try sql.insert(id) }
            var pairs: [[Int64]] = []
            try sql.forEach("SELECT id FROM item WHERE id >= $1 ORDER BY id", [0]) { outer in
                let first = try outer.integer(0)
                try sql.forEach("SELECT id FROM item WHERE id >= $1 ORDER BY id", [first]) { inner in
                    pairs.append([first, try inner.integer(0)])
                    return pairs.count < 100
                }
                return pairs.count < 100
            }
            return pairs
        }
        #expect(pairs == [[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]])
    }

    @Test("emptying a table leaves the table", arguments: StoreEngine.all)
    func emptyTable(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        try await store.write { sql in
            for id in 0..<10 { try sql.insert(id) }
            try sql.emptyTable("item")
        }
        #expect(try await store.ids == [])
        try await store.write { try $0.insert(1) }
        await #expect(throws: Failure("storage.failed", "")) { try await store.write { try $0.emptyTable("nothing") } }
    }
}
