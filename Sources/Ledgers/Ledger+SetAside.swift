import Effects
import Storage
import Wire

extension Ledger {
    /// Folds what an older program set aside for want of knowing the kind, as far as this one knows it.
    ///
    /// Goes on in small steps, batch by batch; causes are respected, and what fails now is set aside with its new reason.
    ///
    /// - Returns: how many entries were tried again.
    @discardableResult
    func foldKnownKinds() async throws -> Int {
        let kinds = try await store.read { sql in
            try sql.rows("SELECT DISTINCT kind FROM set_aside WHERE reason = $1 ORDER BY kind", [Self.unknownKind])
                .map { EntryKind(UInt32(truncatingIfNeeded: try $0.integer(0))) }
        }
        var tried = 0
        for kind in kinds where projections.projections(for: kind) != nil {
            while true {
                let engine = foldEngine(at: world.time.wallTime)
                let step = try await write(lane: .bulk) { transaction in
                    try Self.foldOneBatch(of: kind, engine: engine, in: transaction.sql)
                }
                guard step > 0 else { break }
                tried += step
            }
        }
        return tried
    }

    /// Folds what was held back when the program ended in the middle of a long release.
    func releaseWaiting() async throws {
        while try await read({ try $0.row("SELECT 1 FROM release_due LIMIT 1", []) }) != nil {
            let engine = foldEngine(at: world.time.wallTime)
            try await write(lane: .bulk) { transaction in _ = try engine.releaseNext(in: transaction.sql) }
        }
    }

    private static func foldOneBatch(
        of kind: EntryKind, engine: FoldEngine, in sql: any SQLTransaction
    ) throws -> Int {
        let first = try sql.row(
            "SELECT entry FROM set_aside WHERE kind = $1 AND reason = $2 ORDER BY since, entry LIMIT 1",
            [kind.rawValue, unknownKind])
        guard let first else { return 0 }
        let batch = try EntryID(try first.text(0)).batch
        let opened = try? engine.loader.entries(of: batch, in: sql)
        var mine: [EntryID: Entry] = [:]
        for entry in opened ?? [] where entry.kind == kind { mine[entry.id] = entry }
        var waiting: [Entry] = []
        var count = 0
        let rows = try sql.rows(
            """
            SELECT entry FROM set_aside WHERE kind = $1 AND reason = $2 ORDER BY since, entry LIMIT $3
            """, [kind.rawValue, unknownKind, Limits.batchEntries])
        for row in rows {
            let id = try EntryID(try row.text(0))
            guard id.batch == batch else { continue }
            count += 1
            guard let entry = try mine[id] ?? engine.loader.excerptEntry(id, until: .max, in: sql) else {
                // It lies here no longer whole; an operator sees why by `ledger verify`.
                try sql.execute(
                    "UPDATE set_aside SET reason = $1 WHERE entry = $2", ["ledger.unreadable", id.description])
                continue
            }
            try sql.execute("DELETE FROM set_aside WHERE entry = $1", [id.description])
            waiting.append(entry)
        }
        try engine.fold(waiting.sorted { $0.id < $1.id }, in: sql)
        try engine.release(after: batch, in: sql)
        return count
    }

    private static let unknownKind = "ledger.unknownKind"
}
