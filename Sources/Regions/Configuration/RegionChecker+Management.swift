import Effects

extension RegionChecker {
    /// Tiers, dates, two parents at once, cycles, nodes that nobody manages.
    mutating func checkManagement() {
        for (index, edge) in configuration.management.enumerated() {
            checkEdge(edge, item: "management.\(index)")
        }
        checkParents()
        checkCycles()
        let managed = Set(configuration.management.map(\.child))
        for (index, node) in configuration.nodes.enumerated()
        where node.tier != .dispatcher && !managed.contains(node.id) && !excused.contains(node.id.rawValue) {
            find(
                "region.noParent", "nodes.\(index)", key: "id", "nobody manages node '\(node.id)'",
                remedy: "add '{child: \(node.id), parent: …, from: …}' under 'management'")
        }
    }

    private mutating func checkEdge(_ edge: ManagementEdge, item: String) {
        checkReference(edge.child, item: item, key: "child")
        checkReference(edge.parent, item: item, key: "parent")
        if let to = edge.to, to <= edge.from {
            find(
                "region.badDates", item, key: "to", "the end is not after the beginning",
                remedy: "'to' is the first day on which it no longer holds")
        }
        guard let child = configuration.node(edge.child), let parent = configuration.node(edge.parent) else { return }
        guard let above = child.tier.above else {
            find(
                "region.badTier", item, key: "child", "'\(child.id)' is the dispatcher, which nobody manages",
                remedy: "take this line out, or correct the node's tier")
            return
        }
        if parent.tier != above {
            find(
                "region.badTier", item, key: "parent",
                "'\(child.id)' is of tier \(child.tier) and needs a parent of tier \(above); "
                    + "'\(parent.id)' is of tier \(parent.tier)",
                remedy: "name a parent of tier \(above), or correct the tier of one of the two")
        }
    }

    private mutating func checkParents() {
        let edges = configuration.management
        var earlier: [NodeID: [Int]] = [:]
        for (index, edge) in edges.enumerated() {
            for other in earlier[edge.child, default: []] where edges[other].overlaps(edge) {
                let from = max(edges[other].from, edge.from)
                find(
                    "region.twoParents", "management.\(index)", key: "child",
                    "'\(edge.child)' has two parents at once, '\(edges[other].parent)' and '\(edge.parent)', "
                        + "from \(from.chinaText) on",
                    remedy: "give the earlier one a 'to' that is not after the later one's 'from'")
                break
            }
            earlier[edge.child, default: []].append(index)
        }
    }

    /// Looks at each moment at which an edge begins; a cycle that exists at all exists when its last edge begins.
    private mutating func checkCycles() {
        let edges = configuration.management
        var reported: Set<Set<Int>> = []
        for moment in Set(edges.map(\.from)).sorted() {
            var edgeOf: [NodeID: Int] = [:]
            for (index, edge) in edges.enumerated() where edge.isValid(at: moment) && edgeOf[edge.child] == nil {
                edgeOf[edge.child] = index
            }
            for start in edgeOf.keys.sorted() {
                guard let cycle = Self.cycle(from: start, edgeOf: edgeOf, edges: edges),
                    reported.insert(Set(cycle)).inserted, let last = cycle.max()
                else { continue }
                let names = (cycle.map { edges[$0].child } + [edges[cycle[0]].child]).map(\.rawValue)
                find(
                    "region.cycle", "management.\(last)", key: "parent",
                    "nodes manage each other in a circle: " + names.joined(separator: " → "),
                    remedy: "take one of these lines out")
            }
        }
    }

    /// The edges of the cycle that a walk upwards from a node ends in; none where it ends at a root.
    private static func cycle(from start: NodeID, edgeOf: [NodeID: Int], edges: [ManagementEdge]) -> [Int]? {
        var walked: [Int] = []
        var positions: [NodeID: Int] = [:]
        var current = start
        while let edge = edgeOf[current] {
            if let position = positions[current] { return Array(walked[position...]) }
            positions[current] = walked.count
            walked.append(edge)
            current = edges[edge].parent
        }
        return nil
    }
}
