import Effects
package import Ledgers
import Regions
import ServiceKit
package import Storage

/// Orders that were matched, for statistics; at the node where the order was made, also what was offered.
package struct MatchProjection: Projection {
    package init() {}

    package let name = "recognition-match"
    package let declared = [DeclaredKind(.orderMatched, author: .match)]
    package let tables: [StaticString] = [
        "recognition_match", "recognition_match_patient", "recognition_match_item", "recognition_match_report",
        "recognition_offer",
    ]
    package let migrations = [
        Migration(
            "recognition-match", 1,
            [
                """
                CREATE TABLE recognition_match (
                    entry TEXT NOT NULL PRIMARY KEY, match_id TEXT NOT NULL, unit TEXT NOT NULL, author TEXT NOT NULL,
                    at BIGINT NOT NULL, above_reached BIGINT NOT NULL,
                    milliseconds BIGINT NOT NULL)
                """,
                "CREATE INDEX recognition_match_by_time ON recognition_match (at)",
                "CREATE INDEX recognition_match_by_id ON recognition_match (match_id)",
                """
                CREATE TABLE recognition_match_patient (
                    entry TEXT NOT NULL, patient_key BYTEA NOT NULL, PRIMARY KEY (entry, patient_key))
                """,
                """
                CREATE TABLE recognition_match_item (
                    entry TEXT NOT NULL, item TEXT NOT NULL, candidates BIGINT NOT NULL, recognisable BIGINT NOT NULL,
                    discretion BIGINT NOT NULL, expired BIGINT NOT NULL, PRIMARY KEY (entry, item))
                """,
                """
                CREATE TABLE recognition_match_report (
                    entry TEXT NOT NULL, item TEXT NOT NULL, report BIGINT NOT NULL, PRIMARY KEY (entry, item, report))
                """,
                """
                CREATE TABLE recognition_offer (
                    match_id TEXT NOT NULL, item TEXT NOT NULL, report_key TEXT NOT NULL, entry TEXT NOT NULL,
                    verdict TEXT NOT NULL, issuer TEXT NOT NULL, order_number TEXT NOT NULL,
                    PRIMARY KEY (match_id, item, entry))
                """,
            ]),
        // Decisions about two patients never share a key.
        Migration(
            "recognition-match", 2, ["ALTER TABLE recognition_offer ADD COLUMN patient BYTEA"]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard let message = try? PBRecognitionMatchFields(serializedBytes: entry.fields) else {
            throw Failure("recognition.malformed", "the header of a match cannot be read")
        }
        let content = try entry.payload.map(Self.content)
        let id = entry.id.description
        try transaction.execute(
            """
            INSERT INTO recognition_match (entry, match_id, unit, author, at, above_reached, milliseconds)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (entry) DO NOTHING
            """,
            [
                id, entry.subject, message.unit, entry.author.rawValue, entry.authorTime.milliseconds,
                message.aboveReached, PeerNumber.atMost(Int(Limits.idleLinkMilliseconds), message.milliseconds),
            ])
        try fold(message, entry: id, in: transaction)
        guard let content else { return }
        let patient = content.hasPatient ? try PatientKeyReference(wire: content.patient).indexBytes : nil
        for part in content.offers {
            try transaction.execute(
                """
                INSERT INTO recognition_offer (match_id, item, report_key, entry, verdict, issuer, order_number, patient)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (match_id, item, entry) DO NOTHING
                """,
                [
                    entry.subject, part.item, part.reportKey, part.entry, part.verdict, part.issuer,
                    part.orderNumber, patient,
                ])
        }
    }

    private static func content(in payload: [UInt8]) throws -> PBRecognitionMatchContent {
        guard let message = try? PBRecognitionMatchContent(serializedBytes: payload),
            message.offers.count <= Limits.orderItems * Limits.candidateReports
        else { throw Failure("recognition.malformed", "the content of a match cannot be read") }
        return message
    }

    /// A match whose order or answer is larger than any can be is refused as a whole.
    private func fold(
        _ message: PBRecognitionMatchFields, entry id: String, in transaction: any SQLTransaction
    ) throws {
        let existing = PeerNumber.label(message.existing)
        guard message.patientKeys.count <= Limits.questionKeys, message.items.count <= Limits.orderItems,
            existing.count <= Limits.existingResultsCounted
        else { throw Failure("recognition.malformed", "a match is larger than an order can be") }
        for key in message.patientKeys {
            try transaction.execute(
                """
                INSERT INTO recognition_match_patient (entry, patient_key) VALUES ($1, $2)
                ON CONFLICT (entry, patient_key) DO NOTHING
                """, [id, try PatientKeyReference(wire: key).indexBytes])
        }
        for report in existing { try add(report, item: "", entry: id, in: transaction) }
        for part in message.items {
            let count = { try PeerNumber.count($0 as UInt32, atMost: Limits.candidateReports, "a count of candidates") }
            let reports = PeerNumber.label(part.reports)
            guard reports.count <= Limits.candidateReports else {
                throw Failure("recognition.malformed", "a match names more results than it can")
            }
            try transaction.execute(
                """
                INSERT INTO recognition_match_item (entry, item, candidates, recognisable, discretion, expired)
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (entry, item) DO NOTHING
                """,
                [
                    id, part.item, try count(PeerNumber.label(part.candidates)),
                    try count(PeerNumber.label(part.recognisable)), try count(PeerNumber.label(part.discretion)),
                    try count(PeerNumber.label(part.expired)),
                ])
            for report in reports { try add(report, item: part.item, entry: id, in: transaction) }
        }
    }

    private func add(_ report: UInt64, item: String, entry: String, in sql: any SQLTransaction) throws {
        try sql.execute(
            """
            INSERT INTO recognition_match_report (entry, item, report) VALUES ($1, $2, $3)
            ON CONFLICT (entry, item, report) DO NOTHING
            """, [entry, item, Int64(bitPattern: report)])
    }
}
