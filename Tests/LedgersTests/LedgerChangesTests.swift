import Effects
import Storage
import Testing
import Wire

@testable import Ledgers

struct LedgerChangesTests {
    @Test("a commit wakes those who go by what it changed, and nobody else; one that fails wakes nobody")
    func commits() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let notes = ledger.changes(of: [.table("note")])
        let voids = ledger.changes(of: [.table("note_void")])
        let both = ledger.changes(of: [.table("note_void"), .table("note")])
        let neither = ledger.changes(of: [])
        var expected = (notes: UInt64(0), voids: UInt64(0), both: UInt64(0))
        func check(_ what: String) {
            #expect(notes.count == expected.notes, "notes after \(what)")
            #expect(voids.count == expected.voids, "voids after \(what)")
            #expect(both.count == expected.both, "both after \(what)")
        }
        let note = try await ledger.append([.note("a")])
        expected = (1, 0, 1)
        check("a note")
        let missing = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.dale), sequence: 0), index: 0)
        await #expect(throws: Failure("ledger.unknownCause", "")) { try await ledger.append([.void([missing])]) }
        check("what failed")
        try await ledger.append([.void(note)])
        expected = (2, 1, 2)
        check("a void")
        try await ledger.write(lane: .bulk) { transaction in
            _ = try transaction.sql.execute("UPDATE note SET payload = NULL WHERE entry = $1", ["nobody's"])
        }
        check("what changed no row")
        try await ledger.write(lane: .bulk) { transaction in
            _ = try transaction.sql.execute("DELETE FROM note_void", [])
        }
        expected = (2, 2, 3)
        check("a command without an entry")
        #expect(neither.count == 0)
        ledger.wakeAll()
        expected = (3, 3, 4)
        check("what concerns everybody")
        #expect(neither.count == 1)
        try await ledger.refold()
        expected = (4, 4, 5)
        check("a refold")
    }

    @Test("those who name the same share a wake-up")
    func shared() async throws {
        let ledger = try await Fixture().open(Fixture.hill)
        let one = ledger.changes(of: [.table("note"), .chains(.bulk)])
        #expect(one === ledger.changes(of: [.chains(.bulk), .table("note")]))
        #expect(ledger.changes(of: [.table("note")]) !== ledger.changes(of: [.table("note", of: "a")]))
    }

    @Test("chains of a lane, own and others', wake those who bring them on")
    func chains() async throws {
        let fixture = try Fixture()
        let (hill, east) = (try await fixture.open(Fixture.hill), try await fixture.open(Fixture.east))
        for ledger in [hill, east] { #expect(ledger.changes(of: [.chains(.clinical)]).count == 0) }
        try await hill.write(lane: .bulk) { _ = try $0.append(.note("a")) }
        #expect(hill.changes(of: [.chains(.bulk)]).count == 0, "nobody waited for it before")
        let (bulk, clinical) = (hill.changes(of: [.chains(.bulk)]), hill.changes(of: [.chains(.clinical)]))
        let above = east.changes(of: [.chains(.bulk)])
        try await hill.write(lane: .bulk) { _ = try $0.append(.note("b")) }
        #expect(bulk.count == 1 && clinical.count == 0)
        let chain = try #require(try await hill.positions().first { $0.chain.author == Fixture.hill }).chain
        for batch in try await hill.batches(from: ChainPosition(chain: chain, nextSequence: 0), for: Fixture.east) {
            _ = try await east.ingest([try fixture.inspected(batch)], lane: .bulk)
        }
        #expect(above.count > 0)
    }

    @Test("an owner's part of a table wakes those who go by it or by the whole table, and nobody who goes by another's")
    func parts() async throws {
        let ledger = try await Fixture().open(Fixture.hill)
        let mine = ledger.changes(of: [.table("note", of: "mine")])
        let others = ledger.changes(of: [.table("note", of: "another's")])
        let all = ledger.changes(of: [.table("note")])
        try await ledger.write(lane: .bulk) { transaction in
            transaction.sql.note(TablePart("note", of: "mine"))
            _ = try transaction.append(.note("a"))
        }
        #expect(mine.count == 1 && others.count == 0 && all.count == 1)
    }

    @Test("a batch that failed in a shared commit takes nobody's wake-up with it")
    func isolated() async throws {
        let fixture = try Fixture()
        let gate = GatedStore(try Fixture.store(fixture.path("gated"), world: fixture.world))
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: Fixture.hill, store: gate, region: fixture.registry, key: try fixture.key(Fixture.hill),
                projections: ProjectionSet([GrantProjection(), NoteProjection()]), world: fixture.world))
        let notes = ledger.changes(of: [.table("note")])
        gate.shut()
        async let first: [EntryID] = ledger.append([.note("leads")])
        while gate.waiting == 0 { await Task.yield() }
        async let second: [EntryID] = ledger.append([.note("b")])
        async let third: Void = Self.expectRefusal(by: ledger)
        while await ledger.commandsWaiting < 2 { await Task.yield() }
        gate.open()
        _ = try await (first, second)
        await third
        #expect(notes.count == 2)
    }

    private static func expectRefusal(by ledger: Ledger) async {
        await #expect(throws: Failure("test.no", "")) {
            try await ledger.write(lane: .bulk) { _ in throw Failure("test.no", "") }
        }
    }
}
