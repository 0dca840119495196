import Effects
import Regions
import Testing
import Trust
import Wire

@testable import Ledgers

struct PruningTests {
    /// A random batch with what its author wrote.
    static func randomBatch(
        _ fixture: Fixture, seed: UInt64, count: Int, codec: Codec = .zlib
    ) throws -> (drafts: [EntryDraft], sealed: BatchSealer.Result) {
        let random = SeededRandom(seed: seed)
        let drafts = try (0..<count).map { index in
            let header = try #require(random.choice(Audience.allCases))
            var draft = EntryDraft.note("\(index)", header: header)
            draft.fields = random.bytes(Int(random.number(below: 60)))
            if random.chance(of: 2, in: 3) {
                draft.payload =
                    random.chance(of: 1, in: 5)
                    ? [] : [UInt8](repeating: 65, count: Int(random.number(below: 300)))
                draft.payloadAudience = try #require(random.choice(Audience.allCases.filter { $0 <= header }))
            }
            return draft
        }
        let identity = BatchIdentity(chain: Fixture.chain(Fixture.hill), sequence: 0)
        return (drafts, try fixture.seal(drafts, as: identity, codec: codec))
    }

    @Test(
        "any dropping of segments verifies and gives exactly the entries that remain",
        arguments: SuiteID.allCases, Array(UInt64(1)...8))
    func anyDropping(suite: SuiteID, seed: UInt64) throws {
        let fixture = try Fixture(suite, seed: seed)
        let random = SeededRandom(seed: seed &* 31)
        let codec: Codec = seed % 2 == 0 ? .zstd : .zlib
        let (drafts, sealed) = try Self.randomBatch(
            fixture, seed: seed, count: Int(random.number(below: 60)) + 1, codec: codec)
        let header = sealed.header
        let whole = sealed.batch
        #expect(header.segments.count <= 8)
        for mask in 0..<(1 << header.segments.count) {
            var pruned = whole
            for position in header.segments.indices where mask >> position & 1 == 0 { pruned.segments[position] = nil }
            let opened = try fixture.inspected(try SealedBatch(wireBytes: try pruned.wireBytes()))
            func isKept(_ audience: Audience, payload: Bool) -> Bool {
                header.segments.enumerated().contains { position, facts in
                    facts.audience == audience && facts.holdsPayloads == payload && mask >> position & 1 == 1
                }
            }
            let expected = drafts.enumerated().filter { isKept($0.element.headerAudience, payload: false) }
            #expect(opened.entries.map(\.id.index) == expected.map { UInt32($0.offset) })
            for (entry, (_, draft)) in zip(opened.entries, expected) {
                #expect(entry.fields == draft.fields)
                #expect(entry.subject == draft.subject)
                #expect(entry.hasPayload == (draft.payload != nil))
                let isThere = draft.payload != nil && isKept(draft.payloadAudience, payload: true)
                #expect(entry.payload == (isThere ? draft.payload : nil))
            }
        }
    }

    @Test("an empty payload is a payload")
    func emptyPayload() async throws {
        let fixture = try Fixture()
        let ledger = try await fixture.open(Fixture.hill)
        let id = try await ledger.append(.note("a", payload: ""))
        let entry = try #require(try await ledger.entry(id))
        #expect(entry.hasPayload)
        #expect(entry.payload == [])
    }

    /// Who besides the author receives what, by author and audience.
    static let reach: [(author: NodeID, audience: Audience, receivers: Set<NodeID>)] = [
        (Fixture.hill, .own, []), (Fixture.hill, .parent, [Fixture.east]),
        (Fixture.hill, .city, [Fixture.east, Fixture.city]),
        (Fixture.hill, .region, [Fixture.east, Fixture.city, Fixture.root]),
        (Fixture.dale, .own, []), (Fixture.dale, .parent, [Fixture.west]),
        (Fixture.dale, .city, [Fixture.west, Fixture.city]),
        (Fixture.dale, .region, [Fixture.west, Fixture.city, Fixture.root]),
        (Fixture.east, .own, []), (Fixture.east, .parent, [Fixture.city]), (Fixture.east, .city, [Fixture.city]),
        (Fixture.east, .region, [Fixture.city, Fixture.root]),
        (Fixture.city, .own, []), (Fixture.city, .parent, []), (Fixture.city, .city, []),
        (Fixture.city, .region, [Fixture.root]),
        (Fixture.root, .own, []), (Fixture.root, .parent, []), (Fixture.root, .city, []),
        (
            Fixture.root, .region,
            [Fixture.city, Fixture.east, Fixture.west, Fixture.hill, Fixture.vale, Fixture.dale]
        ),
    ]

    @Test("every author and receiver get by audience what the table says, and every sealed header")
    func table() async throws {
        let fixture = try Fixture()
        let nodes = fixture.keys.keys.sorted()
        for author in [Fixture.hill, Fixture.dale, Fixture.east, Fixture.city, Fixture.root] {
            let ledger = try await fixture.open(author)
            try await ledger.append(
                Audience.allCases.map { .note("\($0)", header: $0, payload: "\($0)", payloadAudience: $0) })
            let whole = try #require(try await ledger.ownBatches(lane: .bulk).first)
            let facts = try BatchHeader(bytes: whole.header)
            #expect(facts.segments.count == 8)
            for receiver in nodes {
                let from = ChainPosition(chain: facts.identity.chain, nextSequence: 0)
                let batch = try #require(try await ledger.batches(from: from, for: receiver).first)
                #expect(batch.header == whole.header && batch.seal == whole.seal)
                let given = Set(batch.segments.keys.map { facts.segments[$0].audience })
                let expected = Self.reach.filter {
                    $0.author == author && (receiver == author || $0.receivers.contains(receiver))
                }
                #expect(given == Set(expected.map(\.audience)), "\(author) to \(receiver)")
                #expect(batch.segments.count == given.count * 2)
            }
        }
    }

    @Test("a wider audience reaches everybody whom a narrower one reaches")
    func widening() throws {
        let fixture = try Fixture()
        let tree = fixture.registry.tree(at: fixture.time.wallTime)
        for author in fixture.keys.keys {
            for receiver in fixture.keys.keys {
                let reached = Audience.allCases.map { $0.reaches(receiver, from: author, in: tree) }
                #expect(reached == reached.sorted { !$0 && $1 }, "\(author) to \(receiver)")
            }
        }
    }

    @Test("a node that left the tree receives nothing, and its former parent nothing of it")
    func outsideTheTree() throws {
        let fixture = try Fixture()
        let tree = fixture.registry.tree(at: fixture.time.wallTime)
        let stranger = Fixture.node("stranger")
        for audience in Audience.allCases {
            #expect(!audience.reaches(stranger, from: Fixture.hill, in: tree))
            #expect(!audience.reaches(Fixture.east, from: stranger, in: tree))
        }
        let before = fixture.registry.tree(at: WallTime(milliseconds: -1))
        #expect(!Audience.region.reaches(Fixture.east, from: Fixture.hill, in: before))
    }
}
