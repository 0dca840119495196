package import Effects
package import Ledgers
package import Regions
import Storage
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

    /// What waits for one neighbour, as the tables say it.
    private struct Waiting: Sendable {
        var neighbour: NodeID
        var chains: [(chain: ChainIdentity, backlog: ChainBacklog)] = []
        /// Documents that the neighbour is to have.
        var due: Attachments.Backlog
        /// Documents that are to come from it.
        var awaited: [Attachments.Backlog] = []
    }

    /// Everything that waits, by neighbour.
    ///
    /// The work grows with the chains that wait and with their recipients, and not with what has been acknowledged.
    ///
    /// - Parameter linkReason: says in words why a neighbour's link is not up; `nil` where it is.
    package func items(linkReason: @Sendable (NodeID) -> String?) async throws -> [Item] {
        let (node, tree) = (ledger.node, region.tree(at: world.time.wallTime))
        let route = CourierRoute(node: node, tree: tree)
        let (waiting, parcels) = try await ledger.read { sql in
            (
                try Self.waiting(route, in: sql), try Parcels.backlogs(in: sql)
            )
        }
        var items: [Item] = []
        for waiting in waiting {
            let neighbour = waiting.neighbour
            let noLink = linkReason(neighbour).map { "no link: \($0)" }
            for (chain, backlog) in waiting.chains where backlog.batches > 0 {
                items.append(
                    Item(
                        neighbour: neighbour, content: .chain(chain), batches: backlog.batches,
                        entries: backlog.entries, bytes: backlog.bytes, oldest: backlog.oldest,
                        reason: noLink ?? reason(chain, neighbour)))
            }
            let granted = parcels.filter { route.nextHop(to: $0.recipient) == neighbour }
            if let oldest = granted.map(\.oldest).min() {
                items.append(
                    Item(
                        neighbour: neighbour, content: .grantedEntries, batches: 0,
                        entries: granted.reduce(0) { $0 + $1.count }, bytes: 0, oldest: oldest,
                        reason: noLink ?? "granted entries are on their way"))
            }
            items += documents(waiting, noLink)
        }
        return items
    }

    private static func waiting(_ route: CourierRoute, in sql: any SQLTransaction) throws -> [Waiting] {
        let (node, tree) = (route.node, route.tree)
        let parent = tree.parent(of: node)
        let authors = try Attachments.wantedAuthors(in: sql)
        return try ((parent.map { [$0] } ?? []) + tree.children(of: node)).map { neighbour in
            var waiting = Waiting(neighbour: neighbour, due: try Attachments.backlog(dueTo: neighbour, in: sql))
            // The root's chains alone go down.
            let chains = try Ledger.unacknowledged(
                by: neighbour, of: neighbour == parent ? nil : tree.root, in: sql)
            waiting.chains = try chains.filter { route.carries($0, to: neighbour) }.map { chain in
                (chain, try Ledger.backlog(of: chain, for: neighbour, in: sql))
            }
            waiting.awaited = try authors.filter { route.source(ofDocumentsOf: $0) == neighbour }.map {
                try Attachments.backlog(wantedOf: $0, in: sql)
            }
            return waiting
        }
    }

    /// The documents that a neighbour is to have, and those that are to come from it.
    private func documents(_ waiting: Waiting, _ noLink: String?) -> [Item] {
        let neighbour = waiting.neighbour
        var items: [Item] = []
        if waiting.due.count > 0 {
            items.append(
                Item(
                    neighbour: neighbour, content: .documents, batches: 0, entries: waiting.due.count,
                    bytes: waiting.due.bytes, oldest: waiting.due.oldest,
                    reason: noLink ?? "the neighbour fetches them one after the other, behind the reports"))
        }
        let count = waiting.awaited.reduce(0) { $0 + $1.count }
        if count > 0 {
            items.append(
                Item(
                    neighbour: neighbour, content: .awaitedDocuments, batches: 0, entries: count,
                    bytes: waiting.awaited.reduce(0) { $0 + $1.bytes },
                    oldest: waiting.awaited.compactMap(\.oldest).min(),
                    reason: noLink ?? board.attachmentTrouble(with: neighbour) ?? "on their way"))
        }
        return items
    }

    private func reason(_ chain: ChainIdentity, _ neighbour: NodeID) -> String {
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
