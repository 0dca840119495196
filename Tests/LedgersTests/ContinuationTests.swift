import Effects
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

struct ContinuationTests {
    private let before = Fixture.chain(Fixture.hill, incarnation: 7)
    private let after = Fixture.chain(Fixture.hill, incarnation: 9)

    /// A batch that opens an incarnation and says what it continues.
    private func opening(_ fixture: Fixture, previous: Digest?) throws -> SealedBatch {
        let identity = BatchIdentity(chain: after, sequence: 0)
        let entry = BatchSealer.Waiting(
            id: EntryID(batch: identity, index: 0), draft: .note("later"), time: fixture.time.wallTime)
        return try fixture.sealer(Fixture.hill).seal(
            [entry], identity: identity, previous: previous, continuedFrom: .init(incarnation: 7, sequence: 0)
        ).batch
    }

    @Test("a chain may come before the one that it continues; it is checked when that arrives, and goes on")
    func sound() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let first = try fixture.seal([.note("first")], as: BatchIdentity(chain: before, sequence: 0))
        let later = try await receiver.take([try opening(fixture, previous: first.headerDigest)])
        #expect(later.outcomes.map(\.outcome) == [.stored])
        #expect(try await receiver.count("SELECT COUNT(*) FROM chain WHERE awaited IS NOT NULL") == 1)
        let receipt = try await receiver.take([first.batch])
        #expect(receipt.outcomes.map(\.outcome) == [.stored])
        #expect(try await receiver.count("SELECT COUNT(*) FROM chain WHERE awaited IS NOT NULL") == 0)
        #expect(try await receiver.count("SELECT COUNT(*) FROM chain WHERE blocked IS NOT NULL") == 0)
    }

    @Test("a chain that continues another history than the one that arrives is stopped until an operator lets it go on")
    func contradiction() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let other = try fixture.seal([.note("other")], as: BatchIdentity(chain: before, sequence: 0))
        let first = try fixture.seal([.note("first")], as: BatchIdentity(chain: before, sequence: 0))
        let later = try await receiver.take([try opening(fixture, previous: other.headerDigest)])
        #expect(later.outcomes.map(\.outcome) == [.stored])
        #expect(try await receiver.take([first.batch]).outcomes.map(\.outcome) == [.stored])
        let next = try fixture.seal(
            [.note("next")], as: BatchIdentity(chain: before, sequence: 1), previous: first.headerDigest)
        #expect(
            try await receiver.take([next.batch]).outcomes.map(\.outcome) == [.blocked(reason: "continuation")])
        try await receiver.resolveFork(of: Fixture.hill)
        #expect(try await receiver.take([next.batch]).outcomes.map(\.outcome) == [.stored])
        // What is not stopped is not let go on: whoever misspells a node's name must hear of it.
        for author in [Fixture.hill, Fixture.east] {
            await #expect(throws: Failure("ledger.notStopped", "")) { try await receiver.resolveFork(of: author) }
        }
    }

    @Test("a chain that contradicts what lies here already is refused at once")
    func refused() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let other = try fixture.seal([.note("other")], as: BatchIdentity(chain: before, sequence: 0))
        let first = try fixture.seal([.note("first")], as: BatchIdentity(chain: before, sequence: 0))
        _ = try await receiver.take([first.batch])
        let later = try await receiver.take([try opening(fixture, previous: other.headerDigest)])
        #expect(later.outcomes.map(\.outcome) == [.brokenChain])
    }
}
