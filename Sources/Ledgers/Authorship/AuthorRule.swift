import Effects

/// Who may be the author of the entries of one kind, and about whom.
///
/// A seal proves who wrote an entry, not that it was theirs to write. The rule is asked by the ``FoldEngine`` before a
/// projection sees the entry, at every fold: its own entry, one that a neighbour or an excerpt brings, a refold. What
/// fails is kept and set aside with the reason's code, and asked again at every new region configuration.
///
/// A rule looks at dated facts only (``AuthorQuestion/time``) and at what the entry names as causes, so that it says
/// the same at every fold, whatever arrived first.
package struct AuthorRule: Sendable {
    let check: @Sendable (AuthorQuestion) throws -> Void
    let needs: @Sendable (AuthorQuestion) throws -> [EntryID]

    /// - Parameters:
    ///   - needs: entries beside the causes without which nothing can be said; until they lie here the entry is held.
    ///   - check: throws a `Failure` with a code that begins with `author.` where the author may not have written it.
    package init(
        needing needs: @escaping @Sendable (AuthorQuestion) throws -> [EntryID] = { _ in [] },
        check: @escaping @Sendable (AuthorQuestion) throws -> Void
    ) {
        self.needs = needs
        self.check = check
    }

    /// What the codes of all refusals begin with.
    package static let codePrefix = "author."
}

/// An entry kind as its service declares it: there is no kind without a rule about its authors.
package struct DeclaredKind: Sendable {
    package let kind: EntryKind
    package let author: AuthorRule

    package init(_ kind: EntryKind, author: AuthorRule) {
        self.kind = kind
        self.author = author
    }
}
