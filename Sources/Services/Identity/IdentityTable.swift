import Effects
package import Ledgers
package import ServiceKit
package import Storage

/// Reads the identity projection.
enum IdentityTable {
    /// The keys of one side of an entry.
    static func keys(of entry: EntryID, side: Int, in sql: any SQLTransaction) throws -> [PatientKeyReference] {
        try sql.rows(
            "SELECT patient_key FROM identity_key WHERE entry = $1 AND side = $2 ORDER BY patient_key",
            [entry.description, side]
        ).map { row in
            guard let key = PatientKeyReference(indexBytes: try row.bytes(0)) else { throw IdentityLink.malformed }
            return key
        }
    }

    /// The entry that this one renews; itself where it renews none.
    static func original(of entry: EntryID, in sql: any SQLTransaction) throws -> EntryID {
        let row = try sql.row("SELECT renews FROM identity_entry WHERE entry = $1", [entry.description])
        return try row?.optionalText(0).map { try EntryID($0) } ?? entry
    }

    /// One entry, with whether it stands.
    static func record(_ entry: EntryID, in sql: any SQLTransaction) throws -> IdentityRecord? {
        let row = try sql.row(
            """
            SELECT entry, kind, author_time, received_at, fields, has_payload FROM identity_entry WHERE entry = $1
            """, [entry.description])
        return try row.map { try record($0, in: sql) }
    }

    /// Entries that renew nothing, newest first.
    ///
    /// - Parameter keys: whose; everybody's where there are none.
    static func newest(
        of keys: [PatientKeyReference], limit: Int, in sql: any SQLTransaction
    ) throws -> [IdentityRecord] {
        guard !keys.isEmpty else {
            return try sql.rows(
                """
                SELECT entry, kind, author_time, received_at, fields, has_payload FROM identity_entry
                WHERE renews IS NULL ORDER BY author_time DESC, entry DESC LIMIT $1
                """, [limit]
            ).map { try record($0, in: sql) }
        }
        var entries: Set<EntryID> = []
        for key in keys {
            let rows = try sql.rows(
                "SELECT entry FROM identity_key WHERE patient_key = $1 ORDER BY entry LIMIT $2",
                [key.indexBytes, Limits.identityEntriesWeighed])
            for row in rows { entries.insert(try original(of: try EntryID(try row.text(0)), in: sql)) }
        }
        // What names these as causes belongs to their story, although it may name no key itself.
        for entry in entries {
            let rows = try sql.rows(
                "SELECT entry FROM identity_cause WHERE cause = $1 ORDER BY entry LIMIT $2",
                [entry.description, Limits.identityEntriesWeighed])
            for row in rows { entries.insert(try original(of: try EntryID(try row.text(0)), in: sql)) }
        }
        let records = try entries.sorted().compactMap { try record($0, in: sql) }
        return Array(records.sorted { ($0.authorTime, $0.entry) > ($1.authorTime, $1.entry) }.prefix(limit))
    }

    /// Entries whose payload lies here: a link or separation itself, or what renews it.
    static func holders(of entry: EntryID, in sql: any SQLTransaction) throws -> [EntryID] {
        try sql.rows(
            """
            SELECT entry FROM identity_entry WHERE (entry = $1 OR renews = $1) AND has_payload = 1
            ORDER BY entry LIMIT $2
            """, [entry.description, Limits.identityEntriesWeighed]
        ).map { try EntryID(try $0.text(0)) }
    }

    private static func record(_ row: SQLRow, in sql: any SQLTransaction) throws -> IdentityRecord {
        var weighing = IdentityWeighing(sql: sql)
        let entry = try EntryID(try row.text(0))
        let fields = try row.bytes(4)
        let deed: IdentityRecord.Deed =
            try row.integer(1) == Int64(EntryKind.identityLink.rawValue)
            ? .link(try IdentityLink(bytes: fields)) : .separation(try IdentitySeparation(bytes: fields))
        let causes = try sql.rows(
            "SELECT cause FROM identity_cause WHERE entry = $1 ORDER BY cause", [entry.description])
        return IdentityRecord(
            entry: entry, deed: deed, causes: try causes.map { try EntryID(try $0.text(0)) },
            authorTime: WallTime(milliseconds: try row.integer(2)),
            receivedTime: WallTime(milliseconds: try row.integer(3)), isStanding: try weighing.counts(entry),
            holdsIdentifiers: try row.integer(5) != 0)
    }
}

/// Answers under which keys a person is known.
package enum IdentityIndex {
    /// Second evidence: the keys that reports name together with a key, each with the report.
    ///
    /// It gives a bounded number, in an order that depends on the tables alone.
    package typealias Neighbours = (PatientKeyReference) throws -> [(PatientKeyReference, EntryID)]

    /// The keys that links and reports join to those asked for, step by step.
    ///
    /// A key that a separation keeps apart from one asked for, or from one that is nearer, is never among them. Of two
    /// keys that are equally near and kept apart from each other neither is, because nobody can tell which of the two
    /// ways to them is the wrong one. The answer depends on what lies here, not on the order in which it came.
    ///
    /// - Parameters:
    ///   - keys: one person's, as the asker says; they are all part of the answer.
    ///   - neighbours: what reports say; `{ _ in [] }` where only links count.
    package static func equivalents(
        of keys: [PatientKeyReference], neighbours: Neighbours, in sql: any SQLTransaction
    ) throws -> Equivalents {
        try withoutActuallyEscaping(neighbours) { neighbours in
            var closure = IdentityClosure(asked: keys, neighbours: neighbours, sql: sql)
            return try closure.run()
        }
    }
}
