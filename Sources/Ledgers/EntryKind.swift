package import Regions

/// The number of an entry kind.
///
/// Numbers are never reused; services declare theirs (see `EntryKindCatalogue`).
package struct EntryKind: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package var description: String { "kind \(rawValue)" }

    /// A region configuration, as its root published it.
    package static let regionConfiguration = EntryKind(1)
    /// Names entries and those who are to receive them as excerpts.
    package static let grant = EntryKind(2)
    /// Who looked at whose data, for which purpose, with which outcome.
    ///
    /// Audience `own`.
    package static let audit = EntryKind(3)
    /// Tells an author that somebody could not fold an entry of its.
    ///
    /// Granted to the author.
    package static let setAsideNotice = EntryKind(4)
}

/// How far up from its author a part of an entry goes.
///
/// The order is the order of reach.
package enum Audience: UInt8, CaseIterable, Comparable, Sendable {
    /// The author alone (audit).
    case own = 0
    /// The author and its parent, unless that is the dispatcher.
    case parent = 1
    /// The author and its ancestors up to the city; never the dispatcher.
    case city = 2
    /// All ancestors; what the root writes goes to everybody.
    case region = 3

    package static func < (left: Audience, right: Audience) -> Bool { left.rawValue < right.rawValue }

    /// Whether a part of this audience, written by `author`, is meant for `receiver`.
    ///
    /// Only the management tree decides. Everything that is not meant for a node by this rule reaches it through a
    /// `grant` entry or not at all.
    package func reaches(_ receiver: NodeID, from author: NodeID, in tree: ManagementTree) -> Bool {
        if receiver == author { return true }
        switch self {
        case .own:
            return false
        case .parent:
            return tree.parent(of: author) == receiver && tree.tier(of: receiver) != .dispatcher
        case .city:
            guard let tier = tree.tier(of: receiver), tier != .dispatcher else { return false }
            return tree.isAncestor(receiver, of: author)
        case .region:
            return tree.isAncestor(receiver, of: author) || tree.root == author
        }
    }
}

/// Who may have a part of an entry; a ledger prunes by it what it sends, and an intake what it receives.
package struct AudienceRule: Sendable {
    package let reaches:
        @Sendable (_ audience: Audience, _ receiver: NodeID, _ author: NodeID, _ tree: ManagementTree) -> Bool

    package init(
        reaches: @escaping @Sendable (Audience, NodeID, NodeID, ManagementTree) -> Bool
    ) {
        self.reaches = reaches
    }

    /// ``Audience/reaches(_:from:in:)``.
    package static let managementTree = AudienceRule { $0.reaches($1, from: $2, in: $3) }
}
