import Regions

/// Who sees what of a consultation by the audiences alone, and who has to be let in.
struct ConsultationRoute {
    var tree: ManagementTree

    /// The requester's node and those above it that the home's entries do not reach by themselves.
    func requesterSide(of requester: NodeID, home: NodeID) -> [NodeID] {
        holders(of: requester).filter { !seesHeaders($0, of: home) }
    }

    /// Whether a home's headers reach a node by their audience.
    func seesHeaders(_ node: NodeID, of home: NodeID) -> Bool {
        node == home || tree.isAncestor(node, of: home)
    }

    /// Whether a node has the payloads of a requester's requests by their audience.
    func holdsRequests(_ node: NodeID, of requester: NodeID) -> Bool { holders(of: requester).contains(node) }

    /// Whether a home was given the request by its audience, so that it may grant it on.
    func mayPassOn(_ requester: NodeID, from home: NodeID) -> Bool { holdsRequests(home, of: requester) }

    private func holders(of requester: NodeID) -> [NodeID] {
        ([requester] + tree.ancestors(of: requester)).filter { tree.tier(of: $0) != .dispatcher }
    }
}
