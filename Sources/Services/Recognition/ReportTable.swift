import Effects
import Identity
import Ledgers
import ServiceKit
import Storage

/// Reads the recognition projection.
enum ReportTable {
    /// What the index knows of one version.
    struct Version {
        var entry: EntryID
        var fields: ReportFields
        var authorTime: WallTime
        var receivedTime: WallTime
        var contentDigest: [UInt8]?
        var hasPayload: Bool
    }

    /// All versions of a result, oldest first.
    ///
    /// The order is the same wherever it is computed.
    static func versions(of key: String, in sql: any SQLTransaction) throws -> [Version] {
        try sql.rows(
            """
            SELECT entry, fields, author_time, received_at, content_digest, has_payload FROM report_version
            WHERE report_key = $1 ORDER BY version, author_time, entry
            """, [key]
        ).map(version)
    }

    static func version(of entry: EntryID, in sql: any SQLTransaction) throws -> Version? {
        try sql.row(
            """
            SELECT entry, fields, author_time, received_at, content_digest, has_payload FROM report_version
            WHERE entry = $1
            """, [entry.description]
        ).map(version)
    }

    /// The results of a person that were heard of last, the newest first.
    static func reportKeys(
        of patients: [PatientKeyReference], limit: Int, in sql: any SQLTransaction
    ) throws -> [String] {
        var newest: [String: Int64] = [:]
        for patient in patients {
            let rows = try sql.rows(
                """
                SELECT p.report_key, MAX(v.author_time) AS newest FROM report_patient p
                JOIN report_version v ON v.report_key = p.report_key
                WHERE p.patient_key = $1 GROUP BY p.report_key ORDER BY newest DESC, p.report_key LIMIT $2
                """, [patient.indexBytes, limit])
            for row in rows { newest[try row.text(0)] = try row.integer(1) }
        }
        let ordered = newest.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        return ordered.prefix(limit).map(\.key)
    }

    /// Other keys under which results of these patients came, too.
    static func otherKeys(
        of patients: [PatientKeyReference], limit: Int, in sql: any SQLTransaction
    ) throws -> [PatientKeyReference] {
        var others: [PatientKeyReference] = []
        for patient in patients {
            let rows = try sql.rows(
                """
                SELECT v.fields FROM report_patient p JOIN report_version v ON v.report_key = p.report_key
                WHERE p.patient_key = $1 ORDER BY p.report_key LIMIT $2
                """, [patient.indexBytes, limit])
            for row in rows {
                for key in try ReportFields(bytes: try row.bytes(0)).patientKeys
                where !patients.contains(key) && !others.contains(key) { others.append(key) }
            }
        }
        return others
    }

    /// Other keys of the same person, by what this node knows; within what one question may name.
    static func widened(_ keys: [PatientKeyReference], in sql: any SQLTransaction) throws -> [PatientKeyReference] {
        let others = try equivalents(of: keys, in: sql).reached.map(\.key)
        return Array(others.prefix(max(0, Limits.questionKeys - keys.count)))
    }

    /// The newest versions of the results that stand and name a patient key.
    ///
    /// A result that was voided does not stand, and a correction may have taken the key away.
    ///
    /// At most ``Limits/queryResults`` versions are looked at, in an order that depends on the index alone.
    static func standing(of patient: PatientKeyReference, in sql: any SQLTransaction) throws -> [Version] {
        let versions = try sql.rows(
            """
            SELECT v.entry, v.fields, v.author_time, v.received_at, v.content_digest, v.has_payload
            FROM report_patient p JOIN report_version v ON v.report_key = p.report_key
            WHERE p.patient_key = $1 ORDER BY v.report_key, v.version, v.author_time, v.entry LIMIT $2
            """, [patient.indexBytes, Limits.queryResults]
        ).map(version)
        var newest: [Version] = []
        var isVoid = false
        for version in versions {
            if newest.last?.fields.reportKey == version.fields.reportKey {
                newest.removeLast()
            } else {
                isVoid = false
            }
            isVoid = isVoid || version.fields.status == .void
            var shown = version
            if isVoid { shown.fields.status = .void }
            newest.append(shown)
        }
        // The last one may have versions beyond the limit.
        if versions.count == Limits.queryResults { newest.removeLast() }
        return newest.filter { $0.fields.status != .void && $0.fields.patientKeys.contains(patient) }
    }

    /// The keys under which the person is known whom some keys name, as far as links and reports here tell.
    static func equivalents(of keys: [PatientKeyReference], in sql: any SQLTransaction) throws -> Equivalents {
        try IdentityIndex.equivalents(of: keys, neighbours: { try neighbours(of: $0, in: sql) }, in: sql)
    }

    /// The keys that reports say are the same person's as a key.
    static func neighbours(
        of patient: PatientKeyReference, in sql: any SQLTransaction
    ) throws -> [(PatientKeyReference, EntryID)] {
        try standing(of: patient, in: sql).flatMap { version in
            version.fields.keys(besides: patient).map { ($0, version.entry) }
        }
    }

    /// What a query answers about one result: its newest version, and void if any version is.
    static func summary(of key: String, in sql: any SQLTransaction) throws -> ReportSummary? {
        let versions = try versions(of: key, in: sql)
        guard let newest = versions.last else { return nil }
        let void = versions.last { $0.fields.status == .void }
        let shown = void ?? newest
        return ReportSummary(
            entry: shown.entry, fields: shown.fields, isVoid: void != nil, authorTime: shown.authorTime,
            receivedTime: shown.receivedTime, isPayloadHere: shown.hasPayload, versionCount: versions.count)
    }

    /// All versions of a result, oldest first; each void if any is.
    static func summaries(of key: String, in sql: any SQLTransaction) throws -> [ReportSummary] {
        let versions = try versions(of: key, in: sql)
        let isVoid = versions.contains { $0.fields.status == .void }
        return versions.map { version in
            ReportSummary(
                entry: version.entry, fields: version.fields, isVoid: isVoid, authorTime: version.authorTime,
                receivedTime: version.receivedTime, isPayloadHere: version.hasPayload, versionCount: versions.count)
        }
    }

    private static func version(_ row: SQLRow) throws -> Version {
        Version(
            entry: try EntryID(try row.text(0)), fields: try ReportFields(bytes: try row.bytes(1)),
            authorTime: WallTime(milliseconds: try row.integer(2)),
            receivedTime: WallTime(milliseconds: try row.integer(3)), contentDigest: row.optionalBytes(4),
            hasPayload: try row.integer(5) != 0)
    }
}
