import Effects

/// One step of a module's schema.
///
/// Steps are append-only: a published step is never changed.
package struct Migration: Sendable {
    /// The module whose tables these are, for example `ledger`.
    package let module: String
    /// From 1, without gaps within a module.
    package let number: Int
    package let statements: [SQLText]
    /// Converts rows in ways that SQL cannot, after the statements and in their transaction.
    package let conversion: @Sendable (any SQLTransaction) throws -> Void

    package init(
        _ module: String, _ number: Int, _ statements: [SQLText],
        conversion: @escaping @Sendable (any SQLTransaction) throws -> Void = { _ in }
    ) {
        self.module = module
        self.number = number
        self.statements = statements
        self.conversion = conversion
    }
}

extension Migration {
    /// The table that remembers which steps a database has.
    package static let tableName = "schema_migration"

    /// The steps that a database lacks, module by module, in their order.
    ///
    /// - Parameter applied: the newest step that the database has of each module.
    /// - Throws: `storage.newerSchema` where the database has a step that is not known here.
    package static func missing(in applied: [String: Int], of migrations: [Migration]) throws -> [Migration] {
        var missing: [Migration] = []
        for (module, steps) in Dictionary(grouping: migrations, by: \.module).sorted(by: { $0.key < $1.key }) {
            let sorted = steps.sorted { $0.number < $1.number }
            let known = sorted.last?.number ?? 0
            guard applied[module, default: 0] <= known else {
                throw Failure(
                    "storage.newerSchema",
                    "the database has step \(applied[module, default: 0]) of \(module), this program knows \(known)",
                    remedy: "start the newer program, or restore a backup made by this one")
            }
            missing += sorted.filter { $0.number > applied[module, default: 0] }
        }
        return missing
    }
}

extension Store {
    /// Brings the schema up to date, each step in one transaction with the row that remembers it.
    ///
    /// - Throws: `storage.newerSchema` where the database was written by a newer program.
    package func migrate(_ migrations: [Migration]) async throws {
        try await write { transaction in
            _ = try transaction.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_migration
                    (module TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (module, number))
                """, [])
        }
        try await write { transaction in
            var applied: [String: Int] = [:]
            for row in try transaction.rows("SELECT module, MAX(number) FROM schema_migration GROUP BY module", []) {
                applied[try row.text(0)] = Int(try row.integer(1))
            }
            for step in try Migration.missing(in: applied, of: migrations) {
                for statement in step.statements { try transaction.execute(statement, []) }
                try step.conversion(transaction)
                try transaction.execute(
                    "INSERT INTO schema_migration (module, number) VALUES ($1, $2)", [step.module, step.number])
            }
        }
    }
}
