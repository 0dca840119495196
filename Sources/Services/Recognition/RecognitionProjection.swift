import Effects
package import Ledgers
import Regions
import ServiceKit
package import Storage

/// The index of results by patient key, with every version.
///
/// At the city it holds no name and no number. Where a report's content lies, its order number finds it, too.
package struct RecognitionProjection: Projection {
    package init() {}

    package let name = "recognition"
    package let declared = [DeclaredKind(.report, author: .report)]
    package let tables: [StaticString] = ["report_version", "report_patient", "report_number"]
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
                "CREATE INDEX report_patient_by_report ON report_patient (report_key)"
            ]),
        // Its keys are digests, so that each report wrote a page of its own; the reports' fields say the same.
        Migration("recognition", 3, ["DROP INDEX report_patient_by_report"]),
        // Numbers instead of keys: three fifths of the size.
        Migration(
            "recognition", 4,
            [
                "ALTER TABLE report_version RENAME TO former_report_version",
                "ALTER TABLE report_patient RENAME TO former_report_patient",
                "DROP INDEX report_version_by_key",
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
            ], conversion: convertKeys),
        OrderNumberTable.migration,
    ]

    /// Brings the rows over that an older program wrote.
    ///
    /// A key that is not 40 digits, which no program of ours makes, stays behind: the fold refuses it, and `ledger
    /// refold` names its entry among those that are set aside.
    private static func convertKeys(_ sql: any SQLTransaction) throws {
        try sql.forEach(
            """
            SELECT entry, report_key, version, status, author, author_time, received_at, fields, content_digest,
                has_payload
            FROM former_report_version ORDER BY entry
            """, []
        ) { row in
            guard let key = ReportKeyColumns(try row.text(1)) else { return true }
            try insert(
                entry: try row.text(0), key: key,
                columns: [
                    try row.integer(2), try row.integer(3), try row.text(4), try row.integer(5), try row.integer(6),
                    ReportFields.withoutKey(try row.bytes(7)), row.optionalBytes(8), try row.integer(9),
                ], in: sql)
            return true
        }
        try sql.forEach("SELECT patient_key, report_key FROM former_report_patient", []) { row in
            guard let patient = PatientKeyReference(indexBytes: try row.bytes(0)),
                let key = ReportKeyColumns(try row.text(1))
            else { return true }
            try insert(patient: patient, key: key, in: sql)
            return true
        }
        try sql.execute("DROP TABLE former_report_version", [])
        try sql.execute("DROP TABLE former_report_patient", [])
    }

    /// - Parameter columns: from `version` on.
    private static func insert(
        entry: String, key: ReportKeyColumns, columns: [any SQLConvertible], in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            INSERT INTO report_version (entry, report, report_rest, version, status, author, author_time, received_at,
                fields, content_digest, has_payload)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (entry) DO UPDATE SET
                has_payload = CASE WHEN excluded.has_payload = 1 THEN 1 ELSE report_version.has_payload END,
                content_digest = coalesce(report_version.content_digest, excluded.content_digest)
            """, [entry, key.number, key.rest] + columns)
    }

    private static func insert(
        patient: PatientKeyReference, key: ReportKeyColumns, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            "INSERT INTO report_patient (patient, report) VALUES ($1, $2) ON CONFLICT (patient, report) DO NOTHING",
            [patient.indexNumber, key.number])
    }

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let fields = try ReportFields(bytes: entry.fields)
        guard fields.reportKey == entry.subject, !fields.patientKeys.isEmpty else {
            throw Failure("recognition.malformed", "the report's header contradicts its subject")
        }
        guard let key = ReportKeyColumns(fields.reportKey) else {
            throw Failure("recognition.malformed", "the report's key is not 40 hexadecimal digits")
        }
        // Whoever reads a result reads all of its versions.
        let author = entry.author.rawValue
        let many = try transaction.row(
            """
            SELECT 1 FROM report_version WHERE report = $1 AND report_rest = $2 AND author = $3 AND entry <> $4
            LIMIT 1 OFFSET $5
            """, [key.number, key.rest, author, entry.id.description, Limits.reportVersionsPerAuthor - 1])
        guard many == nil else {
            throw Failure("recognition.tooManyVersions", "a report has more versions than one may")
        }
        let digest = entry.payload.map { context.suite.digest($0).bytes }
        try Self.insert(
            entry: entry.id.description, key: key,
            columns: [
                fields.version, Int(fields.status.rawValue), entry.author.rawValue, entry.authorTime.milliseconds,
                entry.receivedTime.milliseconds, ReportFields.withoutKey(entry.fields), digest, entry.payload != nil,
            ], in: transaction)
        if let payload = entry.payload, fields.attachmentCount > 0 {
            try Attachments.announce(
                try ReportAttachment.manifests(in: payload), by: entry, context: context, in: transaction)
        }
        for patient in fields.patientKeys { try Self.insert(patient: patient, key: key, in: transaction) }
        if let payload = entry.payload {
            try OrderNumberTable.add(
                payload, of: key, service: fields.service.code, suite: context.suite, in: transaction)
        }
        try RecognitionOutbox.noteAlerts(after: fields, entry, at: context.node, in: transaction)
    }
}
