import Effects
import Regions
import SQLiteStorage
import Storage
import Testing
import Trust

@testable import Ledgers

@Suite("Attachments that are stored while they come")
struct AttachmentWriterTests {
    private let fixture: Fixture
    private let image = SeededRandom(seed: 8).bytes(Limits.attachmentChunkBytes * 3 + 77)

    init() throws {
        fixture = try Fixture()
    }

    private func open(storeBytes: Int = .max / 2) async throws -> Ledger {
        let store = try SQLiteStore(
            path: fixture.path(Fixture.hill.rawValue), world: fixture.world, onBroken: { _ in })
        return try await Ledger.open(
            Ledger.Setup(
                node: Fixture.hill, store: store, region: fixture.registry, key: try fixture.key(Fixture.hill),
                projections: ProjectionSet([GrantProjection()]), world: fixture.world,
                attachmentStoreBytes: storeBytes))
    }

    private func feed(_ writer: inout AttachmentWriter, piece: Int) async throws {
        for start in stride(from: 0, to: image.count, by: piece) {
            try await writer.append(image[start..<min(start + piece, image.count)])
        }
    }

    private func count(_ table: SQLText, in ledger: Ledger) async throws -> Int {
        try await ledger.read { Int(try $0.row(table, [])?.integer(0) ?? -1) }
    }

    private func expectCode(_ code: String, _ body: () async throws -> Void) async {
        await #expect { try await body() } throws: { ($0 as? Failure)?.code.rawValue == code }
    }

    private static let chunks: SQLText = "SELECT COUNT(*) FROM attachment_chunk"
    private static let drafts: SQLText = "SELECT COUNT(*) FROM attachment_draft"
    private static let total: SQLText = "SELECT bytes FROM attachment_total"

    @Test("however the bytes are cut, they give the manifest of the whole", arguments: [1_000, 262_144, 300_001])
    func pieces(piece: Int) async throws {
        let ledger = try await open()
        var writer = AttachmentWriter(ledger: ledger)
        try await feed(&writer, piece: piece)
        #expect(writer.sizeBytes == image.count)
        let manifest = try await writer.finish()
        #expect(try manifest == AttachmentManifest(of: image, suite: fixture.suite))
        let digest = manifest.digest(suite: fixture.suite)
        let read = try await ledger.read { sql in
            try (0..<manifest.chunkCount).compactMap { try Attachments.chunk($0, of: digest, in: sql) }
        }
        #expect(read.flatMap { $0 } == image)
        #expect(try await ledger.verify().isSound)
        #expect(try await count(Self.drafts, in: ledger) == 0)
        #expect(try await count(Self.total, in: ledger) == image.count)
    }

    @Test("the same bytes again lie here once, and what came of them the second time goes")
    func twice() async throws {
        let ledger = try await open()
        for _ in 0..<2 {
            var writer = AttachmentWriter(ledger: ledger)
            try await feed(&writer, piece: 100_000)
            _ = try await writer.finish()
        }
        #expect(try await count(Self.chunks, in: ledger) == 8)
        try await ledger.forgetStagedAttachments(at: fixture.time.wallTime)
        #expect(try await count(Self.chunks, in: ledger) == 4)
        #expect(try await count(Self.total, in: ledger) == image.count)
        #expect(try await ledger.verify().isSound)
    }

    @Test("what is abandoned leaves nothing, and no more is taken of it")
    func abandoned() async throws {
        let ledger = try await open()
        var writer = AttachmentWriter(ledger: ledger)
        try await feed(&writer, piece: 100_000)
        #expect(try await count(Self.chunks, in: ledger) == 3)
        try await writer.abandon()
        #expect(try await count(Self.chunks, in: ledger) == 0)
        #expect(try await count(Self.drafts, in: ledger) == 0)
        #expect(try await count(Self.total, in: ledger) == 0)
        await expectCode("attachment.abandoned") { _ = try await writer.finish() }
    }

    @Test("what never ends goes a day after its last chunk, and what no entry names a day after its end")
    func forgotten() async throws {
        let ledger = try await open()
        var (cut, whole) = (AttachmentWriter(ledger: ledger), AttachmentWriter(ledger: ledger))
        try await cut.append(image[..<300_000])
        try await feed(&whole, piece: 100_000)
        _ = try await whole.finish()
        #expect(try await ledger.forgetStagedAttachments(at: fixture.time.wallTime) == 0)
        fixture.time.advance(milliseconds: Limits.stagedAttachmentMilliseconds - 10)
        try await cut.append(image[300_000..<600_000])
        fixture.time.advance(milliseconds: 20)
        try await ledger.forgetStagedAttachments(at: fixture.time.wallTime)
        #expect(try await count(Self.chunks, in: ledger) == 2)
        fixture.time.advance(milliseconds: Limits.stagedAttachmentMilliseconds)
        try await ledger.forgetStagedAttachments(at: fixture.time.wallTime)
        #expect(try await count(Self.chunks, in: ledger) == 0)
        #expect(try await count(Self.total, in: ledger) == 0)
    }

    @Test("nothing comes beyond its limit or the node's room, and nothing is no attachment")
    func bounds() async throws {
        let ledger = try await open(storeBytes: 400_000)
        var long = AttachmentWriter(ledger: ledger, limitBytes: 300_000)
        try await long.append(image[..<300_000])
        await expectCode("attachment.tooLarge") { try await long.append(image[..<1]) }
        var other = AttachmentWriter(ledger: ledger, limitBytes: 300_000)
        await expectCode("attachment.noRoom") { try await other.append(image[..<300_000]) }
        try await long.abandon()
        var empty = AttachmentWriter(ledger: ledger)
        await expectCode("attachment.empty") { _ = try await empty.finish() }
    }

    @Test("a document stays as short as documents are, however long an image may be")
    func documents() throws {
        let count = Limits.attachmentBytes / Limits.attachmentChunkBytes + 1
        let chunk = AttachmentManifest.digest(ofChunk: [1], suite: fixture.suite)
        let image = try AttachmentManifest(
            sizeBytes: count * Limits.attachmentChunkBytes, chunkBytes: Limits.attachmentChunkBytes,
            chunkDigests: Array(repeating: chunk, count: count))
        #expect(try AttachmentManifest(wireBytes: image.wireBytes()) == image)
        #expect(throws: Failure.self) { try AttachmentManifest.document(wireBytes: image.wireBytes()) }
    }
}
