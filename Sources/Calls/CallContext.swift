package import Effects
package import Regions

/// Who is calling, seen from inside a desk.
///
/// It is set around every call that is dispatched by number. Where one part of a node calls a desk of the same node
/// directly it is what it was: nil, or the context of the call that is being worked on.
package struct CallContext: Sendable {
    package var caller: NodeID
    package var tier: Tier
    /// What the caller is to this node.
    package var relation: Relation
    /// Goes into logs, audit entries and the calls that are made in turn.
    package var correlation: String
    /// When the caller stops waiting, on this node's clock.
    package var deadline: MonotonicTime

    package init(caller: NodeID, tier: Tier, relation: Relation, correlation: String, deadline: MonotonicTime) {
        self.caller = caller
        self.tier = tier
        self.relation = relation
        self.correlation = correlation
        self.deadline = deadline
    }

    @TaskLocal package static var current: CallContext?
}
