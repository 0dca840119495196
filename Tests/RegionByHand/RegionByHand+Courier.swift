import Couriers
import Effects
import Ledgers
import Regions
import ServiceKit
import Storage

/// What couriers do, by hand.
extension RegionByHand {
    /// Brings everything to everybody who is entitled to it, as couriers do, and lets everybody do what is due, until
    /// nothing moves any more.
    package func settle() async throws {
        for _ in 0..<20 {
            let before = try await total()
            for member in running { try await round(member) }
            try await deliver()
            if try await total() == before { return }
        }
        throw Failure("test.unsettled", "the region does not come to rest")
    }

    /// Lets time pass, then everybody does what is due.
    package func pass(seconds: UInt32) async throws {
        time.advance(milliseconds: Int64(seconds) * 1_000)
        try await settle()
    }

    private func total() async throws -> Int64 {
        var count: Int64 = 0
        for member in running {
            count += try await member.ledger.read { sql in
                let batches = try sql.row("SELECT COUNT(*) FROM batch", [])?.integer(0) ?? 0
                let parcels = try sql.row("SELECT COUNT(*) FROM parcel WHERE delivered_at IS NULL", [])?.integer(0) ?? 0
                return batches * 1_000 + parcels
            }
        }
        return count
    }

    /// Brings to the parents of counties and city what those write.
    package func deliverUp() async throws {
        for member in running where member.context.tier != .township {
            guard let parent = member.context.parent.flatMap({ self.member($0) }) else { continue }
            try await deliver(from: member, to: parent)
        }
    }

    /// Brings what waits to everybody who is entitled to it, some times over.
    package func deliver() async throws {
        for _ in 0..<6 {
            for member in running {
                let tree = member.context.tree
                let neighbours =
                    [tree.parent(of: member.context.node)].compactMap { $0 }
                    + tree.children(of: member.context.node)
                for neighbour in neighbours.compactMap({ self.member($0) }) {
                    try await giveBack(to: member, from: neighbour)
                    try await deliver(from: member, to: neighbour)
                    try await deliverParcels(from: member, to: neighbour)
                }
            }
        }
    }

    private func isUp(_ left: Member, _ right: Member) -> Bool {
        switchboard.isUp(left.context.node, right.context.node)
    }

    private func deliver(from sender: Member, to receiver: Member) async throws {
        guard isUp(sender, receiver) else { return }
        let tree = sender.context.tree
        let isUpward = tree.parent(of: sender.context.node) == receiver.context.node
        let theirs = try await receiver.ledger.positions()
        var reached: [ChainPosition] = []
        for mine in try await sender.ledger.positions() {
            let author = mine.chain.author
            let carries =
                isUpward
                ? author == sender.context.node || tree.isAncestor(sender.context.node, of: author)
                : author == tree.root
            let next = theirs.first { $0.chain == mine.chain }?.nextSequence ?? 0
            guard carries else { continue }
            reached.append(ChainPosition(chain: mine.chain, nextSequence: mine.nextSequence))
            guard next < mine.nextSequence else { continue }
            let batches = try await sender.ledger.batches(
                from: ChainPosition(chain: mine.chain, nextSequence: next), for: receiver.context.node)
            let receipt = try await receiver.intake.take(BatchDelivery(batches: batches), from: sender.context.node)
            guard receipt.refusals.isEmpty, receipt.setAside.isEmpty else {
                throw Failure(
                    "test.refused", "\(receipt.refusals.map(\.message)) \(receipt.setAside.map(\.reason))",
                    place: "\(mine.chain) at \(receiver.context.node)")
            }
        }
        let all = Dictionary(reached.map { ($0.chain, $0.nextSequence) }, uniquingKeysWith: max)
        _ = try await sender.ledger.settleDeliveries(to: receiver.context.node, theirs: all) { all[$0] != nil }
    }

    /// A parent gives back what its child has lost.
    private func giveBack(to child: Member, from parent: Member) async throws {
        guard isUp(child, parent), child.context.parent == parent.context.node else { return }
        for theirs in try await parent.ledger.positions() where theirs.chain.author == child.context.node {
            let next = try await child.ledger.nextSequence(of: theirs.chain)
            guard next < theirs.nextSequence else { continue }
            let batches = try await parent.ledger.ownBatches(
                from: ChainPosition(chain: theirs.chain, nextSequence: next))
            let now = time.wallTime
            let inspected = try batches.map { try child.ledger.inspector.inspect($0, receivedTime: now) }
            _ = try await child.ledger.ingest(inspected, lane: theirs.chain.lane)
        }
    }

    private func deliverParcels(from sender: Member, to receiver: Member) async throws {
        guard isUp(sender, receiver) else { return }
        let tree = sender.context.tree
        let waiting = try await sender.ledger.read { try Ledgers.Parcels.waiting(limit: 500, in: $0) }
        for parcel in waiting
        where tree.nextHop(from: sender.context.node, to: parcel.recipient) == receiver.context.node {
            let delivery = ParcelDelivery(parcels: [
                ParcelDelivery.Parcel(
                    recipient: parcel.recipient, excerpt: try await sender.ledger.excerpt(of: parcel.entry),
                    grant: try await sender.ledger.excerpt(of: parcel.grant))
            ])
            let taken = try await receiver.intake.take(delivery, from: sender.context.node)
            guard taken == [0] else { throw Failure("test.refused", "a parcel was refused", place: "\(parcel.entry)") }
            let now = time.wallTime
            try await sender.ledger.write(lane: .clinical) { transaction in
                try Ledgers.Parcels.markDelivered(parcel, at: now, in: transaction.sql)
            }
        }
    }
}
