import Effects
import Ledgers
import ServiceKit
import Storage

/// Writes links and separations again for patient key epochs that began after them.
///
/// A key says nothing of the key of another epoch; whoever wrote an entry holds its identifiers and can make its keys in
/// the new epoch. Without this, people who were linked would fall apart and people who were separated would fall
/// together as soon as reports come under new keys.
struct IdentityRenewal: Sendable {
    let context: NodeContext

    private static let intervalMilliseconds: Int64 = 3_600_000
    private static let pageCount = 100

    func run() async throws {
        let work = RepeatedWork(
            "identities could not be renewed", everyMilliseconds: Self.intervalMilliseconds,
            world: context.world, logger: context.logger)
        try await work.run { try await renew() }
    }

    /// - Returns: how many entries were written.
    @discardableResult
    func renew() async throws -> Int {
        var (count, last) = (0, "")
        while true {
            let after = last
            let page = try await context.ledger.read { sql in try Self.page(after: after, in: sql) }
            guard let newest = page.last else { return count }
            for entry in page where entry.author == context.node {
                guard let entry = try await context.ledger.entry(entry) else { continue }
                if try await renew(entry) { count += 1 }
            }
            last = newest.description
        }
    }

    private static func page(after last: String, in sql: any SQLTransaction) throws -> [EntryID] {
        try sql.rows(
            "SELECT entry FROM identity_entry WHERE has_payload = 1 AND entry > $1 ORDER BY entry LIMIT $2",
            [last, pageCount]
        ).map { try EntryID(try $0.text(0)) }
    }

    /// - Returns: whether there was anything to write.
    private func renew(_ entry: Entry) async throws -> Bool {
        guard let payload = entry.payload else { return false }
        let held = try IdentityPayload(bytes: payload)
        var sides: [Int: [PatientKeyReference]] = [:]
        for (side, item) in held.identifiers {
            // What is linked names its issuer: no institution is needed.
            let keys = try context.patientKeys.all(of: item, within: "", at: context.now)
            for key in keys where !(sides[side] ?? []).contains(key) { sides[side, default: []].append(key) }
        }
        let wanted = sides
        return try await context.ledger.write(lane: .bulk) { transaction in
            let original = try IdentityTable.original(of: entry.id, in: transaction.sql)
            var standing = IdentityStanding(sql: transaction.sql)
            guard try standing.isStanding(original, entry.kind) else { return false }
            let known = try Self.family(of: original, in: transaction.sql)
            let missing = wanted.mapValues { keys in keys.filter { !known.contains($0) } }
            guard let fields = try Self.fields(entry, missing) else { return false }
            // Without payload: the identifiers lie here already, and whoever was granted the entry gets this one, too.
            try transaction.append(
                EntryDraft(
                    kind: entry.kind, subject: IdentityService.serviceName, causes: [original], fields: fields,
                    headerAudience: .city))
            return true
        }
    }

    /// The keys that an entry and what renews it name.
    private static func family(of original: EntryID, in sql: any SQLTransaction) throws -> Set<PatientKeyReference> {
        let rows = try sql.rows(
            """
            SELECT DISTINCT k.patient_key FROM identity_key k JOIN identity_entry e ON e.entry = k.entry
            WHERE e.entry = $1 OR e.renews = $1
            """, [original.description])
        return Set(try rows.compactMap { PatientKeyReference(indexBytes: try $0.bytes(0)) })
    }

    /// The header for the keys that are missing; `nil` where they join or separate nobody.
    private static func fields(_ entry: Entry, _ missing: [Int: [PatientKeyReference]]) throws -> [UInt8]? {
        if entry.kind == .identityLink {
            var link = try IdentityLink(bytes: entry.fields)
            link.keys = missing[IdentityProjection.linkSide] ?? []
            return link.keys.count > 1 ? try link.encoded() : nil
        }
        var separation = try IdentitySeparation(bytes: entry.fields)
        let groups = [missing[1] ?? [], missing[2] ?? []]
        guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
        separation.groups = groups
        return try separation.encoded()
    }
}
