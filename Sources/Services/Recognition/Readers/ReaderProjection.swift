import Effects
package import Ledgers
import Regions
package import Storage

/// Who opened which result, and who has taken note of what became of it.
package struct ReaderProjection: Projection {
    package init() {}

    package let name = "recognition-reader"
    package let declared = [
        DeclaredKind(.reportOpened, author: .opening), DeclaredKind(.alertAcknowledged, author: .acknowledgement),
    ]
    package let tables: [StaticString] = ["recognition_opening", "recognition_acknowledgement"]
    package let migrations = [
        Migration(
            "recognition-reader", 1,
            [
                """
                CREATE TABLE recognition_opening (
                    entry TEXT NOT NULL PRIMARY KEY, report_key TEXT NOT NULL, report_entry TEXT NOT NULL,
                    version BIGINT NOT NULL, unit TEXT NOT NULL, issuer TEXT NOT NULL, purpose TEXT NOT NULL,
                    break_glass BIGINT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL)
                """,
                "CREATE INDEX recognition_opening_by_report ON recognition_opening (report_key)",
                "CREATE INDEX recognition_opening_by_time ON recognition_opening (at)",
                "CREATE INDEX recognition_opening_by_glass ON recognition_opening (break_glass, at)",
                """
                CREATE TABLE recognition_acknowledgement (
                    entry TEXT NOT NULL PRIMARY KEY, report_key TEXT NOT NULL, report_entry TEXT NOT NULL,
                    unit TEXT NOT NULL, author TEXT NOT NULL, at BIGINT NOT NULL, practitioner TEXT)
                """,
                "CREATE INDEX recognition_acknowledgement_by_report ON recognition_acknowledgement (report_entry)",
            ]),
        // Bookkeeping, not a projection: which readers an author has let have which version, and who waits for it.
        Migration(
            "recognition-reader", 2,
            [
                """
                CREATE TABLE recognition_share (
                    entry TEXT NOT NULL, recipient TEXT NOT NULL, PRIMARY KEY (entry, recipient))
                """,
                """
                CREATE TABLE recognition_due (
                    entry TEXT NOT NULL PRIMARY KEY, reader TEXT NOT NULL, report_key TEXT NOT NULL,
                    report_entry TEXT NOT NULL)
                """,
            ]),
        Migration(
            "recognition-reader", 3,
            [
                "ALTER TABLE recognition_due ADD COLUMN since BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX recognition_due_by_reader ON recognition_due (reader, entry)",
            ]),
        RecognitionOutbox.migration,
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        if entry.kind == .reportOpened {
            try foldOpening(entry, in: transaction, context: context)
        } else {
            try foldAcknowledgement(entry, in: transaction)
        }
    }

    private func foldOpening(
        _ entry: Entry, in transaction: any SQLTransaction, context: FoldContext
    ) throws {
        guard let message = try? PBRecognitionOpeningFields(serializedBytes: entry.fields),
            message.reportKey == entry.subject
        else { throw Failure("recognition.malformed", "the record of an opening cannot be read") }
        let report = try EntryID(message.entry)
        try ReportTable.check(report, isOf: message.reportKey, in: transaction)
        try ReaderDue.add(entry, report: report, key: message.reportKey, context: context, in: transaction)
        try transaction.execute(
            """
            INSERT INTO recognition_opening (entry, report_key, report_entry, version, unit, issuer, purpose,
                break_glass, author, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, message.reportKey, report.description,
                try PeerNumber.count(message.version, atMost: Limits.versions, "a report's version"), message.unit,
                message.issuer, message.purpose, message.breakGlass, entry.author.rawValue,
                entry.authorTime.milliseconds,
            ])
        if entry.author == context.node {
            try RecognitionOutbox.noteAlerts(
                about: message.reportKey, after: entry, at: context.node, in: transaction)
        }
    }

    private func foldAcknowledgement(_ entry: Entry, in transaction: any SQLTransaction) throws {
        guard let message = try? PBRecognitionAcknowledgementFields(serializedBytes: entry.fields),
            message.reportKey == entry.subject
        else { throw Failure("recognition.malformed", "the record of an acknowledgement cannot be read") }
        let practitioner = try entry.payload.map { payload in
            guard let message = try? PBRecognitionAcknowledgementContent(serializedBytes: payload) else {
                throw Failure("recognition.malformed", "the record of an acknowledgement cannot be read")
            }
            return message.practitioner
        }
        try transaction.execute(
            """
            INSERT INTO recognition_acknowledgement (entry, report_key, report_entry, unit, author, at, practitioner)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry) DO UPDATE
            SET practitioner = coalesce(recognition_acknowledgement.practitioner, excluded.practitioner)
            """,
            [
                entry.id.description, message.reportKey, try EntryID(message.entry).description, message.unit,
                entry.author.rawValue, entry.authorTime.milliseconds, practitioner,
            ])
    }
}
