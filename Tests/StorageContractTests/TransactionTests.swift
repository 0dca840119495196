import Effects
import Storage
import Testing

struct TransactionTests {
    struct Refusal: Error, Equatable {}

    @Test(
        "what a transaction wrote is there after it, and after the database was opened again",
        arguments: StoreEngine.all)
    func commit(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let seen = try await store.write { sql in
            try sql.insert(1)
            try sql.insert(2)
            return try sql.ids
        }
        #expect(seen == [1, 2])
        #expect(try await store.ids == [1, 2])
        let another = try await bench.open(withTable: false)
        #expect(try await another.ids == [1, 2])
        try await another.close()
        try await store.close()
        #expect(try await bench.open(withTable: false).ids == [1, 2])
        #expect(bench.broken.isEmpty)
    }

    @Test("what a savepoint puts aside stays in memory: no page in clear outside of the data folder")
    func temporary() async throws {
        let bench = try Bench(.sqlite)
        let store = try await bench.open()
        let (writer, reader): (Int64?, Int64?) = (
            try await store.write { try $0.row("PRAGMA temp_store", [])?.integer(0) },
            try await store.read { try $0.row("PRAGMA temp_store", [])?.integer(0) }
        )
        #expect(writer == 2 && reader == 2)
    }

    @Test("steps are counted, and refused beyond their limit", arguments: StoreEngine.all)
    func metered(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let steps = try await store.write { sql -> Int in
            let meter = MeteredTransaction(sql, limit: 10, refusal: Failure("test.tooMuch", ""))
            for number in 1...3 { try meter.insert(number) }
            #expect(try meter.ids == [1, 2, 3])
            #expect(throws: Failure("test.tooMuch", "")) { try meter.savepoint { _ = try meter.ids } }
            return meter.steps
        }
        // Three inserts; a question and its three rows; a savepoint, a question, and the row that is too much.
        #expect(steps == 11)
        #expect(try await store.ids == [1, 2, 3])
    }

    @Test("a transaction says in which tables it changed rows, and which parts were noted", arguments: StoreEngine.all)
    func changes(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        func changes(_ body: @escaping @Sendable (any SQLTransaction) throws -> Void) async throws -> Set<TablePart> {
            try await store.write { sql in
                try body(sql)
                return sql.changes
            }
        }
        let item: Set = [TablePart("item")]
        #expect(try await changes { _ = try $0.ids } == [])
        #expect(try await changes { try $0.insert(1) } == item)
        #expect(try await changes { try $0.execute("UPDATE item SET amount = 2 WHERE id = 1", []) } == item)
        #expect(try await changes { try $0.execute("UPDATE item SET amount = 2 WHERE id = 9", []) } == [])
        #expect(
            try await changes {
                try $0.execute("INSERT INTO item (id) VALUES (1) ON CONFLICT (id) DO NOTHING", [])
            } == [])
        #expect(
            try await changes {
                try $0.execute(
                    """
                    INSERT INTO item
                        (id, amount) VALUES (1, 7) ON CONFLICT (id) DO UPDATE SET amount = 7
                    """, [])
            } == item)
        // What follows a change says nothing of its own.
        #expect(
            try await changes { sql in
                try sql.execute("CREATE TABLE other (id BIGINT NOT NULL PRIMARY KEY)", [])
                try sql.execute("DELETE FROM item WHERE id = $1", [1])
                try sql.execute("UPDATE other SET id = 2", [])
            } == item)
        #expect(try await changes { try $0.emptyTable("other") } == [TablePart("other")])
        // Statements that do not begin as others do, or that read and write, concern everybody.
        #expect(
            try await changes { try $0.execute("INSERT OR IGNORE INTO other (id) VALUES (5)", []) } == [.unknown])
        #expect(
            try await changes { _ = try $0.row("UPDATE other SET id = 6 WHERE id = 5 RETURNING id", []) } == [.unknown])
        #expect(try await changes { $0.note(TablePart("item", of: "a")) } == [TablePart("item", of: "a")])
        let metered = try await changes { sql in
            let meter = MeteredTransaction(sql, limit: 9, refusal: Failure("test.tooMuch", ""))
            try meter.insert(2)
            meter.note(TablePart("item", of: "b"))
            #expect(meter.changes == sql.changes)
        }
        #expect(metered == [TablePart("item"), TablePart("item", of: "b")])
        #expect(
            try await changes { sql in
                try? sql.savepoint {
                    try sql.insert(3)
                    throw Refusal()
                }
            } == item)
    }

    @Test("a transaction whose body throws leaves nothing and throws the same error", arguments: StoreEngine.all)
    func rollback(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        await #expect(throws: Refusal()) {
            try await store.write { sql in
                try sql.insert(1)
                throw Refusal()
            }
        }
        await #expect(throws: Failure("test.refused", "")) {
            try await store.write { sql in
                try sql.insert(1)
                try sql.execute("CREATE TABLE other (id BIGINT NOT NULL PRIMARY KEY)", [])
                throw Failure("test.refused", "no")
            }
        }
        #expect(try await store.ids == [])
        _ = try await store.write { try $0.execute("CREATE TABLE other (id BIGINT NOT NULL PRIMARY KEY)", []) }
    }

    @Test("a refused statement is a failure of the store that a transaction can survive", arguments: StoreEngine.all)
    func constraint(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        await #expect(throws: Failure("storage.failed", "")) {
            try await store.write { sql in
                try sql.insert(1)
                try sql.insert(1)
            }
        }
        #expect(try await store.ids == [])
        try await store.write { sql in
            try sql.insert(1)
            #expect(throws: Failure("storage.failed", "")) { try sql.savepoint { try sql.insert(1) } }
            #expect(throws: Failure("storage.failed", "")) {
                try sql.savepoint { try sql.execute("NO SUCH WORDS", []) }
            }
            try sql.insert(2)
        }
        #expect(try await store.ids == [1, 2])
        #expect(bench.broken.isEmpty)
    }

    @Test("the text of a failure names no argument", arguments: StoreEngine.all)
    func discretion(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        do {
            try await store.write { sql in
                try sql.insert(1, name: "张三")
                try sql.insert(2, name: "张三")
            }
            Issue.record("two rows took one unique name")
        } catch {
            #expect(!"\(error)".contains("张三"))
        }
    }

    @Test("a savepoint that throws is undone alone, however deep", arguments: StoreEngine.all)
    func savepoints(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        let value = try await store.write { sql in
            try sql.insert(1)
            let value = try sql.savepoint {
                try sql.insert(2)
                #expect(throws: Refusal()) {
                    try sql.savepoint {
                        try sql.insert(3)
                        try sql.savepoint { try sql.insert(4) }
                        #expect(try sql.ids == [1, 2, 3, 4])
                        throw Refusal()
                    }
                }
                #expect(try sql.ids == [1, 2])
                #expect(throws: Failure("storage.failed", "")) {
                    try sql.savepoint {
                        try sql.insert(5)
                        try sql.savepoint { try sql.insert(5) }
                    }
                }
                try sql.insert(6)
                return "kept"
            }
            #expect(throws: Refusal()) {
                try sql.savepoint {
                    try sql.savepoint { try sql.insert(7) }
                    throw Refusal()
                }
            }
            try sql.insert(8)
            return value
        }
        #expect(value == "kept")
        #expect(try await store.ids == [1, 2, 6, 8])
    }

    @Test("a savepoint that was kept goes with the transaction around it", arguments: StoreEngine.all)
    func savepointInRollback(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        await #expect(throws: Refusal()) {
            try await store.write { sql in
                try sql.savepoint { try sql.insert(1) }
                throw Refusal()
            }
        }
        #expect(try await store.ids == [])
    }

    @Test("a reader cannot write, and trying does not break the store", arguments: StoreEngine.all)
    func readOnly(engine: StoreEngine) async throws {
        let bench = try Bench(engine)
        let store = try await bench.open()
        await #expect(throws: (any Error).self) { try await store.read { try $0.insert(1) } }
        #expect(bench.broken.isEmpty)
        try await store.write { try $0.insert(2) }
        #expect(try await store.ids == [2])
    }
}
