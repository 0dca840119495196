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
