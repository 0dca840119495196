package import Effects
package import Ledgers
import ServiceKit
import Storage

extension RecognitionService {
    /// Results that were opened or recognised at this node and have since been corrected or voided, until somebody
    /// takes note; the oldest first.
    package func alerts() async throws -> [ReportAlert] {
        let node = context.node
        return try await context.ledger.read { try AlertTable.open(at: node, limit: Limits.alertsListed, in: $0) }
    }

    /// Takes note of an alert; it closes, and the result's author is told.
    ///
    /// - Parameters:
    ///   - version: the version, or the void, that the alert is about.
    ///   - unit: whose doctor had read the result.
    /// - Throws: `recognition.noAlert` where none is open about that version, `access.incomplete`.
    package func acknowledge(_ version: EntryID, unit: String, practitioner: String) async throws {
        guard !practitioner.isEmpty else {
            throw Failure("access.incomplete", "nobody is named who takes note", remedy: "name a practitioner")
        }
        let context = context
        try await context.ledger.write(lane: .clinical) { transaction in
            let open = try AlertTable.open(at: context.node, limit: .max, in: transaction.sql)
            guard let alert = open.first(where: { $0.current == version && $0.unit == unit }) else {
                throw Failure(
                    "recognition.noAlert", "no alert about that version is open for \(unit.prefix(80))",
                    place: version.description, remedy: "list the open ones with `yilian recognition alerts`")
            }
            var fields = PBRecognitionAcknowledgementFields()
            fields.reportKey = alert.reportKey
            fields.entry = version.description
            fields.unit = unit
            var content = PBRecognitionAcknowledgementContent()
            content.practitioner = practitioner
            let entry = try transaction.append(
                EntryDraft(
                    kind: .alertAcknowledged, subject: alert.reportKey, fields: try fields.serializedBytes(),
                    headerAudience: .city, payload: try content.serializedBytes(),
                    payloadAudience: context.payloadAudience))
            try transaction.grant([entry], to: [version.author], isHeadersOnly: true)
        }
    }

    /// Openings without consent, for review; newest first.
    ///
    /// Headers only, as far as they came here: the reason itself stands in the audit ledger of each hop.
    package func breakGlassOpenings(since: WallTime, limit: Int = Limits.queryResults) async throws -> [OpeningRecord] {
        try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT entry, report_entry, unit, issuer, author, at FROM recognition_opening
                WHERE break_glass = 1 AND at >= $1 ORDER BY at DESC, entry LIMIT $2
                """, [since.milliseconds, min(max(1, limit), Limits.queryResults)]
            ).map { row in
                OpeningRecord(
                    id: try EntryID(try row.text(0)), report: try EntryID(try row.text(1)), unit: try row.text(2),
                    issuer: try row.text(3), time: WallTime(milliseconds: try row.integer(5)))
            }
        }
    }
}

/// That a result was opened by another institution.
package struct OpeningRecord: Sendable, Equatable {
    package var id: EntryID
    package var report: EntryID
    package var unit: String
    package var issuer: String
    package var time: WallTime

    package init(id: EntryID, report: EntryID, unit: String, issuer: String, time: WallTime) {
        self.id = id
        self.report = report
        self.unit = unit
        self.issuer = issuer
        self.time = time
    }
}
