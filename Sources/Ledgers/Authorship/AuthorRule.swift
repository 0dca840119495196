import Effects
import Regions

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

extension AuthorRule {
    /// The node at which it is folded: such entries never leave their author.
    package static let itself = AuthorRule { question in
        guard question.entry.author == question.node else {
            throw Failure("author.notItself", "\(question.entry.author) wrote what only a node itself may write")
        }
    }

    /// Anybody, with the signature of the region's root, under the version that the root signed.
    static let regionRoot = AuthorRule { question in
        guard let bytes = question.entry.payload else { return }
        guard let configuration = try? question.region.configuration(signedAs: bytes),
            question.entry.subject == "\(configuration.version)"
        else {
            throw Failure(
                "author.notRoot", "a region configuration is not signed by the region's root under that version")
        }
    }

    /// Most entries of others that one grant names.
    private static let foreignEntries = 64

    /// The author of the named entries, or a node that their payloads' audience reaches.
    ///
    /// Where a named entry does not lie, nobody is sent anything on the grant's word; who is sent an entry on the strength
    /// of a grant checks it with the entry in hand.
    static let grant = AuthorRule { question in
        let author = question.entry.author
        let others = try Grant(fields: question.entry.fields).entries.filter { $0.author != author }
        guard others.count <= foreignEntries else {
            throw Failure("author.notGiven", "a grant names more than \(foreignEntries) entries of others")
        }
        for id in others {
            guard let named = try question.entry(id), !named.lacksPayload else { continue }
            // Where there is no payload, nobody above has been denied anything.
            let audience: Audience? = named.payloadAudience ?? (named.hasPayload ? nil : .region)
            guard let audience, audience.reaches(author, from: id.author, in: try question.tree)
            else {
                throw Failure("author.notGiven", "\(author) may not grant an entry whose payload it was not given")
            }
        }
    }

    /// A node that the entry in question may have reached.
    ///
    /// Its author knows whom it gave the header to. What went further than the author may have been passed on by those
    /// above it, of whose grants the author does not hear: there any node of the region is believed. So is who tells the
    /// author of an entry that does not lie here: it went with a disk, or somebody else has this node's key, and either is
    /// what the operator must hear.
    static let notice = AuthorRule { question in
        let notice = try SetAsideNotice(fields: question.entry.fields)
        guard try question.tree.tier(of: question.entry.author) != nil else {
            throw Failure("author.notReached", "\(question.entry.author) is no node of the region")
        }
        guard notice.entry.author == question.node, question.entry.author != question.node else { return }
        guard let named = try question.entry(notice.entry) else { return }
        guard try mayHaveReached(question.entry.author, named, question) else {
            throw Failure("author.notReached", "\(question.entry.author) tells of an entry that it cannot have")
        }
    }

    private static func mayHaveReached(_ node: NodeID, _ entry: Entry, _ question: AuthorQuestion) throws -> Bool {
        if entry.kind == .audit { return false }
        guard entry.headerAudience == .own else { return true }
        let given = try question.sql.row(
            "SELECT 1 FROM parcel WHERE recipient = $1 AND entry = $2", [node.rawValue, entry.id.description])
        return given != nil
    }
}
