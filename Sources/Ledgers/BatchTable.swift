import Effects
import Regions
import Storage
import Trust
import Wire

/// Writes checked batches into the ledger's tables.
struct BatchTable: Sendable {
    /// What the tables know of a chain.
    struct Chain {
        var id: Int64
        var nextSequence: UInt64
        var lastHash: Digest?
        var blocked: String?
    }

    func chain(_ identity: ChainIdentity, in sql: any SQLTransaction) throws -> Chain? {
        guard
            let row = try sql.row(
                """
                SELECT id, next_sequence, last_hash, blocked FROM chain
                WHERE author = $1 AND incarnation = $2 AND lane = $3
                """,
                [identity.author.rawValue, identity.incarnation, Int(identity.lane.rawValue)])
        else { return nil }
        return Chain(
            id: try row.integer(0), nextSequence: try row.unsigned(1), lastHash: Digest(bytes: try row.bytes(2)),
            blocked: row.optionalText(3))
    }

    func headerHash(chain: Int64, sequence: UInt64, in sql: any SQLTransaction) throws -> Digest? {
        let row = try sql.row(
            "SELECT header_hash FROM batch WHERE chain = $1 AND sequence = $2", [chain, sequence])
        return try row.flatMap { Digest(bytes: try $0.bytes(0)) }
    }

    /// Stores a batch that is the next of its chain; opens the chain at sequence 0.
    ///
    /// - Parameter known: what the tables say of the chain.
    /// - Returns: the chain's number in the tables.
    @discardableResult
    func insert(
        _ batch: SealedBatch, header: BatchHeader, digest: Digest, rawBytes: Int, receivedTime: WallTime,
        known: Chain?, in sql: any SQLTransaction
    ) throws -> Int64 {
        let identity = header.identity
        let before = try Self.sealed(before: identity, in: sql)?.milliseconds
        let held = try known.map { try ChainHolding(of: $0.id, before: identity.sequence, in: sql) } ?? ChainHolding()
        let id: Int64
        if let known {
            id = known.id
            try sql.execute(
                "UPDATE chain SET next_sequence = $1, last_hash = $2 WHERE id = $3",
                [identity.sequence + 1, digest.bytes, id])
        } else {
            id = (try sql.row("SELECT MAX(id) FROM chain", [])?.optionalInteger(0) ?? 0) + 1
            try sql.execute(
                """
                INSERT INTO chain (id, author, incarnation, lane, next_sequence, last_hash)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [
                    id, identity.chain.author.rawValue, identity.chain.incarnation, Int(identity.chain.lane.rawValue),
                    identity.sequence + 1, digest.bytes,
                ])
        }
        try sql.execute(
            """
            INSERT INTO batch (chain, sequence, header, seal, header_hash, received_at, entry_count, raw_bytes,
                stored_bytes, arrival, sealed_before, sealed_until, entries_until, raw_until, stored_until)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            [
                id, identity.sequence, batch.header, batch.seal, digest.bytes, receivedTime.milliseconds,
                header.entryCount, rawBytes, batch.sizeBytes, try Self.nextArrival(in: sql), before,
                max(before ?? .min, header.lastAuthorTime.milliseconds),
                held.entries.addingSaturated(header.entryCount), held.rawBytes.addingSaturated(rawBytes),
                held.storedBytes.addingSaturated(batch.sizeBytes),
            ])
        for (position, data) in batch.segments.sorted(by: { $0.key < $1.key }) {
            try sql.execute(
                "INSERT INTO segment (chain, sequence, position, data) VALUES ($1, $2, $3, $4)",
                [id, identity.sequence, position, data])
        }
        return id
    }

    /// The latest author time that a chain, or an incarnation before it, had sealed when a batch came, or comes now.
    ///
    /// The latest, not the last: whoever has once sealed a time of the past could go on in the past.
    static func sealed(before identity: BatchIdentity, in sql: any SQLTransaction) throws -> WallTime? {
        let chain = identity.chain
        let named: [any SQLConvertible] = [chain.author.rawValue, chain.incarnation, Int(chain.lane.rawValue)]
        let stored = try sql.row(
            """
            SELECT b.sealed_before FROM batch b JOIN chain c ON c.id = b.chain
            WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4
            """, named + [identity.sequence])
        if let stored { return stored.optionalInteger(0).map { WallTime(milliseconds: $0) } }
        let before =
            identity.sequence > 0
            ? try sql.row(
                """
                SELECT b.sealed_until FROM batch b JOIN chain c ON c.id = b.chain
                WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4
                """, named + [identity.sequence - 1])
            : try sql.row(
                """
                SELECT MAX(b.sealed_until) FROM chain c
                JOIN batch b ON b.chain = c.id AND b.sequence = c.next_sequence - 1
                WHERE c.author = $1 AND c.incarnation < $2 AND c.lane = $3
                """, named)
        return before?.optionalInteger(0).map { WallTime(milliseconds: $0) }
    }

    /// The next number in the order in which batches and excerpts were taken in; a refold goes in this order.
    static func nextArrival(in sql: any SQLTransaction) throws -> Int64 {
        let batch = try sql.row("SELECT MAX(arrival) FROM batch", [])?.optionalInteger(0) ?? 0
        let excerpt = try sql.row("SELECT MAX(arrival) FROM excerpt", [])?.optionalInteger(0) ?? 0
        return max(batch, excerpt) + 1
    }
}
