package import Effects

/// The systems of a unit deliver to a node, or a node may write for a unit, from one moment to another.
package struct UnitDelivery: Hashable, Sendable {
    package var unit: OrgUnitID
    package var node: NodeID
    /// The first moment at which it holds; none where it always did.
    package var from: WallTime?
    /// The first moment at which it no longer does; none while it has no end.
    package var to: WallTime?

    package init(unit: OrgUnitID, node: NodeID, from: WallTime? = nil, to: WallTime? = nil) {
        self.unit = unit
        self.node = node
        self.from = from
        self.to = to
    }

    package func isValid(at moment: WallTime) -> Bool {
        (from.map { $0 <= moment } ?? true) && (to.map { moment < $0 } ?? true)
    }

    /// Whether there is a moment at which both hold.
    package func overlaps(_ other: UnitDelivery) -> Bool {
        Self.begins(self, beforeEndOf: other) && Self.begins(other, beforeEndOf: self)
    }

    private static func begins(_ one: UnitDelivery, beforeEndOf other: UnitDelivery) -> Bool {
        guard let from = one.from, let to = other.to else { return true }
        return from < to
    }

    /// Whether it holds at every moment.
    package var isAlways: Bool { from == nil && to == nil }
}

extension RegionConfiguration {
    /// Where a unit delivers, in the order of time: its dated lines, or else always to its node.
    package func deliveries(of unit: OrganizationUnit) -> [UnitDelivery] {
        let lines = deliveries.filter { $0.unit == unit.id }
        guard !lines.isEmpty else { return [UnitDelivery(unit: unit.id, node: unit.node)] }
        return lines.sorted { Self.start($0) < Self.start($1) }
    }

    /// Whether a unit's systems deliver to a node at some time, past or to come.
    package func everDelivers(_ unit: OrganizationUnit, to node: NodeID) -> Bool {
        deliveries(of: unit).contains { $0.node == node }
    }

    static func start(_ line: UnitDelivery) -> WallTime { line.from ?? WallTime(milliseconds: .min) }
}

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
