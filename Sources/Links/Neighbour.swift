package import Regions

/// What another node is to this one.
package struct Neighbour: Hashable, Sendable {
    /// What the other node is to this one when it calls: its parent or its child.
    package var relation: Relation
    package var tier: Tier

    package init(relation: Relation, tier: Tier) {
        self.relation = relation
        self.tier = tier
    }
}
