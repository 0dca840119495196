import Calls
import Couriers
import Effects
import Regions
import Trust
import Wire
import YilianTestKit

@testable import Ledgers

/// One entry as a hostile node wants it, field by field.
struct HostileEntry {
    var kind: EntryKind
    var subject: String
    var causes: [EntryID] = []
    /// In milliseconds; where there is none, the time at which it is sealed.
    var authorTime: Int64?
    var fields: [UInt8]
    var headerAudience = Audience.region
    var payload: [UInt8]?
    var payloadAudience = Audience.city
    /// What is done to the header's record before it is sealed.
    var bend: @Sendable ([UInt8]) -> [UInt8] = { $0 }
}

/// A node whose certificate and ledger key somebody has stolen.
///
/// It sits on the node's own link and seals whatever it likes, properly: every signature, root and chain is right. What
/// it sends its neighbour takes for the node's own. Later attacks are written with it: give it entries, deliver them,
/// look at what became of the others.
struct HostileNode {
    let handle: TestNode
    let suite: Suite
    private let random: SeededRandom
    private let incarnation: UInt64
    private var heads: [Lane: (sequence: UInt64, previous: Digest?)] = [:]

    /// - Parameter handle: the node; it runs, because its link is used.
    init(_ handle: TestNode, suite: Suite = .ed25519, seed: UInt64 = 1) {
        self.handle = handle
        self.suite = suite
        random = SeededRandom(seed: seed)
        incarnation = random.next() >> 8
    }

    /// Seals entries as the next batch of its chain and gives it to a neighbour.
    ///
    /// A batch that is refused is not counted: the next one takes its place.
    @discardableResult
    mutating func deliver(
        _ entries: [HostileEntry], to neighbour: NodeID, lane: Lane = .bulk
    ) async throws -> DeliveryReceipt {
        let node = try handle.node
        let batch = try seal(entries, lane: lane, at: node.context.now)
        let desk = try DeskInterface.courier.at(neighbour, node.context.system)
        let delivery = BatchDelivery(batches: [batch])
        let receipt =
            lane == .clinical ? try await desk.deliverClinical(delivery) : try await desk.deliver(delivery)
        if receipt.refusals.isEmpty {
            heads[lane] = (
                (heads[lane]?.sequence ?? 0) + 1, Seal.headerDigest(batch.header, suite: suite)
            )
        }
        return receipt
    }

    /// The identity that an entry of the next batch will have.
    func nextID(_ index: UInt32 = 0, lane: Lane = .bulk) -> EntryID {
        EntryID(batch: nextBatch(lane), index: index)
    }

    private func nextBatch(_ lane: Lane) -> BatchIdentity {
        BatchIdentity(
            chain: ChainIdentity(author: handle.nodeID, incarnation: incarnation, lane: lane),
            sequence: heads[lane]?.sequence ?? 0)
    }

    /// - Parameter time: of the batch, whatever its entries say.
    func seal(_ entries: [HostileEntry], lane: Lane = .bulk, at time: WallTime) throws -> SealedBatch {
        var parts: [Int: (audience: Audience, holdsPayloads: Bool, records: [[UInt8]])] = [:]
        func add(_ record: [UInt8], _ audience: Audience, isPayload: Bool) {
            let slot = Int(audience.rawValue) * 2 + (isPayload ? 1 : 0)
            parts[slot, default: (audience, isPayload, [])].records.append(record)
        }
        for (index, entry) in entries.enumerated() {
            var digest: Digest?
            if let payload = entry.payload {
                let record = EntryRecord.encodePayload(
                    index: UInt32(index), salt: random.bytes(EntryRecord.saltBytes), bytes: payload)
                digest = MerkleTree.leafDigest(record, suite: suite)
                add(record, entry.payloadAudience, isPayload: true)
            }
            let record = EntryRecord.encodeHeader(
                EntryRecord.Header(
                    index: UInt32(index), salt: random.bytes(EntryRecord.saltBytes), kind: entry.kind.rawValue,
                    subject: entry.subject, authorTime: entry.authorTime ?? time.milliseconds, causes: entry.causes,
                    fields: entry.fields, payloadDigest: digest?.bytes ?? []))
            add(entry.bend(record), entry.headerAudience, isPayload: false)
        }
        return try seal(parts.sorted { $0.key < $1.key }.map(\.value), count: entries.count, lane: lane, at: time)
    }

    private func seal(
        _ parts: [(audience: Audience, holdsPayloads: Bool, records: [[UInt8]])], count: Int, lane: Lane,
        at time: WallTime
    ) throws -> SealedBatch {
        var segments: [BatchHeader.Segment] = []
        var data: [Int: [UInt8]] = [:]
        for part in parts {
            let plain = EntryRecord.join(part.records)
            data[segments.count] = plain
            let leaves = part.records.map { MerkleTree.leafDigest($0, suite: suite) }
            segments.append(
                BatchHeader.Segment(
                    audience: part.audience, holdsPayloads: part.holdsPayloads, count: part.records.count,
                    root: MerkleTree.root(leaves: leaves, suite: suite), codec: .none, lengthBytes: plain.count,
                    packedDigest: Seal.segmentDigest(plain, suite: suite)))
        }
        let key = handle.identity.signingKey
        let bytes = try BatchHeader(
            identity: nextBatch(lane), keyID: key.publicKey.id, previous: heads[lane]?.previous,
            continuedFrom: nil, firstAuthorTime: time, lastAuthorTime: time, entryCount: count, segments: segments
        ).encoded()
        return SealedBatch(header: bytes, seal: try key.sign(Seal.message(bytes)), segments: data)
    }
}
