package import Effects
package import Regions
package import Trust
import Wire

/// Who may seal what: the ledger keys that the region configuration binds to nodes.
package protocol KeyDirectory: Sendable {
    var suite: Suite { get }
    /// The key `id` of `node`, if the configuration says that it was in force at `time`.
    func ledgerKey(of node: NodeID, id: KeyID, at time: WallTime) -> PublicKey?
}

/// A batch whose seal and segments were checked.
package struct InspectedBatch: Sendable {
    package var header: BatchHeader
    package var headerDigest: Digest
    package var batch: SealedBatch
    package var entries: [Entry]
    /// Bytes of the present segments after decompression.
    package var rawBytes: Int
}

/// Checks sealed batches without a store: seal, roots, counts, indexes.
package struct BatchInspector: Sendable {
    let keys: any KeyDirectory

    package init(keys: any KeyDirectory) {
        self.keys = keys
    }

    package var suite: Suite { keys.suite }

    /// Checks the seal of a header.
    ///
    /// - Throws: `ledger.unknownKey` where the region configuration does not bind the key to the author at that time,
    ///   `ledger.badSeal` where the signature does not fit.
    package func header(_ batch: SealedBatch) throws -> (header: BatchHeader, digest: Digest) {
        let header = try BatchHeader(bytes: batch.header)
        let place = header.identity.description
        let author = header.identity.chain.author
        guard let key = keys.ledgerKey(of: author, id: header.keyID, at: header.lastAuthorTime) else {
            throw Failure(
                "ledger.unknownKey",
                "the region configuration binds no key \(header.keyID) to \(author) at \(header.lastAuthorTime.chinaText)",
                place: place,
                remedy: "publish a region configuration that has the node's ledger key; for one that had ended: "
                    + "`yilian cert prolong`")
        }
        guard key.verify(signature: batch.seal, message: Seal.message(batch.header)) else {
            throw Failure("ledger.badSeal", "the seal does not fit the header", place: place)
        }
        return (header, Seal.headerDigest(batch.header, suite: keys.suite))
    }

    /// Checks a batch with whatever segments it still has.
    ///
    /// - Throws: as `header(_:)`, and `ledger.badSegment` where a segment is not what the sealed header says.
    package func inspect(_ batch: SealedBatch, receivedTime: WallTime) throws -> InspectedBatch {
        let (header, digest) = try header(batch)
        var headers: [UInt32: (record: EntryRecord.Header, audience: Audience)] = [:]
        var payloads: [UInt32: EntryRecord.Payload] = [:]
        var rawBytes = 0
        for (position, data) in batch.segments.sorted(by: { $0.key < $1.key }) {
            guard header.segments.indices.contains(position) else { throw bad(header, "a segment too many") }
            let facts = header.segments[position]
            let segment = try self.open(data, facts: facts, header: header, rawBytes: &rawBytes)
            for payload in segment.payloads {
                guard payload.index < header.entryCount else { throw bad(header, "an entry too many") }
                guard payloads.updateValue(payload, forKey: payload.index) == nil else { throw bad(header, "twice") }
            }
            for entry in segment.headers {
                let isNew = headers.updateValue((entry, facts.audience), forKey: entry.index) == nil
                guard isNew else { throw bad(header, "twice") }
            }
        }
        let entries = try headers.keys.sorted().compactMap { index -> Entry? in
            guard let found = headers[index] else { return nil }
            var entry = try Self.entry(found.record, payloads[index], header: header, receivedTime: receivedTime)
            entry.headerAudience = found.audience
            return entry
        }
        return InspectedBatch(header: header, headerDigest: digest, batch: batch, entries: entries, rawBytes: rawBytes)
    }

    /// Checks one segment against its root and reads its records, each once.
    private func open(
        _ data: [UInt8], facts: BatchHeader.Segment, header: BatchHeader, rawBytes: inout Int
    ) throws -> (headers: [EntryRecord.Header], payloads: [EntryRecord.Payload]) {
        let isAsSealed =
            data.count == facts.lengthBytes && Seal.segmentDigest(data, suite: keys.suite) == facts.packedDigest
        let plain = try Compression.decompress(
            data, codec: facts.codec, limitBytes: Limits.batchDecompressedBytes - rawBytes)
        rawBytes += plain.count
        let records = try EntryRecord.split(plain, count: facts.count)
        let payloads =
            facts.holdsPayloads
            ? try records.map { try EntryRecord.decodePayload($0, suite: keys.suite, audience: facts.audience) } : []
        let leaves =
            facts.holdsPayloads
            ? payloads.map(\.leaf) : records.map { MerkleTree.leafDigest($0, suite: keys.suite) }
        // Only erasure rewrites a segment: where nothing was erased, the bytes are the author's own.
        guard isAsSealed || (facts.holdsPayloads && records.contains(where: EntryRecord.isErased)) else {
            throw bad(header, "its bytes differ")
        }
        guard MerkleTree.root(leaves: leaves, suite: keys.suite) == facts.root else {
            throw bad(header, "its root differs")
        }
        return (facts.holdsPayloads ? [] : try records.map(EntryRecord.decodeHeader), payloads)
    }

    static func entry(
        _ record: EntryRecord.Header, _ payload: EntryRecord.Payload?, header: BatchHeader, receivedTime: WallTime
    ) throws -> Entry {
        if let payload, payload.leaf.bytes != record.payloadDigest {
            throw Failure(
                "ledger.badSegment", "a payload is not the one that its header names",
                place: header.identity.description)
        }
        return Entry(
            id: EntryID(batch: header.identity, index: record.index), kind: EntryKind(record.kind),
            subject: record.subject, authorTime: WallTime(milliseconds: record.authorTime),
            receivedTime: receivedTime, causes: record.causes, fields: record.fields, payload: payload?.bytes,
            hasPayload: !record.payloadDigest.isEmpty,
            payloadAudience: payload?.bytes == nil ? nil : payload?.audience)
    }

    private func bad(_ header: BatchHeader, _ what: String) -> Failure {
        Failure(
            "ledger.badSegment", "a segment is not what the sealed header says (\(what))",
            place: header.identity.description)
    }
}
