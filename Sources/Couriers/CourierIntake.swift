package import Effects
package import Ledgers
package import Logging
package import Regions
import Trust
import Wire

/// Takes in what neighbours deliver: checks who may send what, checks the batches, stores them.
///
/// One bad batch is refused with its reason; the others of the delivery are taken.
package struct CourierIntake: Sendable {
    private let ledger: Ledger
    private let region: any RegionView
    private let world: World
    private let logger: Logger
    private let orders: [Lane: IntakeOrder]

    package init(ledger: Ledger, region: any RegionView, world: World, logger: Logger) {
        self.ledger = ledger
        self.region = region
        self.world = world
        self.logger = logger
        orders = Dictionary(
            uniqueKeysWithValues: Lane.allCases.map {
                ($0, IntakeOrder(places: Limits.deliveriesOpen, time: world.time))
            })
    }

    /// Stores a delivery.
    ///
    /// - Parameter sender: the neighbour, by its certificate; `nil` for a file that an operator imports: then what a
    ///   child may send is taken.
    /// - Returns: the positions after full synchronisation: the acknowledgement.
    package func take(_ delivery: BatchDelivery, from sender: NodeID?) async throws -> DeliveryReceipt {
        guard let first = delivery.batches.lazy.compactMap({ try? BatchHeader(bytes: $0.header).identity }).first,
            let order = orders[first.chain.lane]
        else { return try await take(delivery, from: sender, beforeStoring: {}) }
        let ticket = order.enter(chain: first.chain, first: first.sequence)
        defer { order.leave(ticket) }
        try await order.waitForPlace(ticket)
        return try await take(delivery, from: sender) {
            // A file has nothing on its way behind it.
            guard sender != nil else { return }
            try await order.waitForPredecessor(ticket) { try await ledger.nextSequence(of: first.chain) }
        }
    }

    private func take(
        _ delivery: BatchDelivery, from sender: NodeID?, beforeStoring: () async throws -> Void
    ) async throws -> DeliveryReceipt {
        let now = world.time.wallTime
        let tree = region.tree(at: now)
        var receipt = DeliveryReceipt(positions: [], refusals: [], setAside: [])
        var accepted: [Lane: [InspectedBatch]] = [:]
        var openBytes = 0
        for batch in delivery.batches {
            do {
                let header = try BatchHeader(bytes: batch.header)
                try checkSender(sender, of: header.identity.chain, tree: tree)
                let mine = try withoutForeignSegments(batch, author: header.identity.chain.author, tree: tree)
                let opened = try ledger.inspector.inspect(mine, receivedTime: now)
                accepted[header.identity.chain.lane, default: []].append(opened)
                openBytes += opened.rawBytes
                if openBytes > Limits.batchDecompressedBytes {
                    try await beforeStoring()
                    try await store(accepted, in: &receipt)
                    accepted = [:]
                    openBytes = 0
                }
            } catch let failure as Failure where !failure.endsTheStore {
                refuse(batch, failure, from: sender, in: &receipt)
            }
        }
        if !accepted.isEmpty { try await beforeStoring() }
        try await store(accepted, in: &receipt)
        return receipt
    }

    private func store(_ accepted: [Lane: [InspectedBatch]], in receipt: inout DeliveryReceipt) async throws {
        for (lane, batches) in accepted.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let taken = try await ledger.ingest(batches, lane: lane)
            // A chain that is stored in two steps counts with the later position.
            let chains = Set(taken.positions.map(\.chain))
            receipt.positions.removeAll { chains.contains($0.chain) }
            receipt.positions += taken.positions
            receipt.setAside += taken.setAside.map {
                DeliveryReceipt.SetAside(entry: $0.entry.description, reason: $0.reason)
            }
            for (identity, outcome) in taken.outcomes { note(identity, outcome, in: &receipt) }
        }
    }

    /// Stores parcels and passes on those that are for somebody else.
    ///
    /// - Returns: the positions of those that were taken; the others are logged with their reason, and come again.
    package func take(_ delivery: ParcelDelivery, from sender: NodeID) async throws -> [UInt32] {
        var checked: [CheckedParcel] = []
        var proofs: [InspectedExcerpt] = []
        var taken: [UInt32] = []
        for (position, parcel) in delivery.parcels.enumerated() {
            do {
                let (excerpt, proof) = try await check(parcel)
                checked.append(excerpt)
                proofs.append(proof)
                taken.append(UInt32(position))
            } catch let failure as Failure where !failure.endsTheStore {
                logger.error(
                    "parcel refused",
                    metadata: ["sender": "\(sender)", "code": "\(failure.code)", "reason": "\(failure.message)"])
            }
        }
        try await ledger.ingest(parcels: checked, proofs: proofs, delivery: (sender, delivery.mark))
        return taken
    }

    private typealias CheckedParcel = (excerpt: InspectedExcerpt, grant: EntryID, recipient: NodeID)

    /// Checks that a grant of somebody who may give it names this entry for this recipient.
    ///
    /// - Returns: the parcel, and the proof of its grant: whoever passes the parcel on must be able to show it.
    private func check(
        _ parcel: ParcelDelivery.Parcel
    ) async throws -> (parcel: CheckedParcel, proof: InspectedExcerpt) {
        let now = world.time.wallTime
        let tree = region.tree(at: now)
        let excerpt = try ledger.inspector.inspect(parcel.excerpt, receivedTime: now)
        let proof = try ledger.inspector.inspect(parcel.grant, receivedTime: now)
        guard let entry = proof.entries.first(where: { $0.kind == .grant }) else {
            throw Failure("courier.noGrant", "a parcel came without the grant that it rests on")
        }
        let grant = try Grant(fields: entry.fields)
        guard grant.recipients.contains(parcel.recipient) else { throw Self.notNamed }
        guard tree.tier(of: parcel.recipient) != nil else {
            throw Failure("courier.noRecipient", "a parcel is for a node that this one does not know")
        }
        for item in excerpt.entries where !grant.entries.contains(item.id) {
            guard try await follows(item, grant) else { throw Self.notNamed }
        }
        for item in excerpt.entries where item.author != entry.author {
            // Who was given a header alone has no payload to give.
            let audiences = excerpt.audiences[item.id.index]
            let audience = item.payload == nil ? audiences?.header : audiences?.payload
            guard (audience ?? .own).reaches(entry.author, from: item.author, in: tree) else {
                throw Failure("courier.noGrant", "\(entry.author) may not grant an entry that it was not given")
            }
        }
        return ((excerpt, entry.id, parcel.recipient), proof)
    }

    /// Whether an entry is what the author of a granted one said later about the same subject, a void for example.
    ///
    /// The granted entry must lie here: a node that has not been given it learns nothing about its subject.
    private func follows(_ item: Entry, _ grant: Grant) async throws -> Bool {
        guard !item.causes.isEmpty else { return false }
        for id in grant.entries where id.author == item.author {
            guard let granted = try await ledger.entry(id) else { continue }
            if granted.kind == item.kind, granted.subject == item.subject { return true }
        }
        return false
    }

    private static let notNamed = Failure(
        "courier.noGrant", "the grant does not name this entry for this recipient")

    /// A child brings its own chains and those from below it; a parent brings the root's.
    private func checkSender(_ sender: NodeID?, of chain: ChainIdentity, tree: ManagementTree) throws {
        let author = chain.author
        if let sender {
            if tree.parent(of: sender) == ledger.node, author == sender || tree.isAncestor(sender, of: author) {
                return
            }
            if tree.parent(of: ledger.node) == sender, author == tree.root || author == ledger.node { return }
        } else if tree.isAncestor(ledger.node, of: author) || author == tree.root || author == ledger.node {
            return
        }
        throw Failure(
            "courier.notEntitled", "the sender may not bring batches of \(author)", place: chain.description,
            remedy: "check the management tree in the region configuration")
    }

    /// Segments that are not meant for this node are dropped unread: a sender that prunes badly leaks nothing further.
    private func withoutForeignSegments(
        _ batch: SealedBatch, author: NodeID, tree: ManagementTree
    ) throws -> SealedBatch {
        let mine = try batch.pruned { ledger.audienceRule.reaches($0.audience, ledger.node, author, tree) }
        if mine.segments.count < batch.segments.count {
            logger.warning("segments dropped that are not meant for this node", metadata: ["author": "\(author)"])
        }
        return mine
    }

    private func refuse(
        _ batch: SealedBatch, _ failure: Failure, from sender: NodeID?, in receipt: inout DeliveryReceipt
    ) {
        let name = (try? BatchHeader(bytes: batch.header).identity.description) ?? "unreadable"
        logger.error(
            "batch refused",
            metadata: [
                "batch": "\(name)", "sender": "\(sender?.rawValue ?? "file")", "code": "\(failure.code)",
                "reason": "\(failure.message)",
            ])
        receipt.refusals.append(.init(batch: name, code: failure.code.rawValue, message: failure.message))
    }

    private func note(_ identity: BatchIdentity, _ outcome: IngestOutcome, in receipt: inout DeliveryReceipt) {
        let failure: Failure
        switch outcome {
        case .stored, .duplicate, .gap:
            return
        case .fork:
            failure = Failure("ledger.fork", "two batches carry this identity; both are kept, the author's bulk stops")
        case .brokenChain:
            failure = Failure("ledger.brokenChain", "the batch does not follow from the header before it")
        case .blocked(let reason):
            failure = Failure("ledger.blocked", "the author's chain is stopped (\(reason))")
        }
        logger.error(
            "batch not taken",
            metadata: ["batch": "\(identity)", "code": "\(failure.code)", "reason": "\(failure.message)"])
        receipt.refusals.append(
            .init(batch: identity.description, code: failure.code.rawValue, message: failure.message))
    }
}
