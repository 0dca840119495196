import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct TamperingTests {
    /// Checks that the batch fails with each of `bits` flipped in the part that `flip` changes.
    private func expectRefused(
        _ batch: SealedBatch, bits: [Int], _ fixture: Fixture, _ place: String,
        flip: (inout SealedBatch, Int) -> Void
    ) {
        for bit in bits {
            var changed = batch
            flip(&changed, bit)
            #expect(changed != batch)
            #expect(throws: (any Error).self, "\(place), bit \(bit)") { try fixture.inspected(changed) }
        }
    }

    /// Flips bits of header, seal and every segment; `choose` says which bits of so many bytes.
    private func expectEveryPartGuarded(_ batch: SealedBatch, _ fixture: Fixture, choose: (Int) -> [Int]) {
        expectRefused(batch, bits: choose(batch.header.count), fixture, "header") {
            $0.header = $0.header.flipping(bit: $1)
        }
        expectRefused(batch, bits: choose(batch.seal.count), fixture, "seal") { $0.seal = $0.seal.flipping(bit: $1) }
        for (position, data) in batch.segments {
            expectRefused(batch, bits: choose(data.count), fixture, "segment \(position)") {
                $0.segments[position] = $0.segments[position]?.flipping(bit: $1)
            }
        }
    }

    @Test(
        "every changed bit of a small batch is found",
        arguments: [(SuiteID.ed25519, Codec.none), (.ed25519, .zlib), (.ed25519, .zstd), (.sm2, .zlib)])
    func everyBit(suite: SuiteID, codec: Codec) throws {
        let fixture = try Fixture(suite)
        let text = String(repeating: "血红蛋白 ", count: 6)
        let drafts = [EntryDraft.note(text, payload: text + text), .note("other", payload: "x")]
        let batch = try fixture.seal(
            drafts, as: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0), codec: codec
        ).batch
        #expect(try fixture.inspected(batch).entries.count == 2)
        expectEveryPartGuarded(batch, fixture) { Array(0..<$0 * 8) }
    }

    @Test(
        "changed bits of a large batch, whole or pruned, are found", arguments: SuiteID.allCases, [Codec.zlib, .zstd])
    func sampledBits(suite: SuiteID, codec: Codec) throws {
        let fixture = try Fixture(suite, seed: 5)
        let random = SeededRandom(seed: 6)
        let whole = try PruningTests.randomBatch(fixture, seed: 7, count: 300, codec: codec).sealed.batch
        for dropped in [nil, 0, 3] as [Int?] {
            var batch = whole
            if let dropped { batch.segments[dropped] = nil }
            expectEveryPartGuarded(batch, fixture) { count in
                let sample = (0..<40).map { _ in Int(random.number(below: UInt64(count * 8))) }
                return sample + Array((count * 8 - 8)..<(count * 8))
            }
        }
    }

    @Test("a segment of the same content in other bytes is not the author's")
    func recompressed() throws {
        let fixture = try Fixture()
        let (_, sealed) = try PruningTests.randomBatch(fixture, seed: 3, count: 40)
        let position = try #require(sealed.header.segments.firstIndex { $0.codec == .zlib })
        let data = try #require(sealed.batch.segments[position])
        let plain = try Compression.decompress(data, codec: .zlib, limitBytes: 1 << 20)
        var changed = sealed.batch
        changed.segments[position] = try Compression.compress(plain, codec: .zlib, level: 1)
        #expect(changed.segments[position] != data)
        #expect(throws: Failure("ledger.badSegment", "")) { try fixture.inspected(changed) }
    }

    @Test("segments in each other's places, cut short, lengthened or too many are refused")
    func shapes() throws {
        let fixture = try Fixture()
        let batch = try PruningTests.randomBatch(fixture, seed: 9, count: 20).sealed.batch
        var swapped = batch
        swapped.segments[0] = batch.segments[1]
        swapped.segments[1] = batch.segments[0]
        var extra = batch
        extra.segments[15] = batch.segments[0]
        var short = batch
        short.segments[0]?.removeLast()
        var long = batch
        long.segments[0]?.append(0)
        var empty = batch
        empty.segments[0] = []
        for changed in [swapped, extra, short, long, empty] {
            #expect(throws: (any Error).self) { try fixture.inspected(changed) }
        }
    }

    @Test("an erased payload gives way to its leaf, and the rest still verifies", arguments: SuiteID.allCases)
    func erased(suite: SuiteID) throws {
        let fixture = try Fixture(suite)
        let drafts = (0..<3).map { EntryDraft.note("\($0)", payload: "payload \($0)") }
        let sealed = try fixture.seal(
            drafts, as: BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0), codec: .none)
        let position = try #require(sealed.header.segments.firstIndex { $0.holdsPayloads })
        let data = try #require(sealed.batch.segments[position])
        var records = try EntryRecord.split(data, count: 3)
        let payload = try EntryRecord.decodePayload(records[1], suite: fixture.suite)
        // What is left of an erased payload: a mark, its place, and its leaf.
        records[1] = [1, 0, 0, 0, 1] + payload.leaf.bytes
        var changed = sealed.batch
        changed.segments[position] = EntryRecord.join(records)
        let entries = try fixture.inspected(changed).entries
        #expect(entries.map { $0.payload != nil } == [true, false, true])

        records[2] = records[2].flipping(bit: 200)
        changed.segments[position] = EntryRecord.join(records)
        #expect(throws: Failure("ledger.badSegment", "")) { try fixture.inspected(changed) }
    }

    @Test("a batch is refused whose key the region does not bind to its author", arguments: SuiteID.allCases)
    func otherAuthor(suite: SuiteID) throws {
        let fixture = try Fixture(suite)
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        let waiting = BatchSealer.Waiting(
            id: EntryID(batch: identity, index: 0), draft: .note("a"), time: fixture.time.wallTime)
        let foreign = try fixture.sealer(Fixture.vale)
            .seal([waiting], identity: identity, previous: nil, continuedFrom: nil)
        #expect(throws: Failure("ledger.unknownKey", "")) { try fixture.inspected(foreign.batch) }
    }

    @Test("bytes that are no header, batch or excerpt are refused", arguments: Array(UInt64(0)..<40))
    func garbage(seed: UInt64) throws {
        let fixture = try Fixture()
        let random = SeededRandom(seed: seed)
        let bytes = random.bytes(Int(random.number(below: 400)))
        #expect(throws: (any Error).self) { try BatchHeader(bytes: bytes) }
        #expect(throws: (any Error).self) {
            try fixture.inspected(SealedBatch(header: bytes, seal: random.bytes(64), segments: [:]))
        }
        #expect(throws: (any Error).self) {
            try fixture.inspector.inspect(try Excerpt(wireBytes: bytes), receivedTime: .epoch)
        }
    }
}
