import Effects

extension RegionChecker {
    /// Dated deliveries, delegations and registries: names, dates, a unit that delivers to two nodes at once.
    mutating func checkDeliveries() {
        checkLines(configuration.deliveries, list: "deliveries")
        checkLines(configuration.delegations, list: "delegations")
        checkLines(configuration.registries, list: "registries")
        var earlier: [OrgUnitID: [UnitDelivery]] = [:]
        for (index, line) in configuration.deliveries.enumerated() {
            if let other = earlier[line.unit, default: []].first(where: { $0.overlaps(line) }) {
                find(
                    "region.twoDeliveries", "deliveries.\(index)", key: "node",
                    "unit '\(line.unit)' delivers to two nodes at once, '\(other.node)' and '\(line.node)'",
                    remedy: "give the earlier line a 'to' that is not after the later one's 'from'; a node that writes "
                        + "for others stands under 'delegations'")
            }
            earlier[line.unit, default: []].append(line)
        }
        for (index, unit) in configuration.organizationUnits.enumerated() {
            guard let lines = earlier[unit.id], !lines.contains(where: { $0.node == unit.node }) else { continue }
            find(
                "region.deliveryNode", "units.\(index)", key: "node",
                "unit '\(unit.id)' names node '\(unit.node)', to which none of its deliveries go",
                remedy: "name the node to which its systems speak, or correct its lines under 'deliveries'")
        }
    }

    private mutating func checkLines(_ lines: [UnitDelivery], list: String) {
        for (index, line) in lines.enumerated() {
            let item = "\(list).\(index)"
            checkReference(line.node, item: item, key: "node")
            if configuration.organizationUnit(line.unit) == nil, !excused.contains(line.unit.rawValue) {
                find(
                    "region.unknownReference", item, key: "unit", "there is no unit '\(line.unit)' in this region",
                    remedy: "correct the name, or add the unit under 'units'")
            }
            if let from = line.from, let to = line.to, to <= from {
                find(
                    "region.badDates", item, key: "to", "the end is not after the beginning",
                    remedy: "'to' is the first moment at which it no longer holds")
            }
        }
    }

    /// A region has exactly one dispatcher at a time; one that ended stays on record with its end.
    mutating func checkDispatchers() {
        let dispatchers = configuration.nodes.indices.filter { configuration.nodes[$0].tier == .dispatcher }
        for (position, index) in dispatchers.enumerated() {
            let node = configuration.nodes[index]
            guard let other = dispatchers[..<position].first(where: { configuration.nodes[$0].isThere(with: node) })
            else { continue }
            find(
                "region.dispatcherCount", "nodes.\(index)", key: "tier",
                "a region has exactly one dispatcher at a time, and '\(configuration.nodes[other].id)' is one already",
                remedy: "keep one node of tier dispatcher, or give the former one a 'to' and this one a 'from'; a "
                    + "standby is the same node on another machine")
        }
        if dispatchers.isEmpty, excused.isEmpty {
            find(
                "region.dispatcherCount", "", key: "nodes", "no node is the dispatcher, and a region has exactly one",
                remedy: "give one node 'tier: dispatcher'")
        }
    }
}
