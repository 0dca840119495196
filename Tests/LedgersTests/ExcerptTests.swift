import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct ExcerptTests {
    @Test(
        "an excerpt of any entries verifies and holds just these", arguments: SuiteID.allCases, Array(UInt64(1)...6))
    func anySubset(suite: SuiteID, seed: UInt64) throws {
        let fixture = try Fixture(suite, seed: seed)
        let random = SeededRandom(seed: seed)
        let count = Int(random.number(below: 40)) + 1
        let (drafts, sealed) = try PruningTests.randomBatch(fixture, seed: seed, count: count)
        for _ in 0..<20 {
            let indexes = Set((0..<UInt32(count)).filter { _ in random.chance(of: 1, in: 3) })
            let cut = try Excerpt.cut(sealed.batch, indexes: indexes, suite: fixture.suite)
            let excerpt = try Excerpt(wireBytes: try cut.wireBytes())
            #expect(excerpt == cut)
            let opened = try fixture.inspector.inspect(excerpt, receivedTime: .epoch)
            #expect(Set(opened.entries.map(\.id.index)) == indexes)
            for entry in opened.entries {
                let draft = drafts[Int(entry.id.index)]
                #expect(entry.fields == draft.fields)
                #expect(entry.payload == draft.payload)
                #expect(opened.audiences[entry.id.index]?.header == draft.headerAudience)
                #expect(
                    opened.audiences[entry.id.index]?.payload == (draft.payload == nil ? nil : draft.payloadAudience))
            }
        }
    }

    @Test("every changed bit of an excerpt is found", arguments: SuiteID.allCases, [1, 3, 7])
    func everyBit(suite: SuiteID, count: Int) throws {
        let fixture = try Fixture(suite)
        let drafts = (0..<count).map { EntryDraft.note("\($0)", payload: "payload \($0)") }
        let batch = try fixture.seal(
            drafts, as: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        ).batch
        let excerpt = try Excerpt.cut(batch, indexes: [UInt32(count / 2)], suite: fixture.suite)
        #expect(excerpt.records.count == 2)
        var changed: [Excerpt] = []
        for bit in 0..<excerpt.header.count * 8 {
            var copy = excerpt
            copy.header = copy.header.flipping(bit: bit)
            changed.append(copy)
        }
        for bit in 0..<excerpt.seal.count * 8 {
            var copy = excerpt
            copy.seal = copy.seal.flipping(bit: bit)
            changed.append(copy)
        }
        for (index, record) in excerpt.records.enumerated() {
            changed += try changes(of: record).map { record in
                var copy = excerpt
                copy.records[index] = record
                return copy
            }
        }
        for copy in changed {
            #expect(throws: (any Error).self) { try fixture.inspector.inspect(copy, receivedTime: .epoch) }
        }
    }

    private func changes(of record: Excerpt.Record) throws -> [Excerpt.Record] {
        var result: [Excerpt.Record] = []
        for bit in 0..<record.bytes.count * 8 {
            var copy = record
            copy.bytes = copy.bytes.flipping(bit: bit)
            result.append(copy)
        }
        for bit in 0..<31 {
            var leaf = record
            leaf.leaf ^= 1 << bit
            var segment = record
            segment.segment ^= 1 << bit
            result += [leaf, segment]
        }
        for (step, digest) in record.path.enumerated() {
            for bit in 0..<256 {
                var copy = record
                copy.path[step] = try #require(Digest(bytes: digest.bytes.flipping(bit: bit)))
                result.append(copy)
            }
        }
        var longer = record
        longer.path.append(try #require(Digest(bytes: [UInt8](repeating: 0, count: 32))))
        var shorter = record
        if !shorter.path.isEmpty {
            shorter.path.removeLast()
            result.append(shorter)
        }
        return result + [longer]
    }

    @Test("a record of another batch of the same author does not fit")
    func otherBatch() throws {
        let fixture = try Fixture()
        let chain = Fixture.chain(Fixture.hill)
        let one = try fixture.seal([.note("a"), .note("b")], as: BatchIdentity(chain: chain, sequence: 0)).batch
        let two = try fixture.seal([.note("a"), .note("c")], as: BatchIdentity(chain: chain, sequence: 1)).batch
        var excerpt = try Excerpt.cut(one, indexes: [0], suite: fixture.suite)
        excerpt.records = try Excerpt.cut(two, indexes: [0], suite: fixture.suite).records
        #expect(throws: Failure("ledger.badExcerpt", "")) {
            try fixture.inspector.inspect(excerpt, receivedTime: .epoch)
        }
    }

    @Test("what a node does not hold cannot be cut out")
    func notHeld() async throws {
        let fixture = try Fixture()
        let hill = try await fixture.open(Fixture.hill)
        let id = try await hill.append(.note("a", header: .own))
        let east = try await fixture.open(Fixture.east)
        try await east.catchUp(with: hill)
        #expect(try await east.positions().map(\.chain) == [id.batch.chain])
        await #expect(throws: Failure("ledger.notHeld", "")) { try await east.excerpt(of: id) }
        let missing = EntryID(batch: id.batch, index: 9)
        await #expect(throws: Failure("ledger.notHeld", "")) { try await hill.excerpt(of: missing) }
    }
}
