import Effects
import Foundation
import SwiftProtobuf
package import Trust
import Wire

/// What an attachment consists of: enough to take its chunks from anybody, in any order, and to trust none of them.
///
/// A manifest stands in the payload of the entry that announces its attachment, so the author's seal covers it. The
/// attachment's name is the digest of all that the manifest says: whoever knows the name knows every chunk.
package struct AttachmentManifest: Hashable, Sendable {
    package let sizeBytes: Int
    /// The length of each chunk but the last.
    package let chunkBytes: Int
    package let chunkDigests: [Digest]

    /// Cuts a document.
    ///
    /// - Throws: `attachment.tooLarge`; `attachment.empty`.
    package init(
        of document: [UInt8], chunkBytes: Int = Limits.attachmentChunkBytes, suite: Suite
    ) throws {
        guard document.count <= Limits.attachmentBytes else { throw Self.tooLarge(document.count) }
        try self.init(
            sizeBytes: document.count, chunkBytes: chunkBytes,
            chunkDigests: stride(from: 0, to: document.count, by: max(1, chunkBytes)).map { start in
                Self.digest(ofChunk: Array(document[start..<min(start + chunkBytes, document.count)]), suite: suite)
            })
    }

    /// Of chunks that were cut one after the other, or that somebody names.
    init(sizeBytes: Int, chunkBytes: Int, chunkDigests: [Digest]) throws {
        guard sizeBytes > 0 else { throw Failure("attachment.empty", "an attachment has no bytes") }
        guard sizeBytes <= Limits.streamedAttachmentBytes else {
            throw Self.tooLarge(sizeBytes, limitBytes: Limits.streamedAttachmentBytes)
        }
        guard (1...Limits.attachmentChunkBytesAtMost).contains(chunkBytes),
            chunkDigests.count == (sizeBytes + chunkBytes - 1) / chunkBytes
        else { throw Self.malformed }
        self.sizeBytes = sizeBytes
        self.chunkBytes = chunkBytes
        self.chunkDigests = chunkDigests
    }

    package var chunkCount: Int { chunkDigests.count }

    /// The place of a chunk in the document.
    package func range(ofChunk position: Int) -> Range<Int> {
        position * chunkBytes..<min((position + 1) * chunkBytes, sizeBytes)
    }

    /// The attachment's name.
    package func digest(suite: Suite) -> Digest {
        var head = Self.context
        ByteStrings.append(UInt64(sizeBytes), to: &head)
        ByteStrings.append(UInt32(chunkBytes), to: &head)
        return suite.digest(parts: [head] + chunkDigests.map(\.bytes))
    }

    /// Whether bytes are the chunk of a place.
    package func isChunk(_ bytes: [UInt8], at position: Int, suite: Suite) -> Bool {
        chunkDigests.indices.contains(position) && bytes.count == range(ofChunk: position).count
            && Self.digest(ofChunk: bytes, suite: suite) == chunkDigests[position]
    }

    static func digest(ofChunk bytes: [UInt8], suite: Suite) -> Digest {
        suite.digest(parts: [chunkPrefix, bytes])
    }

    static func tooLarge(_ sizeBytes: Int, limitBytes: Int = Limits.attachmentBytes) -> Failure {
        Failure(
            "attachment.tooLarge", "an attachment has \(sizeBytes) bytes; the limit is \(limitBytes)",
            remedy: "send a smaller document")
    }

    private static let context = Array("yilian attachment 1\n".utf8)
    private static let chunkPrefix: [UInt8] = [0x04]
    private static let malformed = Failure("attachment.malformed", "the manifest of an attachment cannot be read")
}

extension AttachmentManifest: ProtobufWireValue {
    package func wire() throws -> PBAttachmentManifest {
        var message = PBAttachmentManifest()
        message.size = UInt64(sizeBytes)
        message.chunkBytes = UInt32(chunkBytes)
        message.chunkDigests = Data(chunkDigests.flatMap(\.bytes))
        return message
    }

    package init(wire message: PBAttachmentManifest) throws {
        let bytes = [UInt8](message.chunkDigests)
        guard bytes.count % Digest.byteCount == 0 else { throw Self.malformed }
        let digests = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap { start in
            Digest(bytes: bytes[start..<start + Digest.byteCount])
        }
        // One byte more than the longest stands for everything beyond it: the check below says so.
        try self.init(
            sizeBytes: PeerNumber.atMost(Limits.streamedAttachmentBytes + 1, message.size),
            chunkBytes: PeerNumber.atMost(Limits.attachmentChunkBytesAtMost + 1, message.chunkBytes),
            chunkDigests: digests)
    }
}

extension AttachmentManifest {
    /// The manifest of a document, which is held in memory as a whole by whoever opens it.
    ///
    /// - Throws: `attachment.malformed`; `attachment.tooLarge` where it is longer than documents are.
    package static func document(wireBytes bytes: [UInt8]) throws -> AttachmentManifest {
        let manifest = try AttachmentManifest(wireBytes: bytes)
        guard manifest.sizeBytes <= Limits.attachmentBytes else { throw tooLarge(manifest.sizeBytes) }
        return manifest
    }
}
