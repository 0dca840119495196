import Effects
import Regions
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

    /// A header record (`EntryHeader` in ledger.proto).
    struct Header {
        var index: UInt32 = 0
        var salt: [UInt8] = []
        var kind: UInt32 = 0
        var subject = ""
        var authorTime: Int64 = 0
        var causes: [EntryID] = []
        var fields: [UInt8] = []
        /// Leaf of the payload's record; empty where the entry has no payload.
        var payloadDigest: [UInt8] = []
    }

    /// A payload record; `bytes` is `nil` where the payload was erased and only its leaf is left.
    struct Payload {
        var index: UInt32
        var bytes: [UInt8]?
        var leaf: Digest
        /// That of its segment.
        var audience: Audience?
    }

    static func encodePayload(index: UInt32, salt: [UInt8], bytes: [UInt8]) -> [UInt8] {
        var record: [UInt8] = [present]
        record.reserveCapacity(21 + bytes.count)
        appendBigEndian(index, to: &record)
        record += salt
        record += bytes
        return record
    }

    /// Whether a payload record holds only the leaf of what was erased.
    static func isErased(_ record: [UInt8]) -> Bool { record.first == erased }

    static func decodePayload(
        _ record: [UInt8], suite: Suite, audience: Audience? = nil
    ) throws -> Payload {
        guard record.count >= 5 else { throw malformed }
        let index = UInt32(record[1]) << 24 | UInt32(record[2]) << 16 | UInt32(record[3]) << 8 | UInt32(record[4])
        switch record[0] {
        case present:
            guard record.count >= 5 + saltBytes, record.count <= 5 + saltBytes + Limits.entryPayloadBytes else {
                throw malformed
            }
            return Payload(
                index: index, bytes: Array(record[(5 + saltBytes)...]),
                leaf: MerkleTree.leafDigest(record, suite: suite), audience: audience)
        case erased:
            guard let leaf = Digest(bytes: Array(record[5...])) else { throw malformed }
            return Payload(index: index, bytes: nil, leaf: leaf)
        default:
            throw malformed
        }
    }

    static func encodeHeader(_ header: Header) -> [UInt8] {
        var writer = ProtobufWriter(reservingBytes: 128 + header.subject.utf8.count + header.fields.count)
        writer.integer(1, UInt64(header.index))
        writer.data(2, header.salt)
        writer.integer(3, UInt64(header.kind))
        writer.text(4, header.subject)
        writer.integer(5, header.authorTime)
        for cause in header.causes {
            writer.message(6) { writer in
                writer.text(1, cause.author.rawValue)
                writer.fixed64(2, cause.batch.chain.incarnation)
                writer.integer(3, UInt64(cause.batch.chain.lane.rawValue))
                writer.integer(4, cause.batch.sequence)
                writer.integer(5, UInt64(cause.index))
            }
        }
        writer.data(7, header.fields)
        writer.data(8, header.payloadDigest)
        return writer.bytes
    }

    static func decodeHeader(_ record: [UInt8]) throws -> Header {
        guard record.count <= Limits.entryHeaderBytes,
            let header = try? ProtobufReader.read(record, { try readHeader(&$0) }),
            header.salt.count == saltBytes, header.index < Limits.batchEntries
        else { throw malformed }
        return header
    }

    private static func readHeader(_ reader: inout ProtobufReader) throws -> Header {
        var header = Header()
        while let field = try reader.next() {
            switch field.number {
            case 1: header.index = PeerNumber.label(reader.integer32(field)) ?? header.index
            case 2: header.salt = reader.data(field) ?? header.salt
            case 3: header.kind = PeerNumber.label(reader.integer32(field)) ?? header.kind
            case 4: header.subject = try reader.text(field) ?? header.subject
            case 5: header.authorTime = try reader.time(field)?.milliseconds ?? header.authorTime
            case 6:
                guard header.causes.count < Limits.entryCauses else { throw malformed }
                if let cause = reader.message(field) { header.causes.append(try reference(cause)) }
            case 7: header.fields = reader.data(field) ?? header.fields
            case 8: header.payloadDigest = reader.data(field) ?? header.payloadDigest
            default: continue
            }
        }
        return header
    }

    private static func reference(_ reader: ProtobufReader) throws -> EntryID {
        var reader = reader
        var message = PBEntryReference()
        while let field = try reader.next() {
            switch field.number {
            case 1: message.author = try reader.text(field) ?? message.author
            case 2: message.incarnation = PeerNumber.label(reader.fixed64(field)) ?? 0
            case 3: message.lane = PeerNumber.label(reader.integer32(field)) ?? 0
            case 4: message.sequence = PeerNumber.label(reader.integer(field)) ?? 0
            case 5: message.index = PeerNumber.label(reader.integer32(field)) ?? 0
            default: continue
            }
        }
        return try EntryID(wire: message)
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
            let length =
                Int(bytes[offset]) << 24 | Int(bytes[offset + 1]) << 16 | Int(bytes[offset + 2]) << 8
                | Int(bytes[offset + 3])
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
        guard let author = try? NodeID(message.author),
            let lane = UInt8(exactly: PeerNumber.label(message.lane)).flatMap(Lane.init)
        else {
            throw Failure("ledger.malformedReference", "a reference to an entry cannot be read")
        }
        let chain = ChainIdentity(author: author, incarnation: PeerNumber.label(message.incarnation), lane: lane)
        let index = try PeerNumber.count(
            message.index, atMost: Limits.batchEntries, "the place of an entry in its batch")
        self.init(
            batch: BatchIdentity(chain: chain, sequence: try PeerNumber.sequence(message.sequence)),
            index: UInt32(index))
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
