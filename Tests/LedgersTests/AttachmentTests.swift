import Effects
import Regions
import SQLiteStorage
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

extension EntryKind {
    /// Its payload is the manifest of a document.
    fileprivate static let letter = EntryKind(910)
}

/// Announces what letters name.
private struct LetterProjection: Projection {
    let name = "letter"
    let declared = [DeclaredKind(.letter, author: .anybody)]
    let tables: [StaticString] = []
    let migrations: [Migration] = []

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard let payload = entry.payload else { return }
        try Attachments.announce(
            [try AttachmentManifest(wireBytes: payload)], by: entry, context: context, in: transaction)
    }
}

@Suite("Attachments")
struct AttachmentTests {
    private let fixture: Fixture
    private let document = SeededRandom(seed: 5).bytes(Limits.attachmentChunkBytes * 2 + 1_000)

    init() throws {
        fixture = try Fixture()
    }

    private var manifest: AttachmentManifest {
        get throws { try AttachmentManifest(of: document, suite: fixture.suite) }
    }

    private var digest: Digest { get throws { try manifest.digest(suite: fixture.suite) } }

    private func chunk(_ position: Int) throws -> [UInt8] { Array(document[try manifest.range(ofChunk: position)]) }

    private func open(_ node: NodeID, name: String? = nil, storeBytes: Int = .max / 2) async throws -> Ledger {
        let store = try SQLiteStore(
            path: fixture.path(name ?? node.rawValue), world: fixture.world, onBroken: { _ in })
        return try await Ledger.open(
            Ledger.Setup(
                node: node, store: store, region: fixture.registry, key: try fixture.key(node),
                projections: ProjectionSet([GrantProjection(), LetterProjection()]), world: fixture.world,
                attachmentStoreBytes: storeBytes))
    }

    private func announce(_ ledger: Ledger, audience: Audience = .parent) async throws -> EntryID {
        let payload = try manifest.wireBytes()
        return try await ledger.write(lane: .bulk) { transaction in
            try transaction.append(
                EntryDraft(
                    kind: .letter, subject: "letter", fields: [], headerAudience: .city, payload: payload,
                    payloadAudience: audience))
        }
    }

    /// Brings everything that a ledger holds of its own to another one.
    private func bring(_ author: Ledger, to receiver: Ledger) async throws {
        for position in try await author.positions() where position.chain.author == author.node {
            let start = ChainPosition(chain: position.chain, nextSequence: 0)
            let batches = try await author.batches(from: start, for: receiver.node).map(fixture.inspected)
            _ = try await receiver.ingest(batches, lane: .bulk)
        }
    }

    /// An author with its document, and a receiver that knows of it.
    private func pair(receiverBytes: Int = .max / 2) async throws -> (author: Ledger, receiver: Ledger) {
        let author = try await open(Fixture.hill)
        _ = try await author.stage(document)
        _ = try await announce(author)
        let receiver = try await open(Fixture.east, storeBytes: receiverBytes)
        try await bring(author, to: receiver)
        return (author, receiver)
    }

    private func progress(_ ledger: Ledger) async throws -> Attachments.Progress? {
        let digest = try digest
        return try await ledger.read { try Attachments.progress(of: digest, in: $0) }
    }

    private func wanted(_ ledger: Ledger) async throws -> [Digest] {
        try await ledger.read { sql in
            try Attachments.wantedAuthors(in: sql).flatMap {
                try Attachments.wanted(of: $0, limit: 10, in: sql).map(\.digest)
            }
        }
    }

    private func expectCode(_ code: String, _ body: () async throws -> Void) async {
        await #expect { try await body() } throws: { ($0 as? Failure)?.code.rawValue == code }
    }

    @Test("documents that never come, however many are announced, keep those behind them out of no page")
    func pages() async throws {
        let (_, receiver) = try await pair()
        let author = Fixture.hill
        let digest = try digest
        let found = try await receiver.store.write { sql -> [Digest] in
            for number in 0..<300 {
                try sql.execute(
                    """
                    INSERT INTO attachment (digest, manifest, size, chunks, kept, state, author, since)
                    SELECT $1, manifest, size, chunks, 0, state, author, $2 FROM attachment WHERE digest = $3
                    """, [[UInt8](repeating: UInt8(number / 2), count: 31) + [UInt8(number % 2)], 0, digest.bytes])
            }
            var found: [Digest] = []
            var last: Attachments.Wanted?
            while true {
                let page = try Attachments.wanted(of: author, after: last, limit: 64, in: sql)
                if page.isEmpty { return found }
                found += page.map(\.digest)
                last = page.last
            }
        }
        #expect(found.count == 301 && Set(found).count == 301)
        #expect(found.last == digest)
    }

    @Test("a document is whole from its chunks in any order, each taken once, and resumes at the first that is missing")
    func reassembly() async throws {
        let (author, receiver) = try await pair()
        #expect(try await wanted(receiver) == [digest])
        #expect(try await receiver.missingChunks(of: digest) == [0, 1, 2])
        for position in [2, 0, 2, 0] { try await receiver.keep(try chunk(position), at: position, of: digest) }
        #expect(try await progress(receiver) == Attachments.Progress(kept: 2, count: 3))
        #expect(try await receiver.missingChunks(of: digest) == [1])
        #expect(try await receiver.held([digest], for: Fixture.hill) == [])

        try await receiver.store.close()
        let again = try await open(Fixture.east)
        #expect(try await again.missingChunks(of: digest) == [1], "a restart forgets nothing")
        let missing = try await author.chunk(1, of: digest, for: Fixture.east)
        #expect(try await again.keep(missing, at: 1, of: digest).isWhole)
        #expect(try await wanted(again) == [])
        #expect(try await again.held([digest], for: Fixture.hill) == [digest], "the acknowledgement")
        var bytes: [UInt8] = []
        for position in 0..<3 { bytes += try await again.chunk(position, of: digest, for: Fixture.hill) }
        #expect(bytes == document)
        #expect(try await again.verify().isSound)
        #expect(try await again.verify().attachments == 1)
    }

    @Test("a chunk that is not the manifest's is refused, and so is one for a document that nothing announces")
    func wrongChunks() async throws {
        let (_, receiver) = try await pair()
        let digest = try digest
        var changed = try chunk(0)
        changed[100] ^= 1
        let (first, second) = (try chunk(0), try chunk(1))
        let others = [(changed, 0), (Array(first.dropLast()), 0), (second, 0), (first, 3), ([], -1)]
        for (bytes, position) in others {
            await expectCode("attachment.badChunk") { try await receiver.keep(bytes, at: position, of: digest) }
        }
        #expect(try await progress(receiver) == Attachments.Progress(kept: 0, count: 3))
        let stranger = fixture.suite.digest([1, 2, 3])
        await expectCode("attachment.notAnnounced") { try await receiver.keep(first, at: 0, of: stranger) }
    }

    @Test("a manifest that lies about its size, its parts or its length is refused")
    func manifests() async throws {
        let suite = fixture.suite
        let real = try manifest
        #expect(try AttachmentManifest(wireBytes: real.wireBytes()) == real)
        let changes: [(inout PBAttachmentManifest) -> Void] = [
            { $0.size = UInt64(Limits.attachmentBytes) + 1 }, { $0.size = 0 }, { $0.size = .max },
            { $0.size += UInt64(Limits.attachmentChunkBytes) }, { $0.chunkBytes = 0 }, { $0.chunkBytes = .max },
            { $0.chunkDigests.removeLast() }, { $0.chunkDigests.removeLast(32) }, { $0.chunkDigests = .init() },
        ]
        for change in changes {
            var message = try real.wire()
            change(&message)
            let bytes: [UInt8] = try message.serializedBytes()
            #expect(throws: Failure.self) { try AttachmentManifest(wireBytes: bytes) }
        }
        var other = try real.wire()
        other.size -= 1
        #expect(try AttachmentManifest(wire: other).digest(suite: suite) != real.digest(suite: suite))
        let long = [UInt8](repeating: 0, count: Limits.attachmentBytes + 1)
        #expect(throws: Failure.self) { try AttachmentManifest(of: long, suite: suite) }
    }

    @Test("nobody gets a chunk whom the payload's audience excludes, nor hears whether there is one")
    func audience() async throws {
        let (author, receiver) = try await pair()
        for position in 0..<3 { try await receiver.keep(try chunk(position), at: position, of: digest) }
        let digest = try digest
        for stranger in [Fixture.city, Fixture.vale, Fixture.west, Fixture.root] {
            await expectCode("attachment.notEntitled") { _ = try await receiver.chunk(0, of: digest, for: stranger) }
            #expect(try await receiver.held([digest], for: stranger) == [])
        }
        await expectCode("attachment.notEntitled") { _ = try await author.chunk(0, of: digest, for: Fixture.vale) }
        #expect(try await author.chunk(0, of: digest, for: Fixture.east) == chunk(0))

        let city = try await open(Fixture.city)
        try await bring(author, to: city)
        #expect(try await wanted(city) == [], "the header alone announces nothing")
        #expect(try await progress(city) == nil)
    }

    @Test("where there is no room a document is not begun, and goes on when there is")
    func room() async throws {
        let (_, receiver) = try await pair(receiverBytes: document.count - 1)
        let (digest, first) = (try digest, try chunk(0))
        await expectCode("attachment.noRoom") { try await receiver.keep(first, at: 0, of: digest) }
        try await receiver.store.close()
        let roomy = try await open(Fixture.east, storeBytes: document.count)
        try await roomy.keep(first, at: 0, of: digest)
        let author = try await open(Fixture.vale, storeBytes: 1_000)
        await expectCode("attachment.noRoom") { _ = try await author.stage(document) }
    }

    @Test("an author that lost its document takes it back from above; what was acknowledged is not due any more")
    func restored() async throws {
        let (author, receiver) = try await pair()
        let digest = try digest
        func due() async throws -> [Digest] {
            try await author.read { try Attachments.due(to: Fixture.east, after: nil, limit: 10, in: $0) }
        }
        #expect(try await due() == [digest])
        for position in 0..<3 { try await receiver.keep(try chunk(position), at: position, of: digest) }
        try await author.write(lane: .bulk) { transaction in
            try Attachments.acknowledged([digest], by: Fixture.east, in: transaction.sql)
        }
        #expect(try await due() == [])

        let restored = try await open(Fixture.hill, name: "restored")
        try await bring(author, to: restored)
        #expect(try await wanted(restored) == [digest])
        for position in try await restored.missingChunks(of: digest) {
            let chunk = try await receiver.chunk(position, of: digest, for: Fixture.hill)
            try await restored.keep(chunk, at: position, of: digest)
        }
        #expect(try await progress(restored)?.isWhole == true)
    }

    @Test("what was stored for an entry that never came goes after a day, and nothing else does")
    func staged() async throws {
        let author = try await open(Fixture.hill)
        _ = try await author.stage(document)
        _ = try await announce(author)
        _ = try await author.stage(SeededRandom(seed: 6).bytes(500))
        #expect(try await author.forgetStagedAttachments(at: fixture.time.wallTime) == 0)
        fixture.time.advance(milliseconds: Limits.stagedAttachmentMilliseconds + 1)
        #expect(try await author.forgetStagedAttachments(at: fixture.time.wallTime) == 1)
        #expect(try await author.forgetStagedAttachments(at: fixture.time.wallTime) == 0)
        #expect(try await progress(author)?.isWhole == true)
    }

    @Test("a part that the disk has changed is named by the check of the ledger")
    func damaged() async throws {
        let author = try await open(Fixture.hill)
        _ = try await author.stage(document)
        _ = try await announce(author)
        #expect(try await author.verify().isSound)
        try await author.store.write { sql in
            let spoiled: [UInt8] = [1, 2, 3]
            _ = try sql.execute("UPDATE attachment_chunk SET data = $1 WHERE position = $2", [spoiled, 1])
        }
        let problems = try await author.verify().problems
        #expect(problems.count == 1 && problems[0].contains("part 2"))
    }
}
