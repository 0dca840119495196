import Effects
package import Ledgers
import Regions
package import Storage
import Trust
import Wire

/// Requests, attempts and their events as tables.
///
/// Every entry is kept under its id; the rows of requests and attempts are derived from all of them anew, so the order
/// in which entries and payloads arrive changes nothing.
package struct ConsultationProjection: Projection {
    package init() {}

    package let name = "consultation"
    package let declared =
        [DeclaredKind(.consultationRequest, author: .consultationRequest)]
        + ConsultationEvent.allCases.map { DeclaredKind($0.kind, author: $0.authorRule) }
    package let tables: [StaticString] = ["consultation_event", "consultation_request", "consultation_attempt"]
    package let migrations = [
        Migration(
            "consultation", 1,
            [
                """
                CREATE TABLE consultation_event (
                    entry TEXT NOT NULL PRIMARY KEY, request TEXT NOT NULL, kind BIGINT NOT NULL,
                    author_time BIGINT NOT NULL, received_at BIGINT NOT NULL, fields BYTEA NOT NULL,
                    content_digest BYTEA, has_payload BIGINT NOT NULL)
                """,
                "CREATE INDEX consultation_event_by_request ON consultation_event (request)",
                """
                CREATE TABLE consultation_request (
                    request TEXT NOT NULL PRIMARY KEY, requester TEXT NOT NULL, kind TEXT NOT NULL,
                    specialty TEXT NOT NULL, requested_at BIGINT NOT NULL, state TEXT NOT NULL,
                    is_open BIGINT NOT NULL, entry_count BIGINT NOT NULL, entry TEXT)
                """,
                "CREATE INDEX consultation_request_open ON consultation_request (is_open, request)",
                "CREATE INDEX consultation_request_by_time ON consultation_request (requested_at)",
                """
                CREATE TABLE consultation_attempt (
                    request TEXT NOT NULL, attempt BIGINT NOT NULL, home TEXT NOT NULL, state TEXT NOT NULL,
                    claimant TEXT, claimed_at BIGINT, deadline BIGINT, PRIMARY KEY (request, attempt, home))
                """,
            ]),
        // Bookkeeping, not a projection: whom a city has let have a request, and which order numbers made which request.
        Migration(
            "consultation", 2,
            [
                """
                CREATE TABLE consultation_share (
                    entry TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (entry, recipient))
                """,
                """
                CREATE TABLE consultation_order (
                    unit TEXT NOT NULL, order_number TEXT NOT NULL, request TEXT NOT NULL,
                    content_digest BYTEA NOT NULL, PRIMARY KEY (unit, order_number))
                """,
            ]),
        // Bookkeeping, too: when each open request is to be looked at next.
        Migration(
            "consultation", 3,
            [
                """
                CREATE TABLE consultation_schedule (
                    request TEXT NOT NULL PRIMARY KEY, due BIGINT NOT NULL, stamp BIGINT NOT NULL)
                """,
                "CREATE INDEX consultation_schedule_by_due ON consultation_schedule (due, request)",
                """
                INSERT INTO consultation_schedule (request, due, stamp)
                SELECT request, 0, 1 FROM consultation_request WHERE is_open = 1
                """,
            ]),
        // Bookkeeping: reports on this node's own requests that the hospital's systems are to be told. No refold tells
        // them again.
        Migration(
            "consultation", 4,
            [
                """
                CREATE TABLE consultation_answer (
                    entry TEXT NOT NULL PRIMARY KEY, request TEXT NOT NULL, position BIGINT NOT NULL,
                    unit TEXT NOT NULL, patients TEXT NOT NULL, written_at BIGINT NOT NULL, state TEXT NOT NULL)
                """,
                "CREATE INDEX consultation_answer_by_position ON consultation_answer (position)",
                "CREATE INDEX consultation_answer_by_state ON consultation_answer (state, position)",
                "CREATE INDEX consultation_answer_by_request ON consultation_answer (request)",
                "CREATE INDEX consultation_order_by_request ON consultation_order (request)",
            ]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try ConsultationFields(bytes: entry.fields)
        guard fields.request.description == entry.subject,
            entry.kind == .consultationRequest || fields.attempt >= 1 && fields.number >= 1
        else { throw ConsultationFields.malformed }
        // Each entry makes the rows anew from all of them.
        let author = entry.author.rawValue
        let many = try transaction.row(
            """
            SELECT 1 FROM consultation_event WHERE request = $1 AND substr(entry, 1, $2) = $3 AND entry <> $4
            LIMIT 1 OFFSET $5
            """,
            [
                fields.request.description, author.utf8.count + 1, author + "/", entry.id.description,
                Limits.consultationEntriesPerAuthor - 1,
            ])
        guard many == nil else {
            throw Failure("consultation.tooMany", "the author has written more about the request than anybody needs to")
        }
        try transaction.execute(
            """
            INSERT INTO consultation_event (entry, request, kind, author_time, received_at, fields, content_digest,
                has_payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (entry) DO UPDATE SET
                has_payload = CASE WHEN excluded.has_payload = 1 THEN 1 ELSE consultation_event.has_payload END,
                content_digest = coalesce(consultation_event.content_digest, excluded.content_digest)
            """,
            [
                entry.id.description, fields.request.description, entry.kind.rawValue, entry.authorTime.milliseconds,
                entry.receivedTime.milliseconds, entry.fields, try Self.digest(of: entry, suite: context.suite),
                entry.payload != nil,
            ])
        if entry.kind == .consultationRequest, entry.author == context.node {
            try ConsultationService.noteOrder(of: entry, fields, suite: context.suite, in: transaction)
        }
        let record = try ConsultationTable.derive(fields.request, node: context.node, in: transaction)
        if let record, record.requester == context.node {
            try ConsultationAnswers.note(record, in: transaction)
        }
    }

    /// By which the same content is recognised: of a report, what it says.
    private static func digest(of entry: Entry, suite: Suite) throws -> [UInt8]? {
        guard let payload = entry.payload else { return nil }
        guard entry.kind == .consultationReported else { return suite.digest(payload).bytes }
        return suite.digest(try ConsultationReport(wireBytes: payload).said.wireBytes()).bytes
    }
}
