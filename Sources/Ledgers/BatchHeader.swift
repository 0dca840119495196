package import Effects
import Regions
import Foundation
import SwiftProtobuf
package import Trust
package import Wire

/// The sealed part of a batch: who wrote it, where it stands in its chain, and what its segments hold.
package struct BatchHeader: Sendable, Equatable {
    /// What a sealed header says about one segment.
    package struct Segment: Sendable, Equatable {
        package var audience: Audience
        package var holdsPayloads: Bool
        package var count: Int
        package var root: Digest
        package var codec: Codec
        /// Length of the compressed bytes.
        package var lengthBytes: Int
        /// Digest of the compressed bytes: a compressed form has bits that mean nothing, and none of them may change.
        package var packedDigest: Digest

        package init(
            audience: Audience, holdsPayloads: Bool, count: Int, root: Digest, codec: Codec, lengthBytes: Int,
            packedDigest: Digest
        ) {
            self.audience = audience
            self.holdsPayloads = holdsPayloads
            self.count = count
            self.root = root
            self.codec = codec
            self.lengthBytes = lengthBytes
            self.packedDigest = packedDigest
        }
    }

    /// Where the author stood when it opened this incarnation.
    package struct ContinuedChain: Sendable, Equatable {
        package var incarnation: UInt64
        package var sequence: UInt64

        package init(incarnation: UInt64, sequence: UInt64) {
            self.incarnation = incarnation
            self.sequence = sequence
        }
    }

    package static let formatVersion: UInt32 = 1

    package var identity: BatchIdentity
    package var keyID: KeyID
    package var previous: Digest?
    package var continuedFrom: ContinuedChain?
    package var firstAuthorTime: WallTime
    package var lastAuthorTime: WallTime
    package var entryCount: Int
    package var segments: [Segment]

    package init(
        identity: BatchIdentity, keyID: KeyID, previous: Digest?, continuedFrom: ContinuedChain?,
        firstAuthorTime: WallTime, lastAuthorTime: WallTime, entryCount: Int, segments: [Segment]
    ) {
        self.identity = identity
        self.keyID = keyID
        self.previous = previous
        self.continuedFrom = continuedFrom
        self.firstAuthorTime = firstAuthorTime
        self.lastAuthorTime = lastAuthorTime
        self.entryCount = entryCount
        self.segments = segments
    }
}

extension BatchHeader {
    /// Reads stored header bytes.
    ///
    /// - Throws: `ledger.malformedHeader` where the bytes are no header of a version that this program reads.
    package init(bytes: [UInt8]) throws {
        guard bytes.count <= Limits.batchHeaderBytes else { throw Self.malformed("it is too long") }
        guard let message = try? PBBatchHeader(serializedBytes: bytes) else {
            throw Self.malformed("it is not a header")
        }
        let format = PeerNumber.label(message.formatVersion)
        guard format == Self.formatVersion else {
            throw Failure(
                "ledger.formatVersion", "batch format version \(format) is not known here",
                remedy: "upgrade this node")
        }
        guard let author = try? NodeID(message.author),
            let lane = UInt8(exactly: PeerNumber.label(message.lane)).flatMap(Lane.init),
            let keyID = KeyID(bytes: [UInt8](message.keyID))
        else { throw Self.malformed("author, lane or key") }
        guard message.segments.count <= Limits.segmentsPerBatch else {
            throw Self.malformed("it names more segments than the limits allow")
        }
        let chain = ChainIdentity(author: author, incarnation: PeerNumber.label(message.incarnation), lane: lane)
        self.init(
            identity: BatchIdentity(chain: chain, sequence: try PeerNumber.sequence(message.sequence)), keyID: keyID,
            previous: try Self.previous(message),
            continuedFrom: message.hasContinuedFrom
                ? ContinuedChain(
                    incarnation: PeerNumber.label(message.continuedFrom.incarnation),
                    sequence: try PeerNumber.sequence(message.continuedFrom.sequence)) : nil,
            firstAuthorTime: try PeerNumber.time(message.firstAuthorTime),
            lastAuthorTime: try PeerNumber.time(message.lastAuthorTime),
            entryCount: try PeerNumber.count(message.entryCount, atMost: Limits.batchEntries, "a batch's entries"),
            segments: try message.segments.map(Self.segment))
    }

    /// The bytes that are sealed and stored; made once, by the author.
    func encoded() throws -> [UInt8] {
        var message = PBBatchHeader()
        message.formatVersion = Self.formatVersion
        message.author = identity.chain.author.rawValue
        message.incarnation = identity.chain.incarnation
        message.lane = UInt32(identity.chain.lane.rawValue)
        message.sequence = identity.sequence
        message.keyID = Data(keyID.bytes)
        message.previousHeaderHash = Data(previous?.bytes ?? [])
        if let continuedFrom {
            message.continuedFrom.incarnation = continuedFrom.incarnation
            message.continuedFrom.sequence = continuedFrom.sequence
        }
        message.firstAuthorTime = firstAuthorTime.milliseconds
        message.lastAuthorTime = lastAuthorTime.milliseconds
        message.entryCount = UInt32(entryCount)
        message.segments = segments.map { segment in
            var part = PBSegment()
            part.audience = UInt32(segment.audience.rawValue)
            part.holdsPayloads = segment.holdsPayloads
            part.count = UInt32(segment.count)
            part.merkleRoot = Data(segment.root.bytes)
            part.codec = UInt32(segment.codec.rawValue)
            part.length = UInt64(segment.lengthBytes)
            part.packedDigest = Data(segment.packedDigest.bytes)
            return part
        }
        return try message.serializedBytes()
    }

    private static func previous(_ message: PBBatchHeader) throws -> Digest? {
        if message.previousHeaderHash.isEmpty { return nil }
        guard let digest = Digest(bytes: [UInt8](message.previousHeaderHash)) else { throw malformed("previous hash") }
        return digest
    }

    private static func segment(_ part: PBSegment) throws -> Segment {
        guard let audience = UInt8(exactly: PeerNumber.label(part.audience)).flatMap(Audience.init),
            let root = Digest(bytes: [UInt8](part.merkleRoot)),
            let packedDigest = Digest(bytes: [UInt8](part.packedDigest)),
            let codec = UInt8(exactly: PeerNumber.label(part.codec)).flatMap(Codec.init)
        else { throw malformed("a segment") }
        return Segment(
            audience: audience, holdsPayloads: part.holdsPayloads,
            count: try PeerNumber.count(part.count, atMost: Limits.batchEntries, "a segment's records"), root: root,
            codec: codec,
            lengthBytes: try PeerNumber.count(part.length, atMost: Limits.batchBytes * 2, "a segment's length"),
            packedDigest: packedDigest)
    }

    private static func malformed(_ what: String) -> Failure {
        Failure("ledger.malformedHeader", "the batch header cannot be read (\(what))")
    }
}
