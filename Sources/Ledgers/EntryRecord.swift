import Effects
import Foundation
import Regions
import SwiftProtobuf
import Trust
import Wire

/// The stored form of one entry's header or payload: what Merkle leaves are hashed over.
///
/// Both carry their index and a random 128-bit salt of their own, so that a bare digest tells nothing that could be
/// guessed. A leaf hashes the stored bytes, never a re-encoding.
enum EntryRecord {
    static let saltBytes = 16
    private static let present: UInt8 = 0
    private static let erased: UInt8 = 1

    /// A header record as it was decoded.
    struct Header {
        var index: UInt32
        var message: PBEntryHeader
    }

    /// A payload record; `bytes` is `nil` where the payload was erased and only its leaf is left.
    struct Payload {
        var index: UInt32
        var bytes: [UInt8]?
        var leaf: Digest
    }

    static func encodePayload(index: UInt32, salt: [UInt8], bytes: [UInt8]) -> [UInt8] {
        var record: [UInt8] = [present]
        record.reserveCapacity(21 + bytes.count)
        appendBigEndian(index, to: &record)
        record += salt
        record += bytes
        return record
    }

    static func encodeErasedPayload(index: UInt32, leaf: Digest) -> [UInt8] {
        var record: [UInt8] = [erased]
        appendBigEndian(index, to: &record)
        return record + leaf.bytes
    }

    /// Whether a payload record holds only the leaf of what was erased.
    static func isErased(_ record: [UInt8]) -> Bool { record.first == erased }

    static func decodePayload(_ record: [UInt8], suite: Suite) throws -> Payload {
        guard record.count >= 5 else { throw malformed }
        let index = record[1...4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        switch record[0] {
        case present:
            guard record.count >= 5 + saltBytes, record.count <= 5 + saltBytes + Limits.entryPayloadBytes else {
                throw malformed
            }
            return Payload(
                index: index, bytes: Array(record[(5 + saltBytes)...]),
                leaf: MerkleTree.leafDigest(record, suite: suite))
        case erased:
            guard let leaf = Digest(bytes: Array(record[5...])) else { throw malformed }
            return Payload(index: index, bytes: nil, leaf: leaf)
        default:
            throw malformed
        }
    }

    static func decodeHeader(_ record: [UInt8]) throws -> Header {
        guard record.count <= Limits.entryHeaderBytes, let message = try? PBEntryHeader(serializedBytes: record),
            message.salt.count == saltBytes, message.index < Limits.batchEntries
        else { throw malformed }
        return Header(index: message.index, message: message)
    }

    /// Joins records to the plain bytes of a segment: each with its length, 4 bytes, big-endian.
    static func join(_ records: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(records.reduce(0) { $0 + $1.count + 4 })
        for record in records {
            appendBigEndian(UInt32(record.count), to: &bytes)
            bytes += record
        }
        return bytes
    }

    static func split(_ bytes: [UInt8], count: Int) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        records.reserveCapacity(count)
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= 4, records.count < count else { throw malformed }
            let length = bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }
            offset += 4
            guard length <= bytes.count - offset else { throw malformed }
            records.append(Array(bytes[offset..<(offset + length)]))
            offset += length
        }
        guard records.count == count else { throw malformed }
        return records
    }

    private static func appendBigEndian(_ value: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    static let malformed = Failure("ledger.malformedRecord", "a record of a segment cannot be read")
}

extension EntryID {
    init(wire message: PBEntryReference) throws {
        guard let author = try? NodeID(message.author), let lane = UInt8(exactly: message.lane).flatMap(Lane.init)
        else {
            throw Failure("ledger.malformedReference", "a reference to an entry cannot be read")
        }
        let chain = ChainIdentity(author: author, incarnation: message.incarnation, lane: lane)
        self.init(batch: BatchIdentity(chain: chain, sequence: message.sequence), index: message.index)
    }

    var wire: PBEntryReference {
        var message = PBEntryReference()
        message.author = author.rawValue
        message.incarnation = batch.chain.incarnation
        message.lane = UInt32(batch.chain.lane.rawValue)
        message.sequence = batch.sequence
        message.index = index
        return message
    }
}
