import Effects
package import Regions
package import Storage
package import Trust

/// What a fold may know besides the entry: where it runs, who manages whom, and how the region makes digests.
package struct FoldContext: Sendable {
    package var node: NodeID
    package var tree: ManagementTree
    package var suite: Suite

    package init(node: NodeID, tree: ManagementTree, suite: Suite) {
        self.node = node
        self.tree = tree
        self.suite = suite
    }
}

/// A deterministic fold of entries into tables.
///
/// Emptying the tables and folding all stored entries again gives the same tables. Entries of independent chains may
/// arrive in any order, so a fold depends on the order of nothing but causes: whatever an entry names as its cause has
/// been folded before it. An entry may come twice, first without and later with its payload (a grant), so a fold is
/// idempotent: it writes rows under the entry's id and never counts up.
package protocol Projection: Sendable {
    /// For messages about this projection, for example `recognition`.
    var name: String { get }
    var kinds: Set<EntryKind> { get }
    /// The tables that this projection alone writes; emptied before a refold.
    var tables: [StaticString] { get }
    var migrations: [Migration] { get }

    /// Writes what `entry` means.
    ///
    /// - Throws: a `Failure` where the entry cannot be understood; the entry is then set aside and nothing of it stays.
    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws
}

/// The projections of a node by entry kind, in the order in which they were declared.
package struct ProjectionSet: Sendable {
    package let projections: [any Projection]
    private let byKind: [EntryKind: [any Projection]]

    package init(_ projections: [any Projection]) {
        self.projections = projections
        var byKind: [EntryKind: [any Projection]] = [:]
        for projection in projections {
            for kind in projection.kinds { byKind[kind, default: []].append(projection) }
        }
        self.byKind = byKind
    }

    func projections(for kind: EntryKind) -> [any Projection]? { byKind[kind] }

    package var migrations: [Migration] { LedgerSchema.migrations + projections.flatMap(\.migrations) }
}
