package import Effects
import Foundation
import SwiftProtobuf
package import Trust
package import Wire

/// Turns the entries of one commit into a sealed batch: cut by audience, salted, compressed once, signed once.
package struct BatchSealer: Sendable {
    let suite: Suite
    let key: SigningKey
    let random: any RandomSource
    let codec: Codec
    let level: Int

    package init(suite: Suite, key: SigningKey, random: any RandomSource, codec: Codec, level: Int) {
        self.suite = suite
        self.key = key
        self.random = random
        self.codec = codec
        self.level = level
    }

    /// An entry that has its place and waits for its seal.
    package struct Waiting: Sendable {
        var id: EntryID
        var draft: EntryDraft
        var time: WallTime

        package init(id: EntryID, draft: EntryDraft, time: WallTime) {
            self.id = id
            self.draft = draft
            self.time = time
        }
    }

    /// A sealed batch and what the author needs to go on.
    package struct Result: Sendable {
        package var batch: SealedBatch
        package var header: BatchHeader
        package var headerDigest: Digest
        /// Bytes of all segments before compression.
        var rawBytes: Int
    }

    private struct Part {
        var audience: Audience
        var holdsPayloads: Bool
        var records: [[UInt8]] = []
    }

    /// Seals `entries`, which share a batch identity and stand in the order of their indexes.
    package func seal(
        _ entries: [Waiting], identity: BatchIdentity, previous: Digest?, continuedFrom: BatchHeader.ContinuedChain?
    ) throws -> Result {
        var segments: [BatchHeader.Segment] = []
        var data: [Int: [UInt8]] = [:]
        var rawBytes = 0
        for part in try cut(entries) {
            let plain = EntryRecord.join(part.records)
            rawBytes += plain.count
            let packed = try compressed(plain)
            data[segments.count] = packed.bytes
            let root = MerkleTree.root(
                leaves: part.records.map { MerkleTree.leafDigest($0, suite: suite) }, suite: suite)
            segments.append(
                BatchHeader.Segment(
                    audience: part.audience, holdsPayloads: part.holdsPayloads, count: part.records.count, root: root,
                    codec: packed.codec, lengthBytes: packed.bytes.count,
                    packedDigest: Seal.segmentDigest(packed.bytes, suite: suite)))
        }
        let times = entries.map(\.time)
        let header = BatchHeader(
            identity: identity, keyID: key.publicKey.id, previous: previous, continuedFrom: continuedFrom,
            firstAuthorTime: times.min() ?? .epoch, lastAuthorTime: times.max() ?? .epoch, entryCount: entries.count,
            segments: segments)
        let bytes = try header.encoded()
        return Result(
            batch: SealedBatch(header: bytes, seal: try key.sign(Seal.message(bytes)), segments: data), header: header,
            headerDigest: Seal.headerDigest(bytes, suite: suite), rawBytes: rawBytes)
    }

    private func cut(_ entries: [Waiting]) throws -> [Part] {
        var parts: [Int: Part] = [:]
        func add(_ record: [UInt8], _ audience: Audience, payload: Bool) {
            let slot = Int(audience.rawValue) * 2 + (payload ? 1 : 0)
            parts[slot, default: Part(audience: audience, holdsPayloads: payload)].records.append(record)
        }
        let salts = random.bytes(entries.count * 2 * EntryRecord.saltBytes)
        for (position, entry) in entries.enumerated() {
            let start = position * 2 * EntryRecord.saltBytes
            let middle = start + EntryRecord.saltBytes
            var payloadDigest: Digest?
            if let payload = entry.draft.payload {
                let record = EntryRecord.encodePayload(
                    index: entry.id.index, salt: Array(salts[start..<middle]), bytes: payload)
                payloadDigest = MerkleTree.leafDigest(record, suite: suite)
                add(record, entry.draft.payloadAudience, payload: true)
            }
            let header = EntryRecord.Header(
                index: entry.id.index, salt: Array(salts[middle..<(middle + EntryRecord.saltBytes)]),
                kind: entry.draft.kind.rawValue,
                subject: entry.draft.subject, authorTime: entry.time.milliseconds, causes: entry.draft.causes,
                fields: entry.draft.fields, payloadDigest: payloadDigest?.bytes ?? [])
            add(EntryRecord.encodeHeader(header), entry.draft.headerAudience, payload: false)
        }
        return parts.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Compresses a segment, or leaves it as it is where that is smaller.
    private func compressed(_ plain: [UInt8]) throws -> (bytes: [UInt8], codec: Codec) {
        guard codec != .none else { return (plain, .none) }
        let packed = try Compression.compress(plain, codec: codec, level: level)
        return packed.count < plain.count ? (packed, codec) : (plain, .none)
    }
}

/// What a seal signs and how headers are chained; each under a prefix of its own.
enum Seal {
    private static let context = Array("yilian batch seal 1\n".utf8)
    private static let chainPrefix: [UInt8] = [0x02]
    private static let segmentPrefix: [UInt8] = [0x03]

    static func message(_ header: [UInt8]) -> [UInt8] { context + header }

    static func headerDigest(_ header: [UInt8], suite: Suite) -> Digest {
        suite.digest(chainPrefix + header)
    }

    static func segmentDigest(_ packed: [UInt8], suite: Suite) -> Digest {
        suite.digest(parts: [segmentPrefix, packed])
    }
}
