import Effects
package import Storage

/// What a ledger's database says of itself before anybody opens it: whose it is, and how far its schema was brought.
package struct LedgerGlance: Sendable, Equatable {
    /// Region and node, as ``LedgerOwner`` wrote them; nil where nobody has yet.
    package var owner: String?
    /// The newest step of each module.
    package var steps: [String: Int]

    /// - Parameter rows: answers a statement.
    package init(_ rows: (SQLText) throws -> [SQLRow]) throws {
        let tables = Set(
            try rows("SELECT name FROM sqlite_master WHERE type = 'table'").map { try $0.text(0) })
        owner =
            tables.contains("ledger_owner")
            ? try rows("SELECT owner FROM ledger_owner WHERE id = 1").first?.text(0) : nil
        steps = [:]
        guard tables.contains(Migration.tableName) else {
            guard tables.isEmpty else {
                throw Failure(
                    "storage.unopenable", "this database is no ledger",
                    remedy: "bring the right ledger.db into the data folder, or move this one away")
            }
            return
        }
        for row in try rows("SELECT module, MAX(number) FROM schema_migration GROUP BY module") {
            steps[try row.text(0)] = Int(clamping: try row.integer(1))
        }
    }

    /// Compares it with what a node's start would compare it with.
    ///
    /// - Returns: how many steps of the schema the next start adds.
    /// - Throws: `ledger.otherOwner`, `storage.newerSchema`.
    package func check(owner: String, projections: ProjectionSet) throws -> Int {
        if let known = self.owner { try LedgerOwner.check(known, is: owner) }
        return try Migration.missing(in: steps, of: projections.migrations).count
    }
}

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
