import Effects

/// One step of a module's schema.
///
/// Steps are append-only: a published step is never changed.
package struct Migration: Sendable {
    /// The module whose tables these are, for example `ledger`.
    package let module: String
    /// From 1, without gaps within a module.
    package let number: Int
    /// Tables that are derived from others begin empty with this step, until their owner has filled them.
    package let isDerivedAnew: Bool
    package let statements: [SQLText]

    package init(_ module: String, _ number: Int, isDerivedAnew: Bool = false, _ statements: [SQLText]) {
        self.module = module
        self.number = number
        self.isDerivedAnew = isDerivedAnew
        self.statements = statements
    }

    /// Stands beside the modules once the tables of its steps have been filled.
    fileprivate var derivedModule: String { "\(module), derived" }
}

extension SQLTransaction {
    /// Remembers, in the transaction that filled them, that tables of these steps hold what they should.
    package func markDerived(_ migrations: [Migration]) throws {
        for step in migrations {
            try execute(
                """
                INSERT INTO schema_migration (module, number) VALUES ($1, $2) ON CONFLICT (module, number) DO NOTHING
                """, [step.derivedModule, step.number])
        }
    }
}

extension Store {
    /// Brings the schema up to date, each step in one transaction with the row that remembers it.
    ///
    /// - Returns: steps whose derived tables are to be filled now (``SQLTransaction/markDerived(_:)``), also those of an
    ///   earlier start that did not come to it.
    /// - Throws: `storage.newerSchema` where the database was written by a newer program.
    @discardableResult
    package func migrate(_ migrations: [Migration]) async throws -> [Migration] {
        try await write { transaction in
            _ = try transaction.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migration
                    (module TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (module, number))
                """, [])
        }
        return try await write { transaction in
            var applied: [String: Int] = [:]
            for row in try transaction.rows("SELECT module, MAX(number) FROM schema_migration GROUP BY module", []) {
                applied[try row.text(0)] = Int(try row.integer(1))
            }
            for (module, steps) in Dictionary(grouping: migrations, by: \.module).sorted(by: { $0.key < $1.key }) {
                let sorted = steps.sorted { $0.number < $1.number }
                let known = sorted.last?.number ?? 0
                guard applied[module, default: 0] <= known else {
                    throw Failure(
                        "storage.newerSchema",
                        "the database has step \(applied[module, default: 0]) of \(module), this program knows \(known)",
                        remedy: "start the newer program, or restore a backup made by this one")
                }
                for step in sorted where step.number > applied[module, default: 0] {
                    for statement in step.statements { try transaction.execute(statement, []) }
                    try transaction.execute(
                        "INSERT INTO schema_migration (module, number) VALUES ($1, $2)", [module, step.number])
                }
            }
            return migrations.filter { $0.isDerivedAnew && $0.number > applied[$0.derivedModule, default: 0] }
        }
    }
}
