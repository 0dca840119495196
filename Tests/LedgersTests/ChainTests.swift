import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct ChainTests {
    /// Three bulk batches of one author, one entry each.
    private func three(_ fixture: Fixture) async throws -> (author: Ledger, batches: [SealedBatch]) {
        let author = try await fixture.open(Fixture.hill)
        for name in ["a", "b", "c"] { try await author.append(.note(name)) }
        return (author, try await author.ownBatches(lane: .bulk))
    }

    @Test("batches are taken in the order of their chain, whatever order they come in", arguments: Array(UInt64(1)...5))
    func anyOrder(seed: UInt64) async throws {
        let fixture = try Fixture(seed: seed)
        let random = SeededRandom(seed: seed)
        let author = try await fixture.open(Fixture.hill)
        for index in 0..<12 { try await author.append(.note("\(index)", payload: "p")) }
        let batches = try await author.ownBatches(lane: .bulk)
        let receiver = try await fixture.open(Fixture.east)
        var next: UInt64 = 0
        while next < 12 {
            let batch = try #require(random.choice(batches))
            let sequence = try BatchHeader(bytes: batch.header).identity.sequence
            let receipt = try await receiver.take([batch])
            let expected: IngestOutcome =
                sequence < next ? .duplicate : sequence == next ? .stored : .gap(expected: next)
            #expect(receipt.outcomes.map(\.outcome) == [expected])
            if sequence == next { next += 1 }
            #expect(receipt.positions.map(\.nextSequence) == (next == 0 ? [0] : [next]))
        }
        #expect(try await receiver.noteCount == 12)
        #expect(try await receiver.verify().isSound)
    }

    @Test("a duplicate is acknowledged again and folds nothing twice")
    func duplicate() async throws {
        let fixture = try Fixture()
        let (_, batches) = try await three(fixture)
        let receiver = try await fixture.open(Fixture.east)
        let receipt = try await receiver.take(batches + batches)
        #expect(receipt.outcomes.map(\.outcome) == [.stored, .stored, .stored, .duplicate, .duplicate, .duplicate])
        #expect(receipt.positions.map(\.nextSequence) == [3])
        let before = try await receiver.tables()
        fixture.time.advance(milliseconds: 1_000)
        #expect(try await receiver.take([batches[1]]).outcomes.map(\.outcome) == [.duplicate])
        #expect(try await receiver.tables() == before)
        #expect(try await receiver.count("SELECT COUNT(*) FROM batch") == 3)
    }

    @Test("a gap is named with the batch that is wanted, and what came before it is kept")
    func gap() async throws {
        let fixture = try Fixture()
        let (_, batches) = try await three(fixture)
        let receiver = try await fixture.open(Fixture.east)
        let receipt = try await receiver.take([batches[0], batches[2]])
        #expect(receipt.outcomes.map(\.outcome) == [.stored, .gap(expected: 1)])
        #expect(receipt.positions.map(\.nextSequence) == [1])
    }

    @Test("a batch that does not follow from the one before is refused", arguments: SuiteID.allCases)
    func brokenChain(suite: SuiteID) async throws {
        let fixture = try Fixture(suite)
        let receiver = try await fixture.open(Fixture.east)
        let chain = Fixture.chain(Fixture.hill)
        let first = try fixture.seal([.note("a")], as: BatchIdentity(chain: chain, sequence: 0))
        let other = try fixture.seal([.note("b")], as: BatchIdentity(chain: chain, sequence: 0))
        let second = BatchIdentity(chain: chain, sequence: 1)
        try await receiver.take([first.batch])
        for previous in [nil, other.headerDigest] {
            let wrong = try fixture.seal([.note("c")], as: second, previous: previous)
            #expect(try await receiver.take([wrong.batch]).outcomes.map(\.outcome) == [.brokenChain])
        }
        let headless = try fixture.seal(
            [.note("d")], as: BatchIdentity(chain: Fixture.chain(Fixture.vale), sequence: 0),
            previous: first.headerDigest)
        #expect(try await receiver.take([headless.batch]).outcomes.map(\.outcome) == [.brokenChain])
        let right = try fixture.seal([.note("c")], as: second, previous: first.headerDigest)
        #expect(try await receiver.take([right.batch]).outcomes.map(\.outcome) == [.stored])
        #expect(try await receiver.noteCount == 2)
    }

    @Test(
        "a fork is kept as evidence and stops its author's bulk, and nothing else", arguments: [Lane.bulk, .clinical])
    func fork(lane: Lane) async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill, lane), sequence: 0)
        let first = try fixture.seal([.note("a")], as: identity)
        let second = try fixture.seal([.note("b")], as: identity)
        try await receiver.take([first.batch])
        #expect(try await receiver.take([second.batch]).outcomes.map(\.outcome) == [.fork])
        #expect(try await receiver.take([second.batch]).outcomes.map(\.outcome) == [.fork])
        #expect(try await receiver.count("SELECT COUNT(*) FROM fork") == 1)
        let kept = try await receiver.read { try $0.row("SELECT bytes FROM fork", [])?.bytes(0) }
        #expect(try SealedBatch(wireBytes: try #require(kept)) == second.batch)
        #expect(try await receiver.noteCount == 1)

        let bulk = Fixture.chain(Fixture.hill)
        let nextBulk = try fixture.seal(
            [.note("c")], as: BatchIdentity(chain: bulk, sequence: lane == .bulk ? 1 : 0),
            previous: lane == .bulk ? first.headerDigest : nil)
        #expect(try await receiver.take([nextBulk.batch]).outcomes.map(\.outcome) == [.blocked(reason: "fork")])
        let laterBulk = try fixture.seal(
            [.note("d")], as: BatchIdentity(chain: Fixture.chain(Fixture.hill, incarnation: 8), sequence: 0))
        #expect(try await receiver.take([laterBulk.batch]).outcomes.map(\.outcome) == [.blocked(reason: "fork")])

        let nextClinical = try fixture.seal(
            [.note("e")],
            as: BatchIdentity(chain: Fixture.chain(Fixture.hill, .clinical), sequence: lane == .bulk ? 0 : 1),
            previous: lane == .bulk ? nil : first.headerDigest)
        #expect(try await receiver.take([nextClinical.batch]).outcomes.map(\.outcome) == [.stored])
        let neighbour = try fixture.seal(
            [.note("f")], as: BatchIdentity(chain: Fixture.chain(Fixture.vale), sequence: 0))
        #expect(try await receiver.take([neighbour.batch]).outcomes.map(\.outcome) == [.stored])
        let check = try await receiver.verify()
        #expect(check.isSound)
        #expect(check.forks == 1)
    }

    @Test("however many forks an author makes, the evidence is bounded")
    func manyForks() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        for index in 0..<100 { try await receiver.take([try fixture.seal([.note("\(index)")], as: identity).batch]) }
        let kept = try await receiver.count("SELECT COUNT(*) FROM fork")
        #expect(kept > 10 && kept < 100)
    }

    @Test("an excerpt of another batch under a known identity is a fork too")
    func forkByExcerpt() async throws {
        let fixture = try Fixture()
        let receiver = try await fixture.open(Fixture.east)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        try await receiver.take([try fixture.seal([.note("a")], as: identity).batch])
        let other = try fixture.seal([.note("b")], as: identity).batch
        let id = EntryID(batch: identity, index: 0)
        try await receiver.take(try Excerpt.cut(other, indexes: [0], suite: fixture.suite), grant: id)
        #expect(try await receiver.entry(id)?.subject == "a")
        #expect(try await receiver.count("SELECT COUNT(*) FROM excerpt") == 0)
        #expect(try await receiver.count("SELECT COUNT(*) FROM fork") == 1)
    }

    @Test("batches are given out within the bounds that are asked for, and at least one")
    func bounds() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        for index in 0..<5 {
            var draft = EntryDraft.note("\(index)", payload: "")
            draft.payload = fixture.random.bytes(5_000)
            try await author.append(draft)
        }
        let chain = try #require(try await author.positions().first?.chain)
        func taken(_ from: UInt64, limit: Int = 64, bytes: Int = 1 << 20) async throws -> [UInt64] {
            let position = ChainPosition(chain: chain, nextSequence: from)
            return try await author.batches(from: position, for: Fixture.east, limit: limit, limitBytes: bytes)
                .map { try BatchHeader(bytes: $0.header).identity.sequence }
        }
        #expect(try await taken(0) == [0, 1, 2, 3, 4])
        #expect(try await taken(3) == [3, 4])
        #expect(try await taken(5) == [])
        #expect(try await taken(0, limit: 2) == [0, 1])
        #expect(try await taken(1, bytes: 1) == [1])
        #expect(try await taken(0, bytes: 12_000) == [0, 1])
    }

    @Test("the positions of many chains come page by page, each once, in one order")
    func pages() async throws {
        let fixture = try Fixture()
        let parent = try await fixture.open(Fixture.east)
        for start in 0..<5 {
            fixture.time.advance(milliseconds: 1_000)
            let child = try await fixture.open(Fixture.hill, name: "hill-\(start % 2)")
            try await child.append(.note("\(start)"))
            try await child.append(.note("\(start)"), lane: .clinical)
            try await parent.catchUp(with: child)
            try await child.store.close()
        }
        let other = try await fixture.open(Fixture.vale)
        try await other.append(.note("v"))
        try await parent.catchUp(with: other)
        let mine = try await parent.positions().filter { $0.chain.author == Fixture.hill }
        #expect(mine.count == 10)
        for limit in [1, 3, 10, 100] {
            var found: [ChainPosition] = []
            while true {
                let page = try await parent.positions(
                    of: [Fixture.root, Fixture.hill], after: found.last?.chain, limit: limit)
                guard !page.isEmpty else { break }
                #expect(page.count <= limit)
                found += page
            }
            #expect(found == mine)
        }
    }

    @Test("what a neighbour says that it has counts as delivered, whoever brought it, and what it lost does not")
    func settled() async throws {
        let fixture = try Fixture()
        let author = try await fixture.open(Fixture.hill)
        for name in ["a", "b", "c"] { try await author.append(.note(name)) }
        let position = try #require(try await author.positions().first)
        func backlog() async throws -> Int {
            try await author.backlog(of: position.chain, for: Fixture.east).batches
        }
        #expect(try await backlog() == 3)
        var changed = try await author.settleDeliveries(to: Fixture.east, theirs: [position.chain: 9]) { _ in true }
        #expect(changed == [position], "no more than there is")
        #expect(try await backlog() == 0)
        changed = try await author.settleDeliveries(to: Fixture.east, theirs: [position.chain: 3]) { _ in true }
        #expect(changed == [])
        _ = try await author.settleDeliveries(to: Fixture.east, theirs: [:]) { _ in false }
        #expect(try await backlog() == 0, "what is not brought there is not looked at")
        _ = try await author.settleDeliveries(to: Fixture.east, theirs: [position.chain: 1]) { _ in true }
        #expect(try await backlog() == 2)
    }
}
