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

/// Who may call a method: a relation to this node, and tiers where not every tier may.
package struct CallRule: Hashable, Sendable, CustomStringConvertible {
    package var relation: Relation
    /// nil where a caller of any tier may.
    package var tiers: Set<Tier>?

    package init(_ relation: Relation, tiers: Set<Tier>? = nil) {
        self.relation = relation
        self.tiers = tiers
    }

    package static let local = CallRule(.local)
    package static let parent = CallRule(.parent)
    package static let child = CallRule(.child)

    package static func parent(_ tiers: Tier...) -> CallRule { CallRule(.parent, tiers: Set(tiers)) }
    package static func child(_ tiers: Tier...) -> CallRule { CallRule(.child, tiers: Set(tiers)) }

    package func allows(_ relation: Relation, _ tier: Tier) -> Bool {
        self.relation == relation && tiers?.contains(tier) != false
    }

    /// As it stands in `Contract.txt`, for example `child` or `child(county|township)`.
    package var description: String {
        guard let tiers else { return "\(relation)" }
        let names = tiers.sorted { $0.rank < $1.rank }.map(\.rawValue)
        return "\(relation)(\(names.joined(separator: "|")))"
    }
}
