package import Effects
package import Ledgers
package import Regions
import Wire

/// What waits for a neighbour, and why; for `queue list` and `queue why`.
package struct CourierQueue: Sendable {
    /// One chain that is not wholly acknowledged.
    package struct Item: Sendable {
        package var neighbour: NodeID
        package var chain: ChainIdentity
        package var batches: Int
        package var entries: Int
        package var bytes: Int
        package var oldest: WallTime?
        package var reason: String
    }

    private let ledger: Ledger
    private let region: any RegionView
    private let board: CourierBoard
    private let world: World

    package init(ledger: Ledger, region: any RegionView, board: CourierBoard, world: World) {
        self.ledger = ledger
        self.region = region
        self.board = board
        self.world = world
    }

    /// Every chain that waits, by neighbour.
    ///
    /// - Parameter linkReason: says in words why a neighbour's link is not up; `nil` where it is.
    package func items(linkReason: @Sendable (NodeID) -> String?) async throws -> [Item] {
        let tree = region.tree(at: world.time.wallTime)
        let route = CourierRoute(node: ledger.node, tree: tree)
        let neighbours = (tree.parent(of: ledger.node).map { [$0] } ?? []) + tree.children(of: ledger.node)
        var items: [Item] = []
        for neighbour in neighbours {
            for position in try await ledger.positions() where route.carries(position.chain, to: neighbour) {
                let waiting = try await ledger.backlog(of: position.chain, for: neighbour)
                guard waiting.batches > 0 else { continue }
                items.append(
                    Item(
                        neighbour: neighbour, chain: position.chain, batches: waiting.batches,
                        entries: waiting.entries, bytes: waiting.bytes, oldest: waiting.oldest,
                        reason: reason(position.chain, neighbour, linkReason)))
            }
            let parcels = try await ledger.read { sql in
                try Parcels.waiting(limit: Limits.queryResults, in: sql)
            }.filter { route.nextHop(to: $0.recipient) == neighbour }
            if let first = parcels.first {
                items.append(
                    Item(
                        neighbour: neighbour, chain: first.entry.batch.chain, batches: 0, entries: parcels.count,
                        bytes: 0, oldest: first.since,
                        reason: linkReason(neighbour).map { "no link: \($0)" } ?? "granted entries are on their way"))
            }
        }
        return items
    }

    private func reason(
        _ chain: ChainIdentity, _ neighbour: NodeID, _ linkReason: @Sendable (NodeID) -> String?
    ) -> String {
        if let reason = linkReason(neighbour) { return "no link: \(reason)" }
        if let refusal = board.refusal(of: chain, by: neighbour) {
            return "refused by \(neighbour) since \(refusal.since): \(refusal.message) [\(refusal.code)]"
        }
        return board.isConnected(neighbour) ? "on its way" : "the courier is starting"
    }
}
