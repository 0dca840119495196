extension TestRegion {
    /// Breaks the link between two nodes and lets none through, until ``heal(_:_:)``.
    public func cut(_ one: String, _ other: String) throws {
        let (one, other) = try (node(one).nodeID, node(other).nodeID)
        shared.cut(one, other)
    }

    /// Lets nothing through between two nodes and tells neither, until ``heal(_:_:)``.
    public func hold(_ one: String, _ other: String) throws {
        links.hold(try node(one).nodeID, try node(other).nodeID)
    }

    /// Ends what ``cut(_:_:)`` and ``hold(_:_:)`` did; the child dials again when its wait is over.
    public func heal(_ one: String, _ other: String) throws {
        let (one, other) = try (node(one).nodeID, node(other).nodeID)
        shared.heal(one, other)
    }

    /// Delays what two nodes send each other; zero makes the link fast again.
    public func slow(_ one: String, _ other: String, by delay: Duration) throws {
        links.delay(try node(one).nodeID, try node(other).nodeID, milliseconds: delay.wholeMilliseconds)
    }

    /// Whether two nodes have a link that is up on both sides.
    public func areLinked(_ one: String, _ other: String) throws -> Bool {
        let (one, other) = try (node(one), node(other))
        guard one.isRunning, other.isRunning else { return false }
        return try one.node.hub.facts(of: other.nodeID) != nil && other.node.hub.facts(of: one.nodeID) != nil
    }
}
