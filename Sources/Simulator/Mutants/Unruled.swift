import Ledgers
import Storage

/// A projection whose kinds anybody may write.
struct Unruled: Projection {
    let inner: any Projection

    var name: String { inner.name }
    var declared: [DeclaredKind] { inner.declared.map { DeclaredKind($0.kind, author: AuthorRule { _ in }) } }
    var alsoFolds: Set<EntryKind> { inner.alsoFolds }
    var tables: [StaticString] { inner.tables }
    var migrations: [Migration] { inner.migrations }

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        try inner.fold(entry, in: transaction, context: context)
    }
}
