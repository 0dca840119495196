package import Effects

/// Which node may write for which unit at which time, made once of a configuration.
package struct DeliveryTable: Sendable {
    private let units: [String: OrgUnitID]
    private let lines: [OrgUnitID: [UnitDelivery]]
    private let registries: [UnitDelivery]

    package init(_ configuration: RegionConfiguration) {
        var units: [String: OrgUnitID] = [:]
        var lines: [OrgUnitID: [UnitDelivery]] = [:]
        for unit in configuration.organizationUnits {
            if let code = unit.institution { units[code.rawValue] = unit.id }
            lines[unit.id] = configuration.deliveries(of: unit)
        }
        for unit in configuration.organizationUnits { units[unit.id.rawValue] = unit.id }
        // A unit writes at the nodes that it runs as well, unless its deliveries are dated.
        let dated = Set(configuration.deliveries.map(\.unit))
        for node in configuration.nodes where !dated.contains(node.organizationUnit) {
            lines[node.organizationUnit, default: []].append(
                UnitDelivery(unit: node.organizationUnit, node: node.id, from: node.from, to: node.to))
        }
        for line in configuration.delegations { lines[line.unit, default: []].append(line) }
        self.units = units
        self.lines = lines
        registries = configuration.registries
    }

    /// The unit that a report or an event names, by its id or its institution code.
    package func unit(named name: String) -> OrgUnitID? { units[name] }

    /// Whether a node may write for a unit: its systems deliver there, or the region has delegated it.
    ///
    /// - Parameter time: when; asked only where the answer depends on it.
    package func mayWrite(_ node: NodeID, for unit: OrgUnitID, at time: () throws -> WallTime) rethrows -> Bool {
        let mine = (lines[unit] ?? []).filter { $0.node == node }
        if mine.isEmpty { return false }
        if mine.contains(where: \.isAlways) { return true }
        let moment = try time()
        return mine.contains { $0.isValid(at: moment) }
    }

    /// Whether a unit keeps the register of persons at a node.
    package func keepsRegister(_ unit: OrgUnitID, at node: NodeID, _ time: WallTime) -> Bool {
        registries.contains { $0.unit == unit && $0.node == node && $0.isValid(at: time) }
    }
}
