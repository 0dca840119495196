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

    /// All versions of a result in the order of their arrival, which is the same wherever it is computed.
    static func versions(of key: String, in sql: any SQLTransaction) throws -> [Version] {
        guard let key = ReportKeyColumns(key) else { return [] }
        return try sql.rows(
            """
            SELECT entry, report, report_rest, fields, author_time, received_at, content_digest, has_payload
            FROM report_version WHERE report = $1 AND report_rest = $2 ORDER BY version, author_time, entry
            """, [key.number, key.rest]
        ).map(version)
    }

    static func version(of entry: EntryID, in sql: any SQLTransaction) throws -> Version? {
        try sql.row(
            """
            SELECT entry, report, report_rest, fields, author_time, received_at, content_digest, has_payload
            FROM report_version WHERE entry = $1
            """, [entry.description]
        ).map(version)
    }

    /// Checks that a version which a decision or an opening names is one of the result that it names, and holds the item.
    ///
    /// What is not known here is not judged: the record may come before the report.
    ///
    /// - Throws: `recognition.otherResult`.
    static func check(
        _ entry: EntryID, isOf key: String, holds item: String? = nil, in sql: any SQLTransaction
    ) throws {
        guard let version = try version(of: entry, in: sql) else { return }
        guard version.fields.reportKey == key,
            item.map({ item in version.fields.lines.contains { $0.item == item } }) ?? true
        else {
            throw Failure(
                "recognition.otherResult", "the version that is named is not one of that result, or holds no such item",
                place: entry.description)
        }
    }

    /// One result: all of its versions that the index knows, in the order of their arrival.
    struct Result {
        let key: String
        let versions: [Version]
        private let order: VersionOrder

        init(key: String, versions: [Version]) {
            self.key = key
            self.versions = versions
            order = VersionOrder(versions)
        }

        var isVoid: Bool { order.isVoid }

        /// The version that everybody sees; of a void result, the void.
        var standing: Version? { order.standing.map { versions[$0] } }

        /// What a query answers about it; nil where none of its versions is known.
        var summary: ReportSummary? { standing.map { summary(of: $0) } }

        /// Each of its versions, in the order of versions; each void if the result is.
        var summaries: [ReportSummary] { order.history.map { summary(of: versions[$0]) } }

        /// Whether it is a result of this patient now: a newer version may have moved it to another one.
        ///
        /// A void withdraws the result from the person whose it was, under every key that a version names, and from
        /// nobody whose it was no longer.
        func names(_ patient: PatientKeyReference) -> Bool { owners.contains(patient) }

        /// Whether it is the result of somebody else than the person whom some keys name.
        func isOfAnother(than keys: some Sequence<PatientKeyReference>) -> Bool {
            standing != nil && owners.isDisjoint(with: joined(to: Set(keys)))
        }

        /// The keys of the person whose it is.
        private var owners: Set<PatientKeyReference> {
            let current = Set(standing?.fields.patientKeys ?? [])
            guard isVoid else { return current }
            let contents = versions.filter { $0.fields.status != .void }
            let withdrawn = VersionOrder(contents).standing.map { contents[$0].fields.patientKeys } ?? []
            return joined(to: current.union(withdrawn))
        }

        /// Some keys, and those that its versions name beside one of them, step by step.
        private func joined(to keys: Set<PatientKeyReference>) -> Set<PatientKeyReference> {
            ReportTable.joined(to: keys, by: versions.map(\.fields.patientKeys))
        }

        private func summary(of version: Version) -> ReportSummary {
            ReportSummary(
                entry: version.entry, fields: version.fields, isVoid: isVoid || version.fields.status == .void,
                authorTime: version.authorTime, receivedTime: version.receivedTime, isPayloadHere: version.hasPayload,
                versionCount: versions.count)
        }
    }

    /// The results of a person that were heard of last, the newest first.
    ///
    /// A person's results are those whose version that stands names one of the keys.
    static func results(
        of patients: [PatientKeyReference], limit: Int, in sql: any SQLTransaction
    ) throws -> [Result] {
        var found: [String: (result: Result, newest: Int64)] = [:]
        for patient in patients {
            var count = 0
            try sql.forEach(
                """
                SELECT v.report, v.report_rest, MAX(v.author_time) AS newest FROM report_patient p
                JOIN report_version v ON v.report = p.report
                WHERE p.patient = $1 GROUP BY v.report, v.report_rest ORDER BY newest DESC, v.report, v.report_rest
                """, [patient.indexNumber]
            ) { row in
                let key = ReportKeyColumns.key(number: try row.integer(0), rest: try row.bytes(1))
                let result = try found[key]?.result ?? result(key, in: sql)
                if result.names(patient) {
                    found[key] = (result, try row.integer(2))
                    count += 1
                }
                return count < limit
            }
        }
        let ordered = found.values.sorted { ($1.newest, $0.result.key) < ($0.newest, $1.result.key) }
        return ordered.prefix(limit).map(\.result)
    }

    static func result(_ key: String, in sql: any SQLTransaction) throws -> Result {
        Result(key: key, versions: try versions(of: key, in: sql))
    }

    /// A report of a unit under one of some keys, whatever became of it since: the unit has met the person.
    ///
    /// - Parameter isOfUnit: whether the institution that a report names is the unit.
    static func report(
        under keys: [PatientKeyReference], isOfUnit: (String) -> Bool, in sql: any SQLTransaction
    ) throws -> EntryID? {
        for key in keys {
            var found: EntryID?
            try sql.forEach(
                """
                SELECT v.entry, v.fields FROM report_patient p JOIN report_version v ON v.report = p.report
                WHERE p.patient = $1 ORDER BY v.entry
                """, [key.indexNumber]
            ) { row in
                let heading = try ReportHeading(try row.bytes(1))
                guard isOfUnit(heading.institution), heading.patientKeys.contains(key) else { return true }
                found = try EntryID(try row.text(0))
                return false
            }
            if let found { return found }
        }
        return nil
    }

    /// Other keys under which results of these patients came, too.
    ///
    /// - Parameter limit: how many versions are looked at for each.
    static func otherKeys(
        of patients: [PatientKeyReference], limit: Int, in sql: any SQLTransaction
    ) throws -> [PatientKeyReference] {
        var others: [PatientKeyReference] = []
        var seen = Set(patients)
        for patient in patients where others.count < Limits.identityCandidates {
            let rows = try sql.rows(
                """
                SELECT v.fields, v.report_rest FROM report_patient p JOIN report_version v ON v.report = p.report
                WHERE p.patient = $1 ORDER BY p.report LIMIT $2
                """, [patient.indexNumber, limit])
            // Versions of one result lie together; where the keys of two begin alike, the rest tells them apart.
            var keys: [[UInt8]: [[PatientKeyReference]]] = [:]
            var order: [[UInt8]] = []
            for row in rows {
                let rest = try row.bytes(1)
                if keys[rest] == nil { order.append(rest) }
                keys[rest, default: []].append(try ReportHeading.patientKeys(in: try row.bytes(0)))
            }
            for rest in order {
                let versions = keys[rest] ?? []
                // A result that was moved names two people; a version names one.
                let person = joined(to: [patient], by: versions)
                for key in versions.joined() where person.contains(key) && seen.insert(key).inserted {
                    others.append(key)
                }
            }
        }
        return others
    }

    /// Some keys, and those that stand beside one of them in a group, step by step.
    private static func joined(
        to keys: Set<PatientKeyReference>, by groups: [[PatientKeyReference]]
    ) -> Set<PatientKeyReference> {
        var joined = keys
        var count = 0
        while joined.count > count {
            count = joined.count
            for group in groups where !joined.isDisjoint(with: group) { joined.formUnion(group) }
        }
        return joined
    }

    /// Other keys of the same person, by what this node knows; within what one question may name.
    static func widened(_ keys: [PatientKeyReference], in sql: any SQLTransaction) throws -> [PatientKeyReference] {
        let others = try equivalents(of: keys, in: sql).reached.map(\.key)
        return Array(others.prefix(max(0, Limits.questionKeys - keys.count)))
    }

    /// The versions that stand, of results that are not void and name a patient key.
    ///
    /// A result that was voided does not stand, and a correction may have taken the key away.
    ///
    /// At most ``Limits/queryResults`` versions are looked at, in an order that depends on the index alone.
    static func standing(of patient: PatientKeyReference, in sql: any SQLTransaction) throws -> [Version] {
        let versions = try sql.rows(
            """
            SELECT v.entry, v.report, v.report_rest, v.fields, v.author_time, v.received_at, v.content_digest,
                v.has_payload
            FROM report_patient p JOIN report_version v ON v.report = p.report WHERE p.patient = $1
            ORDER BY v.report, v.report_rest, v.version, v.author_time, v.entry LIMIT $2
            """, [patient.indexNumber, Limits.queryResults]
        ).map(version)
        var results: [[Version]] = []
        for version in versions {
            if results.last?.last?.fields.reportKey == version.fields.reportKey {
                results[results.count - 1].append(version)
            } else {
                results.append([version])
            }
        }
        // The last one may have versions beyond the limit.
        if versions.count == Limits.queryResults { results.removeLast() }
        return results.compactMap { versions in
            let result = Result(key: versions.first?.fields.reportKey ?? "", versions: versions)
            return result.isVoid ? nil : result.standing
        }.filter { $0.fields.patientKeys.contains(patient) }
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

    /// - Parameter row: with the columns that every statement here asks for.
    private static func version(_ row: SQLRow) throws -> Version {
        let key = ReportKeyColumns.key(number: try row.integer(1), rest: try row.bytes(2))
        return Version(
            entry: try EntryID(try row.text(0)), fields: try ReportFields(bytes: try row.bytes(3), reportKey: key),
            authorTime: WallTime(milliseconds: try row.integer(4)),
            receivedTime: WallTime(milliseconds: try row.integer(5)), contentDigest: row.optionalBytes(6),
            hasPayload: try row.integer(7) != 0)
    }
}
