import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct IncarnationTests {
    @Test("a new incarnation continues and names the last root of the one before", arguments: SuiteID.allCases)
    func continuation(suite: SuiteID) async throws {
        let fixture = try Fixture(suite)
        let first = try await fixture.open(Fixture.hill)
        for name in ["a", "b"] { try await first.append(.note(name)) }
        let before = try await first.ownBatches(lane: .bulk)
        let last = try fixture.inspected(try #require(before.last))
        try await first.store.close()
        fixture.time.advance(milliseconds: 5_000)

        let second = try await fixture.open(Fixture.hill)
        try await second.append([.note("c")])
        try await second.append([.note("d")])
        let after = try await second.ownBatches(lane: .bulk).map(fixture.inspected).dropFirst(2)
        let opening = try #require(after.first)
        #expect(opening.header.identity.sequence == 0)
        #expect(opening.header.identity.chain.incarnation > last.header.identity.chain.incarnation)
        #expect(opening.header.previous == last.headerDigest)
        #expect(
            opening.header.continuedFrom
                == .init(incarnation: last.header.identity.chain.incarnation, sequence: 1))
        #expect(after.last?.header.continuedFrom == nil)

        let receiver = try await fixture.open(Fixture.east)
        try await receiver.catchUp(with: second)
        #expect(try await receiver.noteCount == 4)
        #expect(try await receiver.verify().isSound)
    }

    @Test("an opening without an append leaves no trace")
    func emptyOpening() async throws {
        let fixture = try Fixture()
        let first = try await fixture.open(Fixture.hill)
        let id = try await first.append(.note("a"))
        try await first.store.close()
        for _ in 0..<3 {
            fixture.time.advance(milliseconds: 10)
            try await fixture.open(Fixture.hill).store.close()
        }
        let last = try await fixture.open(Fixture.hill)
        let next = try await last.append(.note("b"))
        let header = try fixture.inspected(try #require(try await last.ownBatches(lane: .bulk).last)).header
        #expect(next.batch.chain.incarnation == header.identity.chain.incarnation)
        #expect(header.continuedFrom == .init(incarnation: id.batch.chain.incarnation, sequence: 0))
        #expect(try await last.positions().count == 2)
    }

    @Test("a continuation that names another root than the one that lies here is refused")
    func falseContinuation() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let first = try fixture.seal([.note("a")], as: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0))
        try await receiver.take([first.batch])
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill, incarnation: 8), sequence: 0)
        let entry = BatchSealer.Waiting(
            id: EntryID(batch: identity, index: 0), draft: .note("b"), time: fixture.time.wallTime)
        let continued = BatchHeader.ContinuedChain(incarnation: 7, sequence: 0)
        let wrong = try fixture.sealer(Fixture.hill).seal(
            [entry], identity: identity, previous: fixture.suite.digest([1]), continuedFrom: continued)
        #expect(try await receiver.take([wrong.batch]).outcomes.map(\.outcome) == [.brokenChain])
        let right = try fixture.sealer(Fixture.hill).seal(
            [entry], identity: identity, previous: first.headerDigest, continuedFrom: continued)
        #expect(try await receiver.take([right.batch]).outcomes.map(\.outcome) == [.stored])
    }

    @Test(
        "no identity is used twice by a folder and its older copy, whatever the clock says",
        arguments: [Int64(60_000), 0, -86_400_000])
    func olderCopy(clockJump: Int64) async throws {
        let fixture = try Fixture()
        let original = try await fixture.open(Fixture.hill)
        let parent = try await fixture.open(Fixture.east)
        try await original.append([.note("a")])
        try await original.store.close()
        try fixture.copyStore("hill", to: "copy")
        fixture.time.jumpWallClock(milliseconds: clockJump)

        let goesOn = try await fixture.open(Fixture.hill)
        try await goesOn.append([.note("b")])
        try await goesOn.append([.note("c")])
        try await parent.catchUp(with: goesOn)
        let restored = try await fixture.open(Fixture.hill, name: "copy")
        try await restored.append([.note("d")])
        try await parent.catchUp(with: restored)

        let mine = Set(try await goesOn.positions().map(\.chain))
        let copies = Set(try await restored.positions().map(\.chain))
        #expect(mine.intersection(copies).count == 1)
        #expect(try await parent.noteCount == 4)
        let check = try await parent.verify()
        #expect(check.isSound)
        #expect(check.forks == 0)
    }

    @Test("a neighbour gives back what a restored folder lost, with every segment that it holds")
    func givenBack() async throws {
        let fixture = try Fixture()
        let original = try await fixture.open(Fixture.hill)
        let parent = try await fixture.open(Fixture.east)
        let kept = try await original.append(.note("a", payload: "kept"))
        try await original.store.close()
        try fixture.copyStore("hill", to: "copy")
        fixture.time.advance(milliseconds: 1_000)
        let goesOn = try await fixture.open(Fixture.hill)
        let lost = try await goesOn.append(.note("b", payload: "lost"))
        try await parent.catchUp(with: goesOn)
        try await goesOn.store.close()

        fixture.time.advance(milliseconds: 1_000)
        let restored = try await fixture.open(Fixture.hill, name: "copy")
        try await restored.append([.note("c")])
        for position in try await parent.positions() where position.chain.author == Fixture.hill {
            let mine = try await restored.positions().first { $0.chain == position.chain }?.nextSequence ?? 0
            let batches = try await parent.ownBatches(from: ChainPosition(chain: position.chain, nextSequence: mine))
            if !batches.isEmpty { try await restored.take(batches) }
        }
        #expect(try await restored.entry(lost)?.payload == Array("lost".utf8))
        #expect(try await restored.entry(kept)?.payload == Array("kept".utf8))
        try await restored.append([.note("d")])
        try await parent.catchUp(with: restored)
        #expect(try await parent.noteCount == 4)
        #expect(try await parent.verify().isSound)
        #expect(try await restored.verify().isSound)
        let tables = try await restored.tables()
        try await restored.refold()
        #expect(try await restored.tables() == tables)
    }
}
