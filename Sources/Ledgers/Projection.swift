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
    /// The kinds that are its own, each with the rule about its authors.
    var declared: [DeclaredKind] { get }
    /// Kinds that others declare and it folds as well.
    var alsoFolds: Set<EntryKind> { get }
    /// The tables that this projection alone writes; emptied before a refold.
    var tables: [StaticString] { get }
    var migrations: [Migration] { get }

    /// Writes what `entry` means.
    ///
    /// - Throws: a `Failure` where the entry cannot be understood; the entry is then set aside and nothing of it stays.
    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws
}

extension Projection {
    package var alsoFolds: Set<EntryKind> { [] }

    /// Everything that it folds.
    package var kinds: Set<EntryKind> { alsoFolds.union(declared.map(\.kind)) }
}

/// The projections of a node by entry kind, in the order in which they were declared.
///
/// A kind that nobody has declared is not known, whoever would fold it.
package struct ProjectionSet: Sendable {
    package let projections: [any Projection]
    private let byKind: [EntryKind: [any Projection]]
    private let declaredByKind: [EntryKind: DeclaredKind]

    package init(_ projections: [any Projection]) {
        self.projections = projections
        var byKind: [EntryKind: [any Projection]] = [:]
        for projection in projections {
            for kind in projection.kinds { byKind[kind, default: []].append(projection) }
        }
        let declared = Dictionary(
            projections.flatMap(\.declared).map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        declaredByKind = declared
        self.byKind = byKind.filter { declared[$0.key] != nil }
    }

    func projections(for kind: EntryKind) -> [any Projection]? { byKind[kind] }
    func declared(_ kind: EntryKind) -> DeclaredKind? { declaredByKind[kind] }

    /// Every kind that is known, in the order of the numbers.
    package var kinds: [EntryKind] { declaredByKind.keys.sorted { $0.rawValue < $1.rawValue } }

    package var migrations: [Migration] { LedgerSchema.migrations + projections.flatMap(\.migrations) }
}
