import Effects
import Ledgers
import Storage

/// Tells which links and separations count, from what names what as its cause.
///
/// A link counts unless a separation that counts names it; a separation counts unless a link that counts names it. What
/// renews another entry counts only where that one does. Causes are older than what names them (the projection checks
/// it) and only entries that renew nothing are asked about what names them, so this ends; a bound ends it earlier where
/// somebody wrote thousands, and then links do not count and separations do: nobody is merged by exhaustion.
struct IdentityWeighing {
    private let sql: any SQLTransaction
    private var known: [EntryID: Bool] = [:]
    private var left = Limits.identityEntriesWeighed
    /// Whether the bound was met.
    private(set) var isExhausted = false

    init(sql: any SQLTransaction) {
        self.sql = sql
    }

    /// Whether a link or separation counts; one that does not lie here does not.
    mutating func counts(_ entry: EntryID) throws -> Bool {
        if let answer = known[entry] { return answer }
        let row = try sql.row("SELECT kind, renews FROM identity_entry WHERE entry = $1", [entry.description])
        guard let row else { return false }
        let kind = try row.integer(0)
        guard left > 0 else {
            isExhausted = true
            return kind == Int64(EntryKind.identitySeparation.rawValue)
        }
        left -= 1
        let answer = try isUnopposed(entry, kind: kind) && isRenewable(row.optionalText(1))
        known[entry] = answer
        return answer
    }

    private mutating func isRenewable(_ renewed: String?) throws -> Bool {
        guard let renewed else { return true }
        return try counts(try EntryID(renewed))
    }

    private mutating func isUnopposed(_ entry: EntryID, kind: Int64) throws -> Bool {
        let opposed = try sql.rows(
            """
            SELECT c.entry FROM identity_cause c JOIN identity_entry e ON e.entry = c.entry
            WHERE c.cause = $1 AND e.kind <> $2 ORDER BY c.entry LIMIT $3
            """, [entry.description, kind, Limits.identityEntriesWeighed])
        for row in opposed where try counts(try EntryID(try row.text(0))) { return false }
        return true
    }
}
