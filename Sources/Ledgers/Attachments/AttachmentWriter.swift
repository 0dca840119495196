import Effects
import Regions
import Trust

/// Stores an attachment while its bytes come, and holds one chunk of it in memory.
///
/// Each chunk that is full is durable before the next one is taken, by a command of its own in the bulk lane: whoever
/// feeds a writer reads no faster than the disk writes. The end gives the manifest; an entry has to name it within a
/// day, as with ``Ledger/stage(_:)``. What never ends goes after a day, and by ``abandon()`` at once.
///
/// After a failure a writer is of no use but to be abandoned.
package struct AttachmentWriter: Sendable {
    private let ledger: Ledger
    private let limitBytes: Int
    private let place: [UInt8]
    private var chunk: [UInt8] = []
    private var digests: [Digest] = []
    /// How many bytes came.
    package private(set) var sizeBytes = 0

    /// - Parameter limitBytes: the most that may come; so much is reserved of the node's room until the end.
    package init(ledger: Ledger, limitBytes: Int = Limits.streamedAttachmentBytes) {
        self.ledger = ledger
        self.limitBytes = max(1, min(limitBytes, Limits.streamedAttachmentBytes))
        place = ledger.world.random.bytes(Digest.byteCount)
    }

    /// Takes the next bytes; what fills a chunk is durable on return.
    ///
    /// - Throws: `attachment.tooLarge`, `attachment.noRoom`, `attachment.abandoned`, `ledger.overloaded`.
    package mutating func append(_ bytes: ArraySlice<UInt8>) async throws {
        guard bytes.count <= limitBytes - sizeBytes else {
            throw AttachmentManifest.tooLarge(sizeBytes + bytes.count, limitBytes: limitBytes)
        }
        sizeBytes += bytes.count
        var rest = bytes
        while !rest.isEmpty {
            let taken = rest.prefix(Limits.attachmentChunkBytes - chunk.count)
            chunk += taken
            rest = rest.dropFirst(taken.count)
            if chunk.count == Limits.attachmentChunkBytes { try await keepChunk() }
        }
    }

    /// The end of the bytes; all of them are durable on return.
    ///
    /// - Throws: `attachment.empty`, and what ``append(_:)`` throws.
    package mutating func finish() async throws -> AttachmentManifest {
        if !chunk.isEmpty { try await keepChunk() }
        let suite = ledger.region.suite
        let manifest = try AttachmentManifest(
            sizeBytes: sizeBytes, chunkBytes: Limits.attachmentChunkBytes, chunkDigests: digests)
        let (node, place, now) = (ledger.node, place, ledger.world.time.wallTime)
        try await ledger.write(lane: .bulk) { transaction in
            try Attachments.finish(
                manifest, manifest.digest(suite: suite), in: place, author: node, at: now, in: transaction.sql)
        }
        return manifest
    }

    /// Throws away what came; does nothing after the end.
    package func abandon() async throws {
        let place = place
        try await ledger.write(lane: .bulk) { try Attachments.abandon(place, in: $0.sql) }
        try await ledger.forgetDrafts(before: WallTime(milliseconds: 1))
    }

    private mutating func keepChunk() async throws {
        let (bytes, position, place, now) = (chunk, digests.count, place, ledger.world.time.wallTime)
        let (reservingBytes, storeBytes) = (limitBytes, ledger.attachmentStoreBytes)
        chunk = []
        digests.append(AttachmentManifest.digest(ofChunk: bytes, suite: ledger.region.suite))
        try await ledger.write(lane: .bulk, sizeBytes: bytes.count) { transaction in
            let sql = transaction.sql
            if position == 0 {
                try Attachments.begin(
                    place, reservingBytes: reservingBytes, limitBytes: storeBytes, at: now, in: sql)
            }
            try Attachments.keepDraft(bytes, at: position, in: place, at: now, in: sql)
        }
    }
}

extension Ledger {
    /// Throws away what came of attachments that are over, or of which nothing has come since a time.
    ///
    /// - Returns: how many went.
    @discardableResult
    func forgetDrafts(before time: WallTime) async throws -> Int {
        var forgotten = 0
        while true {
            let step = try await write(lane: .bulk) { transaction in
                try Attachments.forgetDraft(
                    before: time, limit: Limits.attachmentChunksForgottenAtOnce, in: transaction.sql)
            }
            guard let step else { return forgotten }
            if step { forgotten += 1 }
        }
    }
}
