package import Regions

/// What the region agrees on about one inventory: whose it is, and how long something is held.
package struct InventoryTerms: Hashable, Sendable {
    /// Unique in the region, in the form of a name.
    package var id: String
    package var name: String
    /// The unit that offers.
    package var unit: OrgUnitID
    /// The node that decides about every unit that it has not allotted to another.
    package var owner: NodeID
    /// How long a hold lasts that is not confirmed.
    package var holdSeconds: UInt32
    /// How long a wish waits at most.
    package var wishSeconds: UInt32
    /// Whether a node that decides answers before its parent's disk has the decision.
    ///
    /// It then goes on while its parent is away; what it decided meanwhile is forgotten if its disk is put back before the
    /// parent comes again.
    package var isAlone: Bool

    package init(
        id: String, name: String, unit: OrgUnitID, owner: NodeID, holdSeconds: UInt32, wishSeconds: UInt32,
        isAlone: Bool = false
    ) {
        self.id = id
        self.name = name
        self.unit = unit
        self.owner = owner
        self.holdSeconds = holdSeconds
        self.wishSeconds = wishSeconds
        self.isAlone = isAlone
    }
}
