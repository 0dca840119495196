import Effects
import Regions
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

struct AppendTests {
    @Test(
        "what is appended is sealed and reads back as it was", arguments: SuiteID.allCases, [Codec.none, .zlib, .zstd])
    func roundTrip(suite: SuiteID, codec: Codec) async throws {
        let fixture = try Fixture(suite)
        let ledger = try await fixture.open(Fixture.hill, codec: codec)
        let first = try await ledger.append(.note("one", payload: "0.50"))
        let second = try await ledger.append(.note("two", causes: [first]), lane: .clinical)

        let one = try #require(try await ledger.entry(first))
        #expect(one.kind == .note)
        #expect(one.subject == "one")
        #expect(one.fields == Array("fields of one".utf8))
        #expect(one.payload == Array("0.50".utf8))
        #expect(one.authorTime == fixture.time.wallTime)
        let two = try #require(try await ledger.entry(second))
        #expect(two.causes == [first])
        #expect(two.payload == nil)
        #expect(!two.hasPayload)

        for lane in [Lane.clinical, .bulk] {
            for batch in try await ledger.ownBatches(lane: lane) {
                let opened = try fixture.inspected(try SealedBatch(wireBytes: try batch.wireBytes()))
                #expect(opened.header.keyID == (try fixture.key(Fixture.hill)).id)
                #expect(opened.entries.count == 1)
                #expect(opened.header.segments.allSatisfy { $0.codec == codec || $0.codec == .none })
            }
        }
        #expect(try await ledger.verify().isSound)
    }

    @Test("a reopened ledger still holds what was appended")
    func reopen() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let id = try await ledger.append(.note("one", payload: "kept"))
        try await ledger.store.close()
        let again = try await fixture.open(Fixture.hill)
        #expect(try await again.entry(id)?.payload == Array("kept".utf8))
        #expect(try await again.entry(EntryID(batch: id.batch, index: 1)) == nil)
    }

    @Test("header and payload stand in segments of their own audience")
    func segments() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        try await ledger.append([
            .note("a", header: .region, payload: "x", payloadAudience: .own), .note("b", header: .city, payload: "y"),
        ])
        let batch = try #require(try await ledger.ownBatches(lane: .bulk).first)
        let header = try BatchHeader(bytes: batch.header)
        let shapes = header.segments.map { "\($0.audience) \($0.holdsPayloads ? "payloads" : "headers") \($0.count)" }
        #expect(shapes == ["own payloads 1", "parent payloads 1", "city headers 1", "region headers 1"])
    }

    @Test("a batch ends where its entries or its bytes reach the limit")
    func split() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let ids = try await ledger.append((0..<(Limits.batchEntries + 1)).map { .note("\($0)") })
        #expect(Set(ids.prefix(Limits.batchEntries).map(\.batch.sequence)) == [0])
        #expect(ids.last == EntryID(batch: BatchIdentity(chain: ids[0].batch.chain, sequence: 1), index: 0))

        let half = String(repeating: "x", count: Limits.batchBytes / 2)
        let large = try await ledger.append((0..<3).map { .note("large \($0)", payload: half) })
        #expect(large.map(\.batch.sequence) == [2, 3, 4])
        let batches = try await ledger.ownBatches(lane: .bulk)
        #expect(try batches.map { try fixture.inspected($0).header.entryCount } == [2_000, 1, 1, 1, 1])
        #expect(try await ledger.verify().isSound)
    }

    @Test("an entry that no reader would take is refused before it is sealed")
    func tooLarge() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let id = try await ledger.append(.note("cause"))
        let long = String(repeating: "x", count: Limits.entryHeaderBytes)
        #expect(long.utf8.count == Limits.entryHeaderBytes)
        var wide = EntryDraft.note("wide")
        wide.fields = [UInt8](repeating: 1, count: Limits.entryHeaderBytes)
        var heavy = EntryDraft.note("heavy", payload: "")
        heavy.payload = [UInt8](repeating: 1, count: Limits.entryPayloadBytes + 1)
        let many = EntryDraft.note("many", causes: [EntryID](repeating: id, count: 2_000))
        for draft in [EntryDraft.note(long), wide, heavy, many] {
            await #expect(throws: Failure("ledger.tooLarge", "")) { try await ledger.append(draft) }
        }
        #expect(try await ledger.noteCount == 1)
    }

    @Test("a full batch of large headers stays readable")
    func largeHeaders() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let long = String(repeating: "s", count: 30_000)
        try await ledger.append((0..<130).map { .note("\($0)" + long) })
        #expect(try await ledger.verify().isSound)
        let batches = try await ledger.ownBatches(lane: .bulk)
        #expect(try batches.allSatisfy { try fixture.inspected($0).rawBytes <= 2 * Limits.batchBytes })
    }

    @Test("a payload never goes further than its header")
    func payloadAudience() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        await #expect(throws: Failure("ledger.audience", "")) {
            try await ledger.append(.note("a", header: .parent, payload: "x", payloadAudience: .city))
        }
    }

    @Test("a command names only causes that this node holds")
    func unknownCause() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let stranger = EntryID(batch: BatchIdentity(chain: Fixture.chain(Fixture.dale), sequence: 0), index: 0)
        await #expect(throws: Failure("ledger.unknownCause", "")) { try await ledger.append(.void([stranger])) }
    }

    @Test("a command may name what the same commit appended, in another batch or lane")
    func causeInSameCommit() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let ids = try await ledger.write(lane: .bulk) { transaction in
            let first = try transaction.append(.note("first"))
            for index in 0..<Limits.batchEntries { try transaction.append(.note("\(index)")) }
            return [first, try transaction.append(.void([first]))]
        }
        #expect(ids[0].batch != ids[1].batch)
        #expect(try await ledger.count("SELECT COUNT(*) FROM note_void WHERE was_known = 1") == 1)
    }

    @Test("entries go to clinical or bulk, not to control")
    func controlLane() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        await #expect(throws: Failure("ledger.lane", "")) { try await ledger.append(.note("a"), lane: .control) }
    }
}
