import Effects
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

struct VerificationTests {
    private func ledger(_ fixture: Fixture) async throws -> Ledger {
        let ledger = try await fixture.open(Fixture.hill)
        for index in 0..<5 { try await ledger.append(.note("\(index)", payload: "payload \(index)")) }
        try await ledger.append([.note("urgent")], lane: .clinical)
        return ledger
    }

    /// What an attacker or a bad disk does, and a word of the finding.
    static let damages: [(name: String, statement: SQLText, finding: String)] = [
        ("a missing batch", "DELETE FROM batch WHERE sequence = 2", "batch 2 is missing"),
        ("the last batch missing", "DELETE FROM batch WHERE sequence = 4", "chain ends"),
        ("the first batch missing", "DELETE FROM batch WHERE sequence = 0 AND entry_count = 1", "is missing"),
        ("a missing segment", "DELETE FROM segment WHERE sequence = 1 AND position = 0", "lost a segment"),
        ("two batches exchanged", "UPDATE batch SET sequence = 100 - sequence WHERE sequence > 2", "missing"),
        ("a changed header hash", "UPDATE batch SET header_hash = seal WHERE sequence = 1", "another header"),
        ("a chain row that ends later", "UPDATE chain SET next_sequence = next_sequence + 1", "chain ends"),
        ("a chain row that ends earlier", "UPDATE chain SET next_sequence = next_sequence - 1", "chain ends"),
        ("a chain row with another hash", "UPDATE chain SET last_hash = x'00'", "chain ends"),
        ("a chain row of another author", "UPDATE chain SET author = 'vale'", "another identity"),
        ("a chain row of another incarnation", "UPDATE chain SET incarnation = incarnation + 1", "another identity"),
        ("a lost chain row", "DELETE FROM chain WHERE lane = 2", "of no chain"),
    ]

    @Test("a sound ledger has no problems", arguments: SuiteID.allCases)
    func sound(suite: SuiteID) async throws {
        let fixture = try Fixture(suite)
        let result = try await ledger(fixture).verify()
        #expect(result.isSound)
        #expect(result.chains.map(\.batches) == [1, 5])
        #expect(result.chains.map(\.entries) == [1, 5])
    }

    @Test("damage is found and named", arguments: 0..<12)
    func damage(index: Int) async throws {
        let fixture = try Fixture()
        let ledger = try await ledger(fixture)
        let damage = Self.damages[index]
        let changed = try await ledger.store.write { try $0.execute(damage.statement, []) }
        #expect(changed > 0)
        let result = try await ledger.verify()
        let problems = result.problems + result.chains.flatMap(\.problems)
        #expect(!result.isSound, "\(damage.name)")
        #expect(problems.contains { $0.contains(damage.finding) }, "\(damage.name): \(problems)")
    }

    @Test("a flipped bit in any stored header, seal or segment is found", arguments: SuiteID.allCases)
    func flippedBit(suite: SuiteID) async throws {
        let fixture = try Fixture(suite)
        let ledger = try await ledger(fixture)
        let random = SeededRandom(seed: 11)
        let places: [(read: SQLText, write: SQLText)] = [
            ("SELECT header FROM batch WHERE sequence = 3", "UPDATE batch SET header = $1 WHERE sequence = 3"),
            ("SELECT seal FROM batch WHERE sequence = 3", "UPDATE batch SET seal = $1 WHERE sequence = 3"),
            (
                "SELECT data FROM segment WHERE sequence = 3 AND position = 0",
                "UPDATE segment SET data = $1 WHERE sequence = 3 AND position = 0"
            ),
            (
                "SELECT data FROM segment WHERE sequence = 3 AND position = 1",
                "UPDATE segment SET data = $1 WHERE sequence = 3 AND position = 1"
            ),
        ]
        for place in places {
            let stored = try await ledger.read { try $0.row(place.read, [])?.bytes(0) }
            let bytes = try #require(stored)
            for _ in 0..<10 {
                let changed = bytes.flipping(bit: Int(random.number(below: UInt64(bytes.count * 8))))
                _ = try await ledger.store.write { try $0.execute(place.write, [changed]) }
                let result = try await ledger.verify()
                #expect(result.chains.map(\.problems.isEmpty) == [true, false])
            }
            _ = try await ledger.store.write { try $0.execute(place.write, [bytes]) }
        }
        #expect(try await ledger.verify().isSound)
    }

    @Test("a changed or exchanged excerpt is found")
    func excerpts() async throws {
        let fixture = try Fixture()
        let hill = try await ledger(fixture)
        let ids = try await hill.append([.note("x", payload: "1"), .note("y", payload: "2")])
        let west = try await fixture.open(Fixture.west)
        for id in ids { try await west.take(try await hill.excerpt(of: id), grant: id) }
        #expect(try await west.verify().isSound)
        #expect(try await west.verify().excerpts == 2)
        try await west.store.write { sql in
            let stored = try sql.rows("SELECT bytes FROM excerpt ORDER BY entry", [])
            try sql.execute(
                "UPDATE excerpt SET bytes = $1 WHERE entry = $2", [try stored[1].bytes(0), ids[0].description])
        }
        #expect(try await west.verify().problems.count == 1)
        try await west.store.write { sql in
            let stored = try sql.row("SELECT bytes FROM excerpt WHERE entry = $1", [ids[1].description])?.bytes(0) ?? []
            try sql.execute(
                "UPDATE excerpt SET bytes = $1 WHERE entry = $2",
                [stored.flipping(bit: stored.count * 8 - 5), ids[1].description])
        }
        #expect(try await west.verify().problems.count == 2)
    }

    @Test("a ledger of 10,000 entries verifies", arguments: SuiteID.allCases)
    func large(suite: SuiteID) async throws {
        let fixture = try Fixture(suite)
        let ledger = try await fixture.open(Fixture.hill, codec: .zstd)
        for part in 0..<5 {
            try await ledger.append((0..<2_000).map { .note("\(part) \($0)", payload: "0.50 mmol/L") })
        }
        let result = try await ledger.verify()
        #expect(result.isSound)
        #expect(result.chains.map(\.entries) == [10_000])
        #expect(try await ledger.noteCount == 10_000)
    }
}
