package import Effects
import Foundation
import Regions
import SwiftProtobuf
package import Trust
import Wire

/// Some entries of a batch with their Merkle paths under the batch's sealed header.
///
/// An excerpt of one entry is a proof that anybody can check who has the region's configuration: the author sealed
/// exactly this. It says nothing about the rest of the batch.
package struct Excerpt: Sendable, Equatable {
    package struct Record: Sendable, Equatable {
        package var segment: Int
        package var leaf: Int
        package var bytes: [UInt8]
        package var path: [Digest]
    }

    package var header: [UInt8]
    package var seal: [UInt8]
    package var records: [Record]
}

extension Excerpt: ProtobufWireValue {
    package func wire() throws -> PBExcerpt {
        var message = PBExcerpt()
        message.header = Data(header)
        message.seal = Data(seal)
        message.records = records.map { record in
            var part = PBExcerptRecord()
            part.segment = UInt32(record.segment)
            part.leaf = UInt32(record.leaf)
            part.record = Data(record.bytes)
            part.path = record.path.map { Data($0.bytes) }
            return part
        }
        return message
    }

    package init(wire message: PBExcerpt) throws {
        guard message.records.count <= Limits.batchEntries * 2 else {
            throw Failure("ledger.malformedExcerpt", "an excerpt holds more records than a batch can")
        }
        records = try message.records.map { part in
            guard part.path.count <= 64 else { throw Self.malformed }
            let path = try part.path.map { bytes in
                guard let digest = Digest(bytes: [UInt8](bytes)) else { throw Self.malformed }
                return digest
            }
            return Record(
                segment: try PeerNumber.count(part.segment, atMost: Limits.segmentsPerBatch - 1, "a segment's place"),
                leaf: try PeerNumber.count(part.leaf, atMost: Limits.batchEntries, "a record's place"),
                bytes: [UInt8](part.record), path: path)
        }
        header = [UInt8](message.header)
        seal = [UInt8](message.seal)
    }

    static let malformed = Failure("ledger.malformedExcerpt", "the excerpt cannot be read")
}

extension Excerpt {
    /// The same without the records of payloads; still a proof of the headers.
    package func withoutPayloads() throws -> Excerpt {
        let segments = try BatchHeader(bytes: header).segments
        var part = self
        part.records = try records.filter { record in
            guard segments.indices.contains(record.segment) else { throw Self.malformed }
            return !segments[record.segment].holdsPayloads
        }
        return part
    }

    /// Cuts the named entries out of a stored batch.
    ///
    /// - Parameters:
    ///   - indexes: the entries.
    ///   - suite: the region's suite.
    /// - Throws: `ledger.notHeld` where a wanted header is in a segment that this node does not have.
    static func cut(_ batch: SealedBatch, indexes: Set<UInt32>, suite: Suite) throws -> Excerpt {
        let header = try BatchHeader(bytes: batch.header)
        var records: [Record] = []
        var found: Set<UInt32> = []
        for (position, data) in batch.segments.sorted(by: { $0.key < $1.key }) {
            guard header.segments.indices.contains(position) else { throw malformed }
            let facts = header.segments[position]
            let plain = try Compression.decompress(
                data, codec: facts.codec, limitBytes: Limits.segmentDecompressedBytes)
            let stored = try EntryRecord.split(plain, count: facts.count)
            var leaves: [Digest] = []
            var wanted: [Int] = []
            for (leaf, record) in stored.enumerated() {
                let index: UInt32
                if facts.holdsPayloads {
                    let payload = try EntryRecord.decodePayload(record, suite: suite)
                    leaves.append(payload.leaf)
                    index = payload.index
                } else {
                    leaves.append(MerkleTree.leafDigest(record, suite: suite))
                    index = try EntryRecord.decodeHeader(record).index
                    if indexes.contains(index) { found.insert(index) }
                }
                if indexes.contains(index) { wanted.append(leaf) }
            }
            records += try wanted.map { leaf in
                Record(
                    segment: position, leaf: leaf, bytes: stored[leaf],
                    path: try MerkleTree.path(leaves: leaves, index: leaf, suite: suite))
            }
        }
        guard found == indexes else {
            throw Failure("ledger.notHeld", "this node does not hold the entry", place: header.identity.description)
        }
        return Excerpt(header: batch.header, seal: batch.seal, records: records)
    }
}

/// An excerpt whose seal and paths were checked.
package struct InspectedExcerpt: Sendable {
    package var header: BatchHeader
    package var excerpt: Excerpt
    package var entries: [Entry]
    /// The audiences under which the author sealed each entry's header and payload.
    package var audiences: [UInt32: (header: Audience, payload: Audience?)]
}

extension InspectedExcerpt {
    /// The excerpt of one of the entries alone.
    func excerpt(of index: UInt32, suite: Suite) throws -> Excerpt {
        var part = excerpt
        part.records = try excerpt.records.filter { record in
            header.segments[record.segment].holdsPayloads
                ? try EntryRecord.decodePayload(record.bytes, suite: suite).index == index
                : try EntryRecord.decodeHeader(record.bytes).index == index
        }
        return part
    }
}

extension BatchInspector {
    /// Checks an excerpt: the seal of its header and the path of each record to the root of its segment.
    ///
    /// - Throws: as `header(_:)`, and `ledger.badExcerpt` where a record is not under its root.
    package func inspect(_ excerpt: Excerpt, receivedTime: WallTime) throws -> InspectedExcerpt {
        let suite = keys.suite
        let (header, _) = try header(SealedBatch(header: excerpt.header, seal: excerpt.seal, segments: [:]))
        var headers: [UInt32: (EntryRecord.Header, Audience)] = [:]
        var payloads: [UInt32: (EntryRecord.Payload, Audience)] = [:]
        for record in excerpt.records {
            guard header.segments.indices.contains(record.segment) else { throw Excerpt.malformed }
            let facts = header.segments[record.segment]
            let leaf: Digest
            if facts.holdsPayloads {
                let payload = try EntryRecord.decodePayload(record.bytes, suite: suite, audience: facts.audience)
                leaf = payload.leaf
                payloads[payload.index] = (payload, facts.audience)
            } else {
                let entry = try EntryRecord.decodeHeader(record.bytes)
                leaf = MerkleTree.leafDigest(record.bytes, suite: suite)
                headers[entry.index] = (entry, facts.audience)
            }
            let root = MerkleTree.root(
                fromLeaf: leaf, index: record.leaf, count: facts.count, path: record.path, suite: suite)
            guard root == facts.root else {
                throw Failure(
                    "ledger.badExcerpt", "a record does not belong to the sealed batch",
                    place: header.identity.description)
            }
        }
        let entries = try headers.sorted { $0.key < $1.key }.map { index, record in
            try Self.entry(record.0, payloads[index]?.0, header: header, receivedTime: receivedTime)
        }
        let audiences = headers.map { index, record in (index, (header: record.1, payload: payloads[index]?.1)) }
        return InspectedExcerpt(
            header: header, excerpt: excerpt, entries: entries,
            audiences: Dictionary(uniqueKeysWithValues: audiences))
    }
}
