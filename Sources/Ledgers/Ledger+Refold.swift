import Effects
import Storage

/// What a refold did.
package struct RefoldReport: Sendable, Equatable {
    package var batches = 0
    package var excerpts = 0
    /// What lies here and cannot be read any more, with the reason; `ledger verify` says the rest.
    package var skipped: [String] = []
    /// How many were skipped, also beyond those that are named.
    package var skippedCount = 0

    mutating func skip(_ name: String, _ error: any Error) {
        skippedCount += 1
        guard skipped.count < Limits.setAsideEntriesNamed else { return }
        let reason = (error as? Failure).map { "\($0.message) [\($0.code)]" } ?? "internal"
        skipped.append("\(name): \(reason)")
    }
}

extension Ledger {
    /// Drops the projections' tables and folds everything that is stored again, in one transaction.
    ///
    /// Goes in the order of arrival, so that what was held back for a cause is held back again.
    ///
    /// A batch that does not pass its checks any more is skipped and reported; the others are folded.
    ///
    /// - Returns: how many batches and excerpts were folded, and what was skipped.
    @discardableResult
    package func refold() async throws -> RefoldReport {
        let engine = foldEngine(at: world.time.wallTime)
        let inspector = inspector
        let tables = projections.projections.flatMap(\.tables)
        let report = try await store.write { sql in
            for table in tables { try sql.emptyTable(table) }
            try sql.emptyTable("held")
            try sql.emptyTable("release_due")
            try sql.emptyTable("set_aside")
            var engine = engine
            var report = RefoldReport()
            let last = try BatchTable.nextArrival(in: sql) - 1
            for arrival in stride(from: Int64(1), through: last, by: 1) {
                engine.horizon = arrival
                try Self.refold(arrival, engine: engine, inspector: inspector, in: sql, report: &report)
            }
            return report
        }
        wakeAll()
        return report
    }

    private static func refold(
        _ arrival: Int64, engine: FoldEngine, inspector: BatchInspector, in sql: any SQLTransaction,
        report: inout RefoldReport
    ) throws {
        let entries: [Entry]
        let identity: BatchIdentity?
        do {
            if let batch = try batch(arrivedAs: arrival, inspector: inspector, in: sql) {
                (entries, identity) = (batch.entries, batch.header.identity)
                report.batches += 1
            } else if let excerpt = try excerpt(arrivedAs: arrival, inspector: inspector, in: sql) {
                (entries, identity) = (excerpt.entries, nil)
                report.excerpts += 1
            } else {
                return
            }
        } catch let error where (error as? Failure)?.endsTheStore != true {
            report.skip(try name(ofArrival: arrival, in: sql), error)
            return
        }
        try engine.fold(entries, in: sql)
        if let identity {
            try engine.release(after: identity, in: sql)
        } else {
            try engine.release(after: entries.map(\.id), in: sql)
        }
    }

    private static func name(ofArrival arrival: Int64, in sql: any SQLTransaction) throws -> String {
        let batch = try sql.row(
            """
            SELECT c.author, b.sequence FROM batch b JOIN chain c ON c.id = b.chain WHERE b.arrival = $1
            """, [arrival])
        if let batch { return "batch \(try batch.unsigned(1)) of \(try batch.text(0))" }
        let excerpt = try sql.row("SELECT entry FROM excerpt WHERE arrival = $1", [arrival])
        return "excerpt \(try excerpt?.text(0) ?? "")"
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
