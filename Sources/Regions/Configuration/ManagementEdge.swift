package import Effects

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
