import Effects
import Regions
import Testing
import Wire

@testable import Ledgers

struct CauseTests {
    private func expectAllVoided(_ ledger: Ledger, _ count: Int64) async throws {
        #expect(try await ledger.count("SELECT COUNT(*) FROM note_void") == count)
        #expect(try await ledger.count("SELECT COUNT(*) FROM note_void WHERE was_known = 0") == 0)
        #expect(try await ledger.count("SELECT COUNT(*) FROM held") == 0)
    }

    private func id(_ sequence: UInt64, _ index: UInt32 = 0, by author: NodeID, _ lane: Lane = .bulk) -> EntryID {
        EntryID(batch: BatchIdentity(chain: Fixture.chain(author, lane), sequence: sequence), index: index)
    }

    @Test("a void that overtakes its result is held back and released")
    func overtaking() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        let note = try await author.append(.note("result"))
        let void = try await author.append(.void([note]), lane: .clinical)
        let receiver = try await fixture.open(Fixture.east)
        try await receiver.catchUp(with: author, lanes: [.clinical])
        #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)
        #expect(try await receiver.count("SELECT COUNT(*) FROM held") == 1)
        #expect(try await receiver.verify().held == 1)
        #expect(try await receiver.placement(of: void)?.state == "held")
        try await receiver.catchUp(with: author, lanes: [.bulk])
        try await expectAllVoided(receiver, 1)
        #expect(try await receiver.placement(of: void)?.state == "folded")
    }

    @Test("a chain of entries that each wait for the one before is released at once")
    func chainOfHolds() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let authors = [Fixture.hill, Fixture.vale, Fixture.dale, Fixture.west, Fixture.city]
        let batches = try authors.enumerated().map { index, author in
            let causes = index == 0 ? [] : [id(0, by: authors[index - 1])]
            return try fixture.seal([.note("\(index)", causes: causes)], as: id(0, by: author).batch).batch
        }
        for batch in batches.dropFirst().reversed() { try await receiver.take([batch]) }
        #expect(try await receiver.noteCount == 0)
        #expect(try await receiver.count("SELECT COUNT(*) FROM held") == 4)
        try await receiver.take([batches[0]])
        #expect(try await receiver.noteCount == 5)
        #expect(try await receiver.count("SELECT COUNT(*) FROM held") == 0)
    }

    @Test(
        "what waits for one entry of a batch goes on waiting when another entry of that batch comes",
        .timeLimit(.minutes(1)))
    func heldAgain() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        let notes = try await author.append([.note("a"), .note("b")])
        #expect(Set(notes.map(\.batch)).count == 1)
        let receiver = try await fixture.open(Fixture.east)
        let void = try fixture.seal([.void([notes[1]])], as: id(0, by: Fixture.vale).batch)
        try await receiver.take([void.batch])
        let batch = try #require(try await author.ownBatches(lane: .bulk).first)
        for (index, held) in [(UInt32(0), Int64(1)), (1, 0)] {
            let excerpt = try Excerpt.cut(batch, indexes: [index], suite: fixture.suite)
            let opened = try receiver.inspector.inspect(excerpt, receivedTime: fixture.time.wallTime)
            try await receiver.ingest(parcels: [(opened, notes[0], Fixture.east)])
            #expect(try await receiver.count("SELECT COUNT(*) FROM held") == held)
        }
        try await expectAllVoided(receiver, 1)
    }

    @Test("an entry with several causes waits for the last of them")
    func severalCauses() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.city)
        let causes = [id(0, by: Fixture.hill), id(0, by: Fixture.vale), id(0, by: Fixture.dale)]
        try await receiver.take([try fixture.seal([.void(causes)], as: id(0, by: Fixture.east).batch).batch])
        for cause in causes {
            #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)
            try await receiver.take([try fixture.seal([.note("a")], as: cause.batch).batch])
        }
        try await expectAllVoided(receiver, 3)
    }

    @Test("an entry waits for a cause of its own batch that waits itself")
    func heldCauseInSameBatch() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.city)
        let far = id(0, by: Fixture.dale)
        let batch = id(0, by: Fixture.hill)
        let drafts: [EntryDraft] = [.note("depends", causes: [far]), .void([batch])]
        try await receiver.take([try fixture.seal(drafts, as: batch.batch).batch])
        #expect(try await receiver.noteCount == 0)
        #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)
        try await receiver.take([try fixture.seal([.note("far")], as: far.batch).batch])
        try await expectAllVoided(receiver, 1)
    }

    @Test("who waits for a held entry of a batch is not lost where it is looked at before that entry is free")
    func heldCauseComesLater() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.city)
        let far = id(0, by: Fixture.vale)
        let batch = id(0, by: Fixture.hill).batch
        let second = EntryID(batch: batch, index: 1)
        // Of those that wait for the batch, one stands before its own second entry in the order of their ids, and one behind.
        let (before, behind) = (id(0, by: Fixture.dale), id(0, by: Fixture.west))
        #expect(before.description < second.description && second.description < behind.description)
        let drafts: [EntryDraft] = [
            .note("depends", causes: [far]), .note("upon it", causes: [EntryID(batch: batch, index: 0)]),
        ]
        for other in [before, behind] {
            try await receiver.take([try fixture.seal([.void([second])], as: other.batch).batch])
        }
        try await receiver.take([try fixture.seal(drafts, as: batch).batch])
        #expect(try await receiver.noteCount == 0)
        #expect(try await receiver.placement(of: before)?.reason == "waits for \(second)")
        try await receiver.take([try fixture.seal([.note("far")], as: far.batch).batch])
        #expect(try await receiver.noteCount == 3)
        try await expectAllVoided(receiver, 2)
    }

    @Test("batches that wait for each other's entries neither hang nor fold too early", .timeLimit(.minutes(1)))
    func mutualHolds() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.city)
        let (early, late) = (id(0, by: Fixture.dale), id(0, by: Fixture.west))
        let (one, two) = (id(0, by: Fixture.hill).batch, id(0, by: Fixture.vale).batch)
        func entry(_ batch: BatchIdentity, _ index: UInt32) -> EntryID { EntryID(batch: batch, index: index) }
        let first: [EntryDraft] = [
            .note("waits for early", causes: [early]), .note("waits for late", causes: [late]),
            .void([entry(two, 0)]),
        ]
        let second: [EntryDraft] = [.note("waits for the late one", causes: [entry(one, 1)]), .void([entry(one, 1)])]
        try await receiver.take([try fixture.seal(first, as: one).batch])
        try await receiver.take([try fixture.seal(second, as: two).batch])
        try await receiver.take([try fixture.seal([.note("early")], as: early.batch).batch])
        #expect(try await receiver.noteCount == 2)
        #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)
        try await receiver.take([try fixture.seal([.note("late")], as: late.batch).batch])
        #expect(try await receiver.noteCount == 5)
        try await expectAllVoided(receiver, 2)
    }

    @Test("an excerpt does not release what waits for another entry of its batch")
    func otherEntryOfTheBatch() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.west)
        let results = try fixture.seal([.note("one"), .note("two")], as: id(0, by: Fixture.hill).batch).batch
        let void = try fixture.seal([.void([id(0, 1, by: Fixture.hill)])], as: id(0, by: Fixture.hill, .clinical).batch)
        let grant = id(9, by: Fixture.hill)
        try await receiver.take(try Excerpt.cut(results, indexes: [0], suite: fixture.suite), grant: grant)
        try await receiver.take(try Excerpt.cut(void.batch, indexes: [0], suite: fixture.suite), grant: grant)
        #expect(try await receiver.count("SELECT COUNT(*) FROM note_void") == 0)
        try await receiver.take(try Excerpt.cut(results, indexes: [1], suite: fixture.suite), grant: grant)
        try await expectAllVoided(receiver, 1)
    }

    @Test("a void in the batch of its result waits for it when both come as excerpts")
    func sameBatchExcerpts() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.west)
        let first = id(0, by: Fixture.hill)
        let batch = try fixture.seal([.note("one"), .void([first])], as: first.batch).batch
        let grant = id(9, by: Fixture.hill)
        try await receiver.take(try Excerpt.cut(batch, indexes: [1], suite: fixture.suite), grant: grant)
        #expect(try await receiver.count("SELECT COUNT(*) FROM held") == 1)
        try await receiver.take(try Excerpt.cut(batch, indexes: [0], suite: fixture.suite), grant: grant)
        try await expectAllVoided(receiver, 1)
    }

    @Test("a cause whose header is not meant for this node does not hold its successor for ever")
    func prunedCause() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        let hidden = try await author.append(.note("own", header: .parent))
        try await author.append(.note("public", causes: [hidden]))
        let city = try await fixture.open(Fixture.city)
        try await city.catchUp(with: author)
        #expect(try await city.noteCount == 1)
        #expect(try await city.count("SELECT COUNT(*) FROM held") == 0)
    }

    @Test("a node does not write an entry upon one that still waits here")
    func ownUponHeld() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let waiting = id(0, by: Fixture.hill)
        try await receiver.take([
            try fixture.seal([.note("a", causes: [id(0, by: Fixture.dale)])], as: waiting.batch).batch
        ])
        await #expect(throws: Failure("ledger.unknownCause", "")) { try await receiver.append(.void([waiting])) }
    }
}
