package import Effects
package import Ledgers
package import Regions
import Wire

/// What waits for a neighbour, and why; for `queue list` and `queue why`.
package struct CourierQueue: Sendable {
    /// What it is that waits.
    package enum Content: Hashable, Sendable, CustomStringConvertible {
        /// A chain that is not wholly acknowledged.
        case chain(ChainIdentity)
        case grantedEntries
        /// Documents that the neighbour is to have and has not fetched.
        case documents
        /// Documents that this node is to have and the neighbour has not given yet.
        case awaitedDocuments

        package var description: String {
            switch self {
            case .chain(let chain): chain.description
            case .grantedEntries: "granted entries"
            case .documents: "documents"
            case .awaitedDocuments: "documents to come"
            }
        }

        package var chain: ChainIdentity? {
            if case .chain(let chain) = self { chain } else { nil }
        }
    }

    /// Something that waits for a neighbour.
    package struct Item: Sendable {
        package var neighbour: NodeID
        package var content: Content
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

    /// Everything that waits, by neighbour.
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
                        neighbour: neighbour, content: .chain(position.chain), batches: waiting.batches,
                        entries: waiting.entries, bytes: waiting.bytes, oldest: waiting.oldest,
                        reason: reason(position.chain, neighbour, linkReason)))
            }
            let parcels = try await ledger.read { sql in
                try Parcels.waiting(limit: Limits.queryResults, in: sql)
            }.filter { route.nextHop(to: $0.recipient) == neighbour }
            if let first = parcels.first {
                items.append(
                    Item(
                        neighbour: neighbour, content: .grantedEntries, batches: 0, entries: parcels.count,
                        bytes: 0, oldest: first.since,
                        reason: linkReason(neighbour).map { "no link: \($0)" } ?? "granted entries are on their way"))
            }
            items += try await documents(neighbour, route, linkReason)
        }
        return items
    }

    /// The documents that a neighbour is to have, and those that are to come from it.
    private func documents(
        _ neighbour: NodeID, _ route: CourierRoute, _ linkReason: @Sendable (NodeID) -> String?
    ) async throws -> [Item] {
        let noLink = linkReason(neighbour).map { "no link: \($0)" }
        let (due, awaited) = try await ledger.read { sql in
            let authors = try Attachments.wantedAuthors(in: sql).filter {
                route.source(ofDocumentsOf: $0) == neighbour
            }
            return (
                try Attachments.backlog(dueTo: neighbour, in: sql),
                try authors.map { try Attachments.backlog(wantedOf: $0, in: sql) }
            )
        }
        var items: [Item] = []
        if due.count > 0 {
            items.append(
                Item(
                    neighbour: neighbour, content: .documents, batches: 0, entries: due.count, bytes: due.bytes,
                    oldest: due.oldest,
                    reason: noLink ?? "the neighbour fetches them one after the other, behind the reports"))
        }
        let count = awaited.reduce(0) { $0 + $1.count }
        if count > 0 {
            items.append(
                Item(
                    neighbour: neighbour, content: .awaitedDocuments, batches: 0, entries: count,
                    bytes: awaited.reduce(0) { $0 + $1.bytes }, oldest: awaited.compactMap(\.oldest).min(),
                    reason: noLink ?? board.attachmentTrouble(with: neighbour) ?? "on their way"))
        }
        return items
    }

    private func reason(
        _ chain: ChainIdentity, _ neighbour: NodeID, _ linkReason: @Sendable (NodeID) -> String?
    ) -> String {
        if let reason = linkReason(neighbour) { return "no link: \(reason)" }
        if let refusal = board.refusal(of: chain, by: neighbour) {
            return "refused by \(neighbour) since \(refusal.since.chinaText): \(refusal.message) [\(refusal.code)]"
        }
        return board.isConnected(neighbour) ? "on its way" : "the courier is starting"
    }
}

/// Where a node's chains go: its own and those from below it to its parent, the root's to its children.
struct CourierRoute {
    var node: NodeID
    var tree: ManagementTree

    /// Whether `chain` is to be brought to `neighbour`.
    func carries(_ chain: ChainIdentity, to neighbour: NodeID) -> Bool {
        let author = chain.author
        if tree.parent(of: node) == neighbour { return author == node || tree.isAncestor(node, of: author) }
        if tree.parent(of: neighbour) == node { return author == tree.root }
        return false
    }

    /// Where the documents of an author come from: from below, as its batches do; what this node has lost of its own,
    /// from above.
    func source(ofDocumentsOf author: NodeID) -> NodeID? {
        author == node ? tree.parent(of: node) : nextHop(to: author)
    }

    func nextHop(to recipient: NodeID) -> NodeID? {
        tree.nextHop(from: node, to: recipient)
    }
}
