package import Effects
package import Ledgers
import Regions
import ServiceKit
import Storage

/// Reads which alerts stand open at a node.
enum AlertTable {
    private struct Reading: Hashable {
        var reportKey: String
        var unit: String
    }

    /// The open alerts, the oldest first.
    static func open(at node: NodeID, limit: Int, in sql: any SQLTransaction) throws -> [ReportAlert] {
        let rows = try sql.rows(
            """
            SELECT r.report_key, r.unit, r.report_entry, r.recognised FROM (
                SELECT report_key, unit, report_entry, 0 AS recognised, at FROM recognition_opening WHERE author = $1
                UNION ALL
                SELECT d.report_key, m.unit, d.report_entry, 1, d.at FROM recognition_decision d
                JOIN recognition_match m ON m.match_id = d.match_id AND m.author = d.author
                WHERE d.author = $1 AND d.recognised = 1) r
            LEFT JOIN report_version o ON o.entry = r.report_entry
            WHERE o.entry IS NULL OR EXISTS (
                SELECT 1 FROM report_version v
                WHERE v.report = o.report AND v.report_rest = o.report_rest AND v.entry <> o.entry)
            ORDER BY r.at, r.report_entry
            """, [node.rawValue])
        return Array(try alerts(rows, in: sql).prefix(limit))
    }

    /// The open alerts about one result; what everybody else has read is not looked at.
    static func open(at node: NodeID, about key: String, in sql: any SQLTransaction) throws -> [ReportAlert] {
        let rows = try sql.rows(
            """
            SELECT r.report_key, r.unit, r.report_entry, r.recognised FROM (
                SELECT report_key, unit, report_entry, 0 AS recognised, at FROM recognition_opening
                WHERE author = $1 AND report_key = $2
                UNION ALL
                SELECT d.report_key, m.unit, d.report_entry, 1, d.at FROM recognition_decision d
                JOIN recognition_match m ON m.match_id = d.match_id AND m.author = d.author
                WHERE d.author = $1 AND d.report_key = $2 AND d.recognised = 1) r
            ORDER BY r.at, r.report_entry
            """, [node.rawValue, key])
        return try alerts(rows, in: sql)
    }

    private static func alerts(_ rows: [SQLRow], in sql: any SQLTransaction) throws -> [ReportAlert] {
        var found: [Reading: ReportAlert] = [:]
        for row in rows {
            let reading = Reading(reportKey: try row.text(0), unit: try row.text(1))
            let seen = try EntryID(try row.text(2))
            let isRecognised = try row.integer(3) != 0
            // Reading the newer version is not taking note of it: the alert stays.
            guard let alert = try alert(reading, seen: seen, in: sql) else { continue }
            var merged = alert
            merged.wasRecognised = isRecognised || found[reading]?.wasRecognised ?? false
            found[reading] = merged
        }
        return found.values.sorted { ($0.since, $0.reportKey, $0.unit) < ($1.since, $1.reportKey, $1.unit) }
    }

    /// The opening or the decision by which an alert's unit read its result; any of them will do.
    static func reading(of alert: ReportAlert, at node: NodeID, in sql: any SQLTransaction) throws -> String {
        let opened = try sql.row(
            """
            SELECT entry FROM recognition_opening WHERE report_key = $1 AND unit = $2 AND author = $3
            ORDER BY at, entry LIMIT 1
            """, [alert.reportKey, alert.unit, node.rawValue])
        let decided = try sql.row(
            """
            SELECT d.entry FROM recognition_decision d JOIN recognition_match m ON m.match_id = d.match_id
            WHERE d.report_key = $1 AND m.unit = $2 AND d.author = $3 AND m.author = $3 ORDER BY d.at, d.entry LIMIT 1
            """, [alert.reportKey, alert.unit, node.rawValue])
        return try (opened ?? decided)?.text(0) ?? ""
    }

    /// When an alert's unit read its result last.
    static func lastReading(of alert: ReportAlert, at node: NodeID, in sql: any SQLTransaction) throws -> WallTime? {
        try sql.row(
            """
            SELECT MAX(at) FROM (
                SELECT at FROM recognition_opening WHERE report_key = $1 AND unit = $2 AND author = $3
                UNION ALL
                SELECT d.at FROM recognition_decision d JOIN recognition_match m ON m.match_id = d.match_id
                WHERE d.report_key = $1 AND m.unit = $2 AND d.author = $3 AND m.author = $3) r
            """, [alert.reportKey, alert.unit, node.rawValue])?
            .optionalInteger(0).map(WallTime.init(milliseconds:))
    }

    /// What stands now beside the version that was read; `nil` where that is the same, or was taken note of.
    private static func alert(_ reading: Reading, seen: EntryID, in sql: any SQLTransaction) throws -> ReportAlert? {
        let result = try ReportTable.result(reading.reportKey, in: sql)
        guard let current = result.summary, current.entry != seen else { return nil }
        let fields = try ReportTable.version(of: seen, in: sql)?.fields
        let known = fields?.version
        guard
            let version = try known
                ?? sql.row("SELECT version FROM recognition_opening WHERE report_entry = $1", [seen.description])
                .map({ Int(try $0.integer(0)) }),
            // What was read elsewhere may be newer than what this index knows.
            known != nil || current.isVoid || current.fields.version > version
        else { return nil }
        let isKnown = try sql.row(
            "SELECT 1 FROM recognition_acknowledgement WHERE report_entry = $1 AND unit = $2",
            [current.entry.description, reading.unit])
        guard isKnown == nil else { return nil }
        return ReportAlert(
            reportKey: reading.reportKey, unit: reading.unit, seen: seen, seenVersion: version, current: current.entry,
            currentVersion: current.fields.version, isVoid: current.isVoid,
            isMoved: try fields.map { try isOfAnother(result, than: $0.patientKeys, in: sql) } ?? false,
            wasRecognised: false, since: current.receivedTime)
    }

    private static func isOfAnother(
        _ result: ReportTable.Result, than keys: [PatientKeyReference], in sql: any SQLTransaction
    ) throws -> Bool {
        guard result.isOfAnother(than: keys) else { return false }
        return try result.isOfAnother(than: ReportTable.equivalents(of: keys, in: sql).keys)
    }
}

/// A result that somebody at this node opened or recognised has a newer version, or is void.
///
/// A fold of what is known here: it opens when the newer version arrives and closes when it is acknowledged. The latest
/// state of a result is what is alerted about; a void counts before any version.
package struct ReportAlert: Sendable, Equatable {
    package var reportKey: String
    /// The unit whose doctor opened or recognised it.
    package var unit: String
    /// The version that was opened or recognised.
    package var seen: EntryID
    package var seenVersion: Int
    /// The version that stands now, or the void.
    package var current: EntryID
    package var currentVersion: Int
    package var isVoid: Bool
    /// The result is another patient's now than the one for whom it was read.
    package var isMoved: Bool
    /// The result was recognised, not only opened.
    package var wasRecognised: Bool
    /// When this node had it on its disk.
    package var since: WallTime

    package var text: BilingualText {
        let what = wasRecognised ? ("已互认", "recognised") : ("已调阅", "opened")
        if isVoid {
            return BilingualText(
                "\(what.0)的报告已被出具机构作废，请复核。", "A report that was \(what.1) has been voided by its issuer; review it.")
        }
        if isMoved {
            return BilingualText(
                "\(what.0)的报告已更正为另一名患者的报告，请复核。",
                "A report that was \(what.1) is another patient's now, by a correction; review it.")
        }
        return BilingualText(
            "\(what.0)的报告已更正为第\(currentVersion)版，请复核。",
            "A report that was \(what.1) has been corrected (version \(currentVersion)); review it.")
    }
}
