import Effects
import Ledgers
import Regions
import Storage

extension EntryKind {
    /// A note: its row carries everything that the entry says.
    static let note = EntryKind(900)
    /// Voids the notes that it names as causes.
    static let void = EntryKind(901)
    /// Does not fold where its subject names a way to fail.
    static let brittle = EntryKind(902)
    /// Known to the newer program only.
    static let novelty = EntryKind(903)
}

extension AuthorRule {
    /// For tests that are about something else.
    static let anybody = AuthorRule { _ in }
}

/// The test's projection: notes, voids, and entries that fail to fold.
struct NoteProjection: Projection {
    struct PlainError: Error {}

    let name = "note"
    var known: Set<EntryKind> = [.note, .void, .brittle]
    var author = AuthorRule.anybody
    var declared: [DeclaredKind] { known.map { DeclaredKind($0, author: author) } }
    let tables: [StaticString] = ["note", "note_void"]
    let migrations = [
        Migration(
            "note", 1,
            [
                """
                CREATE TABLE note (
                    entry TEXT NOT NULL PRIMARY KEY, kind BIGINT NOT NULL, subject TEXT NOT NULL, fields BYTEA NOT NULL,
                    payload BYTEA, author_time BIGINT NOT NULL, received_at BIGINT NOT NULL, voided_by TEXT)
                """,
                """
                CREATE TABLE note_void (
                    entry TEXT NOT NULL, target TEXT NOT NULL, was_known BIGINT NOT NULL, PRIMARY KEY (entry, target))
                """,
            ])
    ]

    /// What a newer program brings.
    static var newer: NoteProjection {
        var projection = NoteProjection()
        projection.known.insert(.novelty)
        return projection
    }

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        if entry.kind == .void { return try foldVoid(entry, in: transaction) }
        try transaction.execute(
            """
            INSERT INTO note (entry, kind, subject, fields, payload, author_time, received_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (entry) DO UPDATE SET payload = excluded.payload, received_at = excluded.received_at
            """,
            [
                entry.id.description, entry.kind.rawValue, entry.subject, entry.fields, entry.payload,
                entry.authorTime.milliseconds, entry.receivedTime.milliseconds,
            ])
        guard entry.kind == .brittle else { return }
        switch entry.subject {
        case "failure": throw Failure("note.poison", "this entry cannot be understood")
        case "plain error": throw PlainError()
        case "constraint":
            try transaction.execute("INSERT INTO note_void (entry, target, was_known) VALUES ('x', 'x', NULL)", [])
        default: break
        }
    }

    private func foldVoid(_ entry: Entry, in transaction: any SQLTransaction) throws {
        for cause in entry.causes {
            let changed = try transaction.execute(
                "UPDATE note SET voided_by = $1 WHERE entry = $2 AND (voided_by IS NULL OR voided_by >= $3)",
                [entry.id.description, cause.description, entry.id.description])
            let isKnown =
                try changed > 0
                || transaction.row("SELECT 1 FROM note WHERE entry = $1", [cause.description]) != nil
            try transaction.execute(
                """
                INSERT INTO note_void (entry, target, was_known) VALUES ($1, $2, $3)
                ON CONFLICT (entry, target) DO NOTHING
                """, [entry.id.description, cause.description, isKnown])
        }
    }
}
