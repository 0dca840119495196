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
        try self.init(
            sizeBytes: document.count, chunkBytes: chunkBytes,
            chunkDigests: stride(from: 0, to: document.count, by: max(1, chunkBytes)).map { start in
                Self.digest(ofChunk: Array(document[start..<min(start + chunkBytes, document.count)]), suite: suite)
            })
    }

    private init(sizeBytes: Int, chunkBytes: Int, chunkDigests: [Digest]) throws {
        guard sizeBytes > 0 else { throw Failure("attachment.empty", "an attachment has no bytes") }
        guard sizeBytes <= Limits.attachmentBytes else {
            throw Failure(
                "attachment.tooLarge", "an attachment has \(sizeBytes) bytes; the limit is \(Limits.attachmentBytes)",
                remedy: "send a smaller document")
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

    private static func digest(ofChunk bytes: [UInt8], suite: Suite) -> Digest {
        suite.digest(parts: [chunkPrefix, bytes])
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
        // One byte more than the limit stands for everything beyond it: the check below says so.
        try self.init(
            sizeBytes: PeerNumber.atMost(Limits.attachmentBytes + 1, message.size),
            chunkBytes: PeerNumber.atMost(Limits.attachmentChunkBytesAtMost + 1, message.chunkBytes),
            chunkDigests: digests)
    }
}
