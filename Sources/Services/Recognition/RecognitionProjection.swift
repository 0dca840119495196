import Effects
package import Ledgers
import Regions
import ServiceKit
package import Storage

/// The index of results by patient key, with every version.
///
/// At the city it holds no name and no number. A result is void as soon as any of its versions is: the void wins,
/// whatever the order in which versions arrive.
package struct RecognitionProjection: Projection {
    package init() {}

    package let name = "recognition"
    package let kinds: Set<EntryKind> = [.report]
    package let tables: [StaticString] = ["report_version", "report_patient"]
    package let migrations = [
        Migration(
            "recognition", 1,
            [
                """
                CREATE TABLE report_version (
                    entry TEXT NOT NULL PRIMARY KEY, report_key TEXT NOT NULL, version BIGINT NOT NULL,
                    status BIGINT NOT NULL, author TEXT NOT NULL, author_time BIGINT NOT NULL,
                    received_at BIGINT NOT NULL, fields BYTEA NOT NULL, content_digest BYTEA,
                    has_payload BIGINT NOT NULL)
                """,
                "CREATE INDEX report_version_by_key ON report_version (report_key)",
                """
                CREATE TABLE report_patient (
                    patient_key BYTEA NOT NULL, report_key TEXT NOT NULL, PRIMARY KEY (patient_key, report_key))
                """,
            ]),
        Migration(
            "recognition", 2,
            [
                """
                CREATE TABLE received_message (
                    source TEXT NOT NULL, message TEXT NOT NULL, digest BYTEA NOT NULL, outcome TEXT NOT NULL,
                    answer BYTEA NOT NULL, received_at BIGINT NOT NULL, PRIMARY KEY (source, message, digest))
                """
            ]),
        Migration(
            "recognition", 3,
            [
                "ALTER TABLE received_message ADD COLUMN institution TEXT NOT NULL DEFAULT ''",
                "CREATE INDEX report_patient_by_report ON report_patient (report_key)",
                "CREATE INDEX received_message_by_id ON received_message (message, received_at)",
                "CREATE INDEX received_message_by_time ON received_message (received_at)",
            ]),
        // Its keys are digests, so that each report wrote a page of its own; the reports' fields say the same.
        Migration("recognition", 4, ["DROP INDEX report_patient_by_report"]),
        // Numbers instead of keys: two thirds of the size.
        Migration(
            "recognition", 5, isDerivedAnew: true,
            [
                "DROP TABLE report_version",
                "DROP TABLE report_patient",
                """
                CREATE TABLE report_version (
                    entry TEXT NOT NULL PRIMARY KEY, report BIGINT NOT NULL, report_rest BYTEA NOT NULL,
                    version BIGINT NOT NULL, status BIGINT NOT NULL, author TEXT NOT NULL, author_time BIGINT NOT NULL,
                    received_at BIGINT NOT NULL, fields BYTEA NOT NULL, content_digest BYTEA,
                    has_payload BIGINT NOT NULL)
                """,
                "CREATE INDEX report_version_by_report ON report_version (report)",
                """
                CREATE TABLE report_patient (
                    patient BIGINT NOT NULL, report BIGINT NOT NULL, PRIMARY KEY (patient, report)) /* clustered */
                """,
            ]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try ReportFields(bytes: entry.fields)
        guard fields.reportKey == entry.subject, !fields.patientKeys.isEmpty else {
            throw Failure("recognition.malformed", "the report's header contradicts its subject")
        }
        guard let key = ReportKeyColumns(fields.reportKey) else {
            throw Failure("recognition.malformed", "the report's key is not 40 hexadecimal digits")
        }
        let digest = entry.payload.map { context.suite.digest($0).bytes }
        try transaction.execute(
            """
            INSERT INTO report_version (entry, report, report_rest, version, status, author, author_time, received_at,
                fields, content_digest, has_payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (entry) DO UPDATE SET
                has_payload = CASE WHEN excluded.has_payload = 1 THEN 1 ELSE report_version.has_payload END,
                content_digest = coalesce(report_version.content_digest, excluded.content_digest)
            """,
            [
                entry.id.description, key.number, key.rest, fields.version, Int(fields.status.rawValue),
                entry.author.rawValue, entry.authorTime.milliseconds, entry.receivedTime.milliseconds,
                ReportFields.withoutKey(entry.fields), digest, entry.payload != nil,
            ])
        if let payload = entry.payload, fields.attachmentCount > 0 {
            try Attachments.announce(
                try ReportAttachment.manifests(in: payload), by: entry, context: context, in: transaction)
        }
        for reference in fields.patientKeys {
            try transaction.execute(
                """
                INSERT INTO report_patient (patient, report) VALUES ($1, $2) ON CONFLICT (patient, report) DO NOTHING
                """, [reference.indexNumber, key.number])
        }
    }
}
