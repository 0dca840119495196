import Effects
import Storage

extension Ledger {
    /// Drops the projections' tables and folds everything that is stored again, in one transaction.
    ///
    /// Goes in the order of arrival, so that what was held back for a cause is held back again.
    ///
    /// - Returns: how many batches and excerpts were folded.
    @discardableResult
    package func refold() async throws -> (batches: Int, excerpts: Int) {
        let engine = foldEngine(at: world.time.wallTime)
        let inspector = inspector
        let tables = projections.projections.flatMap(\.tables)
        return try await store.write { sql in
            for table in tables { try sql.emptyTable(table) }
            try sql.emptyTable("held")
            try sql.emptyTable("set_aside")
            var engine = engine
            var batches = 0
            var excerpts = 0
            let last = try BatchTable.nextArrival(in: sql) - 1
            for arrival in stride(from: Int64(1), through: last, by: 1) {
                engine.horizon = arrival
                if let batch = try Self.batch(arrivedAs: arrival, inspector: inspector, in: sql) {
                    try engine.fold(batch.entries, in: sql)
                    try engine.release(after: batch.header.identity, in: sql)
                    batches += 1
                } else if let excerpt = try Self.excerpt(arrivedAs: arrival, inspector: inspector, in: sql) {
                    try engine.fold(excerpt.entries, in: sql)
                    try engine.release(after: excerpt.header.identity, in: sql)
                    excerpts += 1
                }
            }
            return (batches, excerpts)
        }
    }

    private static func batch(
        arrivedAs arrival: Int64, inspector: BatchInspector, in sql: any SQLTransaction
    ) throws -> InspectedBatch? {
        guard
            let row = try sql.row(
                "SELECT chain, sequence, header, seal, received_at FROM batch WHERE arrival = $1", [arrival])
        else { return nil }
        let segments = try EntryLoader.segments(chain: try row.integer(0), sequence: try row.unsigned(1), in: sql)
        let batch = SealedBatch(header: try row.bytes(2), seal: try row.bytes(3), segments: segments)
        return try inspector.inspect(batch, receivedTime: WallTime(milliseconds: try row.integer(4)))
    }

    private static func excerpt(
        arrivedAs arrival: Int64, inspector: BatchInspector, in sql: any SQLTransaction
    ) throws -> InspectedExcerpt? {
        guard let row = try sql.row("SELECT bytes, received_at FROM excerpt WHERE arrival = $1", [arrival]) else {
            return nil
        }
        return try inspector.inspect(
            try Excerpt(wireBytes: try row.bytes(0)), receivedTime: WallTime(milliseconds: try row.integer(1)))
    }
}
