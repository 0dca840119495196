import Effects
import Ledgers
import Regions
import Wire

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
