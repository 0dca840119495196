package import Effects

/// Who manages whom at one moment, as the region configuration dates it.
///
/// A node without a parent at that moment, other than the dispatcher, is not part of the tree: it has no ancestors and
/// nobody routes to it.
package struct ManagementTree: Sendable {
    package let moment: WallTime
    package let root: NodeID?
    private let parents: [NodeID: NodeID]
    private let childLists: [NodeID: [NodeID]]
    private let tiers: [NodeID: Tier]

    package init(_ configuration: RegionConfiguration, at moment: WallTime) {
        self.moment = moment
        root = configuration.dispatcher(at: moment)
        var tiers: [NodeID: Tier] = [:]
        for node in configuration.nodes where tiers[node.id] == nil {
            tiers[node.id] = node.tier
        }
        var parents: [NodeID: NodeID] = [:]
        var childLists: [NodeID: [NodeID]] = [:]
        for edge in configuration.management where edge.isValid(at: moment) && parents[edge.child] == nil {
            guard let child = tiers[edge.child], let parent = tiers[edge.parent], child.above == parent else {
                continue
            }
            parents[edge.child] = edge.parent
            childLists[edge.parent, default: []].append(edge.child)
        }
        self.tiers = tiers
        self.parents = parents
        self.childLists = childLists.mapValues { $0.sorted() }
    }

    package func parent(of node: NodeID) -> NodeID? { parents[node] }

    /// The nodes that a node manages, in the order of their ids.
    package func children(of node: NodeID) -> [NodeID] { childLists[node] ?? [] }

    /// The parent, its parent, and so on up to the root; a step up is a step up in tier, so the walk ends.
    package func ancestors(of node: NodeID) -> [NodeID] {
        var result: [NodeID] = []
        var current = node
        while let parent = parents[current] {
            result.append(parent)
            current = parent
        }
        return result
    }

    /// Everything below a node, parents before children.
    package func descendants(of node: NodeID) -> [NodeID] {
        var result: [NodeID] = []
        var index = 0
        result.append(contentsOf: children(of: node))
        while index < result.count {
            result.append(contentsOf: children(of: result[index]))
            index += 1
        }
        return result
    }

    /// Whether `ancestor` stands above `node`; no node is its own ancestor.
    package func isAncestor(_ ancestor: NodeID, of node: NodeID) -> Bool {
        ancestors(of: node).contains(ancestor)
    }

    /// What `caller` is to `callee`: the node itself, its parent or its child; none for anybody else.
    package func relation(of caller: NodeID, to callee: NodeID) -> Relation? {
        if caller == callee { return tiers[caller] == nil ? nil : .local }
        if parents[callee] == caller { return .parent }
        if parents[caller] == callee { return .child }
        return nil
    }

    /// The neighbour of `from` through which `to` is reached; none for the node itself and for nodes outside the tree.
    package func nextHop(from: NodeID, to: NodeID) -> NodeID? {
        guard from != to, isConnected(from), isConnected(to) else { return nil }
        let path = [to] + ancestors(of: to)
        if let position = path.firstIndex(of: from) { return path[position - 1] }
        return parents[from]
    }

    /// The city that a node belongs to: itself, or the one above it.
    package func city(of node: NodeID) -> NodeID? {
        ([node] + ancestors(of: node)).first { tiers[$0] == .city }
    }

    /// The county group that a node belongs to: itself, or the one above it.
    package func county(of node: NodeID) -> NodeID? {
        ([node] + ancestors(of: node)).first { tiers[$0] == .county }
    }

    /// Steps from the root; none for nodes outside the tree.
    package func depth(of node: NodeID) -> Int? {
        isConnected(node) ? ancestors(of: node).count : nil
    }

    package func tier(of node: NodeID) -> Tier? { tiers[node] }

    private func isConnected(_ node: NodeID) -> Bool {
        guard let root else { return false }
        return node == root || ancestors(of: node).last == root
    }
}

/// One node manages another, from one moment to another.
package struct ManagementEdge: Hashable, Sendable {
    package var child: NodeID
    package var parent: NodeID
    package var from: WallTime
    /// The first moment at which it no longer does; none while it has no end.
    package var to: WallTime?

    package init(child: NodeID, parent: NodeID, from: WallTime, to: WallTime? = nil) {
        self.child = child
        self.parent = parent
        self.from = from
        self.to = to
    }

    package func isValid(at moment: WallTime) -> Bool {
        from <= moment && (to.map { moment < $0 } ?? true)
    }

    /// Whether there is a moment at which both hold.
    package func overlaps(_ other: ManagementEdge) -> Bool {
        let startsBeforeOtherEnds = other.to.map { from < $0 } ?? true
        let otherStartsBeforeEnd = to.map { other.from < $0 } ?? true
        return startsBeforeOtherEnds && otherStartsBeforeEnd
    }
}
