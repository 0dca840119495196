package import Effects
package import Ledgers
import Regions
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
    /// - Throws: `recognition.noAlert` where none is open about that version; `access.incomplete`, `access.notRegistered`.
    package func acknowledge(_ version: EntryID, unit: String, practitioner: String) async throws {
        try context.check(practitioner: practitioner, of: unit, at: context.node)
        let context = context
        try await context.ledger.write(lane: .clinical) { transaction in
            let key = try ReportTable.version(of: version, in: transaction.sql)?.fields.reportKey ?? ""
            let open = try AlertTable.open(at: context.node, about: key, in: transaction.sql)
            guard let alert = open.first(where: { $0.current == version && $0.unit == unit }) else {
                throw Failure(
                    "recognition.noAlert", "no alert about that version is open for \(unit.prefix(80))",
                    place: version.description, remedy: "list the open ones with `yilian recognition alerts`")
            }
            var fields = PBRecognitionAcknowledgementFields()
            fields.reportKey = alert.reportKey
            fields.entry = version.description
            fields.unit = unit
            fields.reading = try AlertTable.reading(of: alert, at: context.node, in: transaction.sql)
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
        let (node, configuration) = (context.node, context.region.current)
        return try await context.ledger.read { sql in
            try sql.rows(
                """
                SELECT o.entry, o.report_entry, o.unit, o.issuer, o.author, o.at, v.fields FROM recognition_opening o
                LEFT JOIN report_version v ON v.entry = o.report_entry
                WHERE o.break_glass = 1 AND o.at >= $1 ORDER BY o.at DESC, o.entry LIMIT $2
                """, [since.milliseconds, min(max(1, limit), Limits.queryResults)]
            ).map { row in
                // The result says whose it is; of a result that lies elsewhere, this node knows what it opened itself.
                let fields = try row.optionalBytes(6).map { try ReportFields(bytes: $0, reportKey: "") }
                let issuer = fields.map {
                    RecognitionMatcher.issuer(of: $0, in: configuration)?.id.rawValue ?? $0.institution
                }
                let own = try row.text(4) == node.rawValue ? try row.text(3) : ""
                return OpeningRecord(
                    id: try EntryID(try row.text(0)), report: try EntryID(try row.text(1)), unit: try row.text(2),
                    issuer: issuer ?? own, time: WallTime(milliseconds: try row.integer(5)))
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
