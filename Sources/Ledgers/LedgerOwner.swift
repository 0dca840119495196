import Effects
import Storage

/// Whose a store is: the region and node that opened it first.
enum LedgerOwner {
    /// Writes the owner down at the first opening, and compares at every other one.
    ///
    /// A store of another node would be taken for this node's own, and its chains for somebody else's.
    ///
    /// - Throws: `ledger.otherOwner`; what the store throws.
    static func check(_ owner: String, in store: any Store) async throws {
        let known = try await store.read { sql in
            try sql.row("SELECT owner FROM ledger_owner WHERE id = 1", [])?.text(0)
        }
        guard let known else {
            try await store.write { sql in
                _ = try sql.execute("INSERT INTO ledger_owner (id, owner) VALUES (1, $1)", [owner])
            }
            return
        }
        try check(known, is: owner)
    }

    /// - Throws: `ledger.otherOwner`.
    static func check(_ known: String, is owner: String) throws {
        guard known != owner else { return }
        throw Failure(
            "ledger.otherOwner", "this ledger is of \(known), this node is \(owner)",
            remedy:
                "bring the right ledger.db into the data folder, or move this one away: the neighbours give back "
                + "what they hold")
    }
}
