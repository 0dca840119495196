import Calls
import Effects
import Ledgers
import Logging
import Regions
import Wire

/// Serves one neighbour while its link is up: brings it what it is entitled to until it has acknowledged everything.
///
/// The receiver's own positions say where to go on, so nothing is lost and nothing is sent for nothing after a cut, a
/// crash or a restore. Clinical and bulk chains, granted entries and documents are served side by side; memory is bounded
/// by what each of them has on its way.
struct CourierRun: Sendable {
    let neighbour: NodeID
    let ledger: Ledger
    let region: any RegionView
    let world: World
    let logger: Logger
    let board: CourierBoard
    let peer: any CourierCalls
    let onCodecs: @Sendable (NodeID, [Codec]) -> Void

    /// Runs until the task is cancelled or the link fails.
    func run() async throws {
        let theirs = try await theirPositions()
        try await recoverOwnChains(theirs)
        try await settle(theirs)
        await board.connected(neighbour)
        let version = ledger.advances.version
        let due = try await due(theirs)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in [Lane.clinical, Lane.bulk] {
                let mine = due.filter { $0.mine.chain.lane == lane }
                group.addTask { try await LaneDelivery(lane: lane, run: self).serve(mine, since: version) }
            }
            group.addTask { try await serveParcels() }
            group.addTask { try await AttachmentTransfer(run: self).serve() }
            try await group.next()
            group.cancelAll()
        }
    }

    /// How far the neighbour's chains go, page by page.
    ///
    /// - Throws: `courier.positions` where its pages do not end.
    private func theirPositions() async throws -> [ChainPosition] {
        var all: [ChainPosition] = []
        var after: [ChainPosition] = []
        for _ in 0..<Limits.positionPages {
            let page = try await peer.positions(after)
            guard let last = page.last else { return all }
            guard last.chain != after.last?.chain else { break }
            all += page
            after = [last]
        }
        throw Failure("courier.positions", "the neighbour's list of its chains has no end", place: neighbour.rawValue)
    }

    /// What the neighbour has counts as acknowledged, whoever brought it: what it gave back after a restore, too.
    private func settle(_ theirs: [ChainPosition]) async throws {
        let reached = Dictionary(theirs.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        let route = CourierRoute(node: ledger.node, tree: region.tree(at: world.time.wallTime))
        let neighbour = neighbour
        let changed = try await ledger.settleDeliveries(to: neighbour, theirs: reached) {
            route.carries($0, to: neighbour)
        }
        board.acknowledged(changed, by: neighbour)
    }

    /// Takes back what the neighbour holds of this node's own chains and this node does not (after a restore).
    private func recoverOwnChains(_ theirs: [ChainPosition]) async throws {
        let mine = Dictionary(
            uniqueKeysWithValues: try await ledger.positions().map { ($0.chain, $0.nextSequence) })
        for position in theirs where position.chain.author == ledger.node {
            let next = mine[position.chain] ?? 0
            guard next < position.nextSequence else { continue }
            logger.warning(
                "taking back batches that this node has lost",
                metadata: ["chain": "\(position.chain)", "from": "\(next)", "to": "\(position.nextSequence)"])
            do {
                try await recover(position, from: next)
            } catch let failure as Failure where !failure.code.rawValue.hasPrefix("call.") && !failure.endsTheStore {
                // One chain that does not come back keeps nothing else from being delivered.
                logger.error(
                    "a lost chain was not taken back",
                    metadata: [
                        "chain": "\(position.chain)", "code": "\(failure.code)", "reason": "\(failure.message)",
                    ])
            }
        }
    }

    private func recover(_ position: ChainPosition, from first: UInt64) async throws {
        var next = first
        while next < position.nextSequence {
            let delivery = try await peer.giveBack(ChainPosition(chain: position.chain, nextSequence: next))
            let now = world.time.wallTime
            let batches = try delivery.batches.map { try ledger.inspector.inspect($0, receivedTime: now) }
            guard !batches.isEmpty else { return }
            let receipt = try await ledger.ingest(batches, lane: position.chain.lane)
            let reached = receipt.positions.first { $0.chain == position.chain }?.nextSequence ?? next
            guard reached > next else { return }
            next = reached
        }
    }

    /// The chains that go further here than at the neighbour, and each author's newest, which is what grows.
    private func due(_ theirs: [ChainPosition]) async throws -> [(mine: ChainPosition, acknowledged: UInt64)] {
        let reached = Dictionary(theirs.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        // In the order of author and incarnation.
        let positions = try await ledger.positions()
        var newest: [LaneOfAuthor: ChainIdentity] = [:]
        for position in positions { newest[LaneOfAuthor(position.chain)] = position.chain }
        return positions.compactMap { mine in
            let acknowledged = reached[mine.chain] ?? 0
            let isNewest = newest[LaneOfAuthor(mine.chain)] == mine.chain
            return acknowledged < mine.nextSequence || isNewest ? (mine, acknowledged) : nil
        }
    }

    private struct LaneOfAuthor: Hashable {
        var author: NodeID
        var lane: Lane

        init(_ chain: ChainIdentity) {
            author = chain.author
            lane = chain.lane
        }
    }

    func note(_ receipt: DeliveryReceipt, chain: ChainIdentity) {
        if !receipt.codecs.isEmpty { onCodecs(neighbour, receipt.codecs) }
        for refusal in receipt.refusals {
            logger.error(
                "the neighbour refused a batch",
                metadata: [
                    "neighbour": "\(neighbour)", "batch": "\(refusal.batch)", "code": "\(refusal.code)",
                    "reason": "\(refusal.message)",
                ])
        }
        board.refusals(receipt.refusals, chain: chain, by: neighbour)
        for entry in receipt.setAside {
            logger.error(
                "the neighbour set an entry aside",
                metadata: ["neighbour": "\(neighbour)", "entry": "\(entry.entry)", "reason": "\(entry.reason)"])
        }
    }

    private func serveParcels() async throws {
        var waiting = WaitingParcels()
        var configuration = region.version
        var mark = try await reopenLostParcels()
        // Where each recipient's next page begins: what is refused, however much of it, keeps nothing behind it waiting.
        var places: [NodeID: Parcels.Waiting] = [:]
        let changes = ledger.parcelChanges
        while true {
            let seen = changes.count
            let route = CourierRoute(node: ledger.node, tree: region.tree(at: world.time.wallTime))
            let recipients = try await ledger.parcelRecipients(since: seen)
            if region.version != configuration {
                // What was refused may be taken by a newer one.
                configuration = region.version
                waiting.forgive()
            }
            waiting.lookAgain(at: world.time.monotonicTime)
            var sent = 0
            var next: [NodeID: Parcels.Waiting] = [:]
            for recipient in recipients where route.nextHop(to: recipient) == neighbour {
                let place = places[recipient]
                let page = try await ledger.read { sql in
                    try Parcels.waiting(for: recipient, after: place, limit: Limits.courierBatchesPerCall, in: sql)
                }
                if page.count == Limits.courierBatchesPerCall { next[recipient] = page.last }
                mark = mark < UInt64(Int64.max) ? mark + 1 : mark
                sent += try await send(page.filter { !waiting.contains($0) }, mark: mark, waiting: &waiting)
            }
            places = next
            if sent == 0, places.isEmpty {
                let pause = waiting.pauseMilliseconds(at: world.time.monotonicTime)
                await changes.wait(since: seen, orMilliseconds: pause, time: world.time)
            }
            try Task.checkCancellation()
        }
    }

    /// Sends one call's worth of parcels; what is refused or not held waits.
    private func send(_ parcels: [Parcels.Waiting], mark: UInt64, waiting: inout WaitingParcels) async throws -> Int {
        var (packed, delivery, missing, lost) = try await pack(parcels)
        if !lost.isEmpty { try await give(up: lost) }
        delivery.mark = mark
        let taken = packed.isEmpty ? [] : Set(try await peer.deliverParcels(delivery))
        let delivered = packed.enumerated().filter { taken.contains(UInt32($0.offset)) }.map(\.element)
        waiting.refuse(
            packed.enumerated().filter { !taken.contains(UInt32($0.offset)) }.map(\.element),
            at: world.time.monotonicTime)
        let untold = waiting.miss(missing, at: world.time.monotonicTime)
        if let first = untold.first {
            logger.warning(
                "granted entries are not held here yet",
                metadata: [
                    "entries": "\(untold.count)", "first": "\(first.entry)", "recipient": "\(first.recipient)",
                ])
        }
        guard !delivered.isEmpty else { return 0 }
        let now = world.time.wallTime
        try await ledger.write(lane: .clinical) { transaction in
            for parcel in delivered {
                try Parcels.markDelivered(parcel, at: now, via: neighbour, mark: mark, in: transaction.sql)
            }
        }
        return delivered.count
    }

    /// Forgets parcels that can never be sent, so that nobody looks for them for ever.
    private func give(up lost: [Parcels.Waiting]) async throws {
        try await ledger.write(lane: .clinical) { transaction in
            for parcel in lost { try Parcels.forget(parcel, in: transaction.sql) }
        }
        for parcel in lost {
            logger.warning(
                "a granted entry is not sent: it was lost with this node's disk, or has not come in all the time",
                metadata: ["entry": "\(parcel.entry)", "recipient": "\(parcel.recipient)"])
        }
    }

    /// Lets parcels wait again that the neighbour's disk does not hold any more: it was put back to an older state.
    ///
    /// - Returns: the number after which deliveries go on.
    private func reopenLostParcels() async throws -> UInt64 {
        let known: UInt64
        do {
            known = try await peer.parcelMark()
        } catch let failure as Failure where failure.code == "call.unknownMethod" {
            // An older neighbour does not count; what it lost is not known.
            return try await ledger.read { try Parcels.lastMark(via: neighbour, in: $0) }
        }
        let (count, mark) = try await ledger.write(lane: .clinical) { transaction in
            try Parcels.reopen(via: neighbour, after: known, in: transaction.sql)
        }
        if count > 0 {
            logger.warning(
                "a neighbour has lost parcels; they are sent again",
                metadata: ["neighbour": "\(neighbour)", "parcels": "\(count)"])
        }
        return mark
    }
}

extension CourierRun {
    /// What a grant lets its recipient have of an entry: without its payload where the grant says so.
    private func excerpt(of parcel: Parcels.Waiting) async throws -> Excerpt {
        let excerpt = try await ledger.excerpt(of: parcel.entry)
        guard let grant = try await ledger.entry(parcel.grant), try Grant(fields: grant.fields).isHeadersOnly else {
            return excerpt
        }
        return try excerpt.withoutPayloads()
    }

    /// Cuts the excerpts, as many as one call carries; at least one.
    ///
    /// - Returns: besides, what does not lie here yet, and what is not waited for any more.
    private func pack(
        _ parcels: [Parcels.Waiting]
    ) async throws -> (
        packed: [Parcels.Waiting], delivery: ParcelDelivery, missing: [Parcels.Waiting], lost: [Parcels.Waiting]
    ) {
        var (packed, lost): ([Parcels.Waiting], [Parcels.Waiting]) = ([], [])
        let now = world.time.wallTime
        var missing: [Parcels.Waiting] = []
        var delivery = ParcelDelivery(parcels: [])
        var bytes = 0
        for parcel in parcels {
            do {
                let item = ParcelDelivery.Parcel(
                    recipient: parcel.recipient, excerpt: try await excerpt(of: parcel),
                    grant: try await ledger.excerpt(of: parcel.grant))
                let size = try item.excerpt.wireBytes().count + item.grant.wireBytes().count
                if bytes > 0, bytes + size > Limits.courierBytesPerCall { break }
                bytes += size
                delivery.parcels.append(item)
                packed.append(parcel)
            } catch let failure as Failure where failure.code == "ledger.notHeld" {
                var isOver = now.milliseconds(since: parcel.since) > Limits.grantedEntryMilliseconds
                if !isOver { isOver = try await ledger.hasLost(parcel.entry) }
                if isOver { lost.append(parcel) } else { missing.append(parcel) }
            }
        }
        return (packed, delivery, missing, lost)
    }
}
