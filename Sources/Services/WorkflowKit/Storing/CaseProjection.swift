import Effects
package import Ledgers
import Regions
package import Storage
import Trust
import Wire

/// A workflow's cases, attempts and events as tables (``CaseTables``).
///
/// Every entry is kept under its id; the rows of cases and attempts are derived from all of them anew, so the order in
/// which entries and payloads arrive changes nothing.
package struct CaseProjection<W: Workflow>: Projection {
    package init() {}

    package var name: String { W.table.name }
    package var declared: [DeclaredKind] {
        [DeclaredKind(W.table.creation.kind, author: CaseAuthors<W>.creation)]
            + W.table.events.map { DeclaredKind($0.kind, author: CaseAuthors<W>.rule(of: $0)) }
    }
    package var tables: [StaticString] { [] }
    package var migrations: [Migration] { [] }

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try CaseFields<W>(bytes: entry.fields)
        let isCreation = entry.kind == W.table.creation.kind
        guard fields.id.description == entry.subject, isCreation || fields.attempt >= 1 && fields.number >= 1 else {
            throw CaseFields<W>.malformed
        }
        try checkCount(of: fields.id, entry, in: transaction)
        try transaction.execute(
            """
            INSERT INTO case_event (entry, workflow, case_id, kind, author_time, received_at, fields, content_digest,
                has_payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (entry) DO UPDATE SET
                has_payload = CASE WHEN excluded.has_payload = 1 THEN 1 ELSE case_event.has_payload END,
                content_digest = coalesce(case_event.content_digest, excluded.content_digest)
            """,
            [
                entry.id.description, W.table.name, fields.id.description, entry.kind.rawValue,
                entry.authorTime.milliseconds, entry.receivedTime.milliseconds, entry.fields,
                try entry.payload.map { try CaseContent(wireBytes: $0).digest(context.suite) }, entry.payload != nil,
            ])
        if isCreation, entry.author == context.node, let payload = entry.payload {
            try CaseOrder<W>.noteAgain(of: payload, fields, suite: context.suite, in: transaction)
        }
        let record = try CaseTable<W>.derive(fields.id, node: context.node, in: transaction)
        if let record { try CaseAnswers<W>.note(record, at: context.node, in: transaction) }
    }

    /// Each entry makes the rows anew from all of them, so there are not more than anybody needs.
    private func checkCount(of id: CaseID<W>, _ entry: Entry, in transaction: any SQLTransaction) throws {
        let author = entry.author.rawValue
        let many = try transaction.row(
            """
            SELECT 1 FROM case_event
            WHERE workflow = $1 AND case_id = $2 AND substr(entry, 1, $3) = $4 AND entry <> $5 LIMIT 1 OFFSET $6
            """,
            [
                W.table.name, id.description, author.utf8.count + 1, author + "/", entry.id.description,
                Limits.caseEntriesPerAuthor - 1,
            ])
        guard many == nil else {
            throw W.table.failure(
                .tooMany, "the author has written more about the \(W.table.noun) than anybody needs to")
        }
    }
}
