import Effects
import Ledgers
import ServiceKit
import Storage

/// Which links and separations stand between some keys at the moment.
struct IdentityStanding {
    private let sql: any SQLTransaction
    private var weighing: IdentityWeighing

    init(sql: any SQLTransaction) {
        self.sql = sql
        weighing = IdentityWeighing(sql: sql)
    }

    /// Whether an entry is of a kind and counts.
    mutating func isStanding(_ entry: EntryID, _ kind: EntryKind) throws -> Bool {
        let row = try sql.row("SELECT kind FROM identity_entry WHERE entry = $1", [entry.description])
        guard let row, try row.integer(0) == Int64(kind.rawValue) else { return false }
        return try weighing.counts(entry)
    }

    /// The separations that tell some of the keys apart, without those that only renew others.
    mutating func separations(within keys: [PatientKeyReference]) throws -> [EntryID] {
        var found: Set<EntryID> = []
        for (entry, side) in try entries(of: keys, isLink: false) {
            guard try weighing.counts(entry) else { continue }
            let others = try IdentityTable.keys(of: entry, side: 3 - side, in: sql)
            if others.contains(where: keys.contains) { found.insert(try IdentityTable.original(of: entry, in: sql)) }
        }
        return found.sorted()
    }

    /// The links that name keys of both groups, without those that only renew others.
    mutating func links(between first: [PatientKeyReference], and second: [PatientKeyReference]) throws -> [EntryID] {
        var found: Set<EntryID> = []
        for (entry, _) in try entries(of: first, isLink: true) where try weighing.counts(entry) {
            let keys = try IdentityTable.keys(of: entry, side: IdentityProjection.linkSide, in: sql)
            if keys.contains(where: second.contains) { found.insert(try IdentityTable.original(of: entry, in: sql)) }
        }
        return found.sorted()
    }

    /// The links on a shortest way from one group to the other, whatever separations say; none where there is no way.
    mutating func way(
        from first: [PatientKeyReference], to second: [PatientKeyReference]
    ) throws -> [EntryID] {
        var ways: [PatientKeyReference: [EntryID]] = [:]
        for key in first { ways[key] = [] }
        var ring = first
        while !ring.isEmpty, ways.count <= Limits.identityKeys {
            var next: [PatientKeyReference] = []
            for key in ring {
                for (entry, _) in try entries(of: [key], isLink: true) where try weighing.counts(entry) {
                    let keys = try IdentityTable.keys(of: entry, side: IdentityProjection.linkSide, in: sql)
                    for other in keys where ways[other] == nil {
                        let way = (ways[key] ?? []) + [try IdentityTable.original(of: entry, in: sql)]
                        if second.contains(other) { return way }
                        ways[other] = way
                        next.append(other)
                    }
                }
            }
            ring = next
        }
        return []
    }

    /// A link that counts and says of the same keys the same thing on the same evidence.
    mutating func link(like wanted: IdentityLink) throws -> EntryID? {
        for (entry, _) in try entries(of: Array(wanted.keys.prefix(1)), isLink: true) {
            let keys = try IdentityTable.keys(of: entry, side: IdentityProjection.linkSide, in: sql)
            guard Set(keys).isSuperset(of: wanted.keys), try weighing.counts(entry),
                let row = try sql.row("SELECT fields FROM identity_entry WHERE entry = $1", [entry.description])
            else { continue }
            let link = try IdentityLink(bytes: try row.bytes(0))
            // With a report to rest on it counts in more places than without.
            let isAsFar = link.report != nil || wanted.report == nil
            if isAsFar, link.evidence == wanted.evidence, link.reference == wanted.reference { return entry }
        }
        return nil
    }

    private func entries(of keys: [PatientKeyReference], isLink: Bool) throws -> [(EntryID, side: Int)] {
        try keys.flatMap { key in
            try sql.rows(
                """
                SELECT entry, side FROM identity_key WHERE patient_key = $1 AND (side = 0) = ($2 = 1)
                ORDER BY entry LIMIT $3
                """, [key.indexBytes, isLink, Limits.identityEntriesWeighed]
            ).map { (try EntryID(try $0.text(0)), Int(try $0.integer(1))) }
        }
    }
}
