import Couriers
import Effects
import Ledgers
import NodeRuntime
import Regions
import ServiceKit
import Wire

/// Writes batches that wait for a neighbour, or a stretch of one chain, into a file.
struct BatchExporter {
    let setup: ConsoleSetup

    /// So much goes into one file that its import stays below `Limits.importFileBytes`.
    private static let fileBytes = Limits.importFileBytes - Limits.courierBytesPerCall - Limits.batchBytes

    /// - Parameters:
    ///   - chain: the printed form of one chain; none: every chain that waits for the neighbour.
    ///   - from: the first sequence; none: the first that the neighbour has not acknowledged.
    ///   - count: how many batches at most; none: as many as a file holds.
    /// - Throws: `console.notHere` where nothing waits, or the chain does not lie here.
    func file(for receiver: NodeID, chain: String?, from: UInt64?, count: UInt64?) async throws -> BatchFile {
        let ledger = setup.node.context.ledger
        let tree = setup.node.context.tree
        guard tree.relation(of: receiver, to: ledger.node) != nil, receiver != ledger.node else {
            throw Failure(
                "console.notHere", "'\(receiver)' is no neighbour of this node",
                remedy: KnownWord.remedy(
                    for: receiver.rawValue,
                    among: ([tree.parent(of: ledger.node)].compactMap { $0 }
                        + tree.children(of: ledger.node)).map(\.rawValue)))
        }
        var deliveries: [BatchDelivery] = []
        var remainingBytes = Self.fileBytes
        var remaining = count ?? .max
        for position in try await starts(for: receiver, chain: chain, from: from) {
            var next = position
            while remaining > 0, remainingBytes > 0 {
                let batches = try await ledger.batches(
                    from: next, for: receiver, limit: Int(min(UInt64(Limits.courierBatchesPerCall), remaining)))
                guard !batches.isEmpty else { break }
                deliveries.append(BatchDelivery(batches: batches))
                remaining -= UInt64(batches.count)
                remainingBytes -= batches.reduce(0) { $0 + $1.sizeBytes }
                next.nextSequence += UInt64(batches.count)
            }
        }
        guard !deliveries.isEmpty else {
            throw Failure(
                "console.notHere", "there is nothing to export for '\(receiver)'",
                remedy: "`yilian queue list` shows what waits")
        }
        return BatchFile(
            region: setup.region.region, sender: ledger.node, receiver: receiver, deliveries: deliveries)
    }

    private func starts(for receiver: NodeID, chain: String?, from: UInt64?) async throws -> [ChainPosition] {
        let ledger = setup.node.context.ledger
        let positions = try await ledger.positions()
        if let chain {
            guard let known = positions.first(where: { $0.chain.description == chain }) else {
                throw Failure(
                    "console.notHere", "this chain does not lie here",
                    remedy: "`yilian ledger verify` names the chains that do")
            }
            let waiting = try await ledger.backlog(of: known.chain, for: receiver)
            // Chains have no gaps: what waits is the end of the chain.
            let first = from ?? known.nextSequence - min(UInt64(waiting.batches), known.nextSequence)
            return [ChainPosition(chain: known.chain, nextSequence: first)]
        }
        return try await setup.node.queue.items(linkReason: setup.linkReason).compactMap { item in
            guard item.neighbour == receiver, item.batches > 0,
                let known = positions.first(where: { $0.chain == item.content.chain })
            else { return nil }
            let waiting = min(UInt64(item.batches), known.nextSequence)
            return ChainPosition(chain: known.chain, nextSequence: known.nextSequence - waiting)
        }
    }
}
