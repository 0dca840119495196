import Effects
package import Regions
import Storage
import Wire

extension Ledger {
    /// How far every chain goes here, own ones included.
    package func positions() async throws -> [ChainPosition] {
        try await store.read { sql in try Self.positions(in: sql) }
    }

    /// How far one chain goes here; 0 where nothing of it lies here.
    package func nextSequence(of chain: ChainIdentity) async throws -> UInt64 {
        try await store.read { sql in try BatchTable().chain(chain, in: sql)?.nextSequence ?? 0 }
    }

    static func positions(in sql: any SQLTransaction) throws -> [ChainPosition] {
        try sql.rows(
            "SELECT author, incarnation, lane, next_sequence FROM chain ORDER BY author, incarnation, lane", []
        )
        .map { row in
            guard let lane = UInt8(exactly: try row.integer(2)).flatMap(Lane.init) else {
                throw Failure("storage.type", "a chain has a lane that does not exist")
            }
            return ChainPosition(
                chain: ChainIdentity(
                    author: try NodeID(try row.text(0)), incarnation: try row.unsigned(1), lane: lane),
                nextSequence: try row.unsigned(3))
        }
    }

    /// The next batches of a chain, pruned for `receiver`, within bounds; memory does not grow with the backlog.
    ///
    /// - Parameters:
    ///   - position: the chain and the first sequence wanted.
    ///   - receiver: a neighbour; segments that are not meant for it stay behind, sealed headers all go.
    package func batches(
        from position: ChainPosition, for receiver: NodeID, limit: Int = Limits.courierBatchesPerCall,
        limitBytes: Int = Limits.courierBytesPerCall
    ) async throws -> [SealedBatch] {
        let tree = region.tree(at: world.time.wallTime)
        let author = position.chain.author
        let rule = audienceRule
        return try await store.read { sql in
            guard let chain = try BatchTable().chain(position.chain, in: sql) else { return [] }
            var result: [SealedBatch] = []
            var bytes = 0
            try sql.forEach(
                """
                SELECT sequence, header, seal FROM batch WHERE chain = $1 AND sequence >= $2 ORDER BY sequence LIMIT $3
                """, [chain.id, position.nextSequence, limit]
            ) { row in
                let segments = try EntryLoader.segments(chain: chain.id, sequence: try row.unsigned(0), in: sql)
                let batch = try SealedBatch(header: try row.bytes(1), seal: try row.bytes(2), segments: segments)
                    .pruned { rule.reaches($0.audience, receiver, author, tree) }
                if !result.isEmpty, bytes + batch.sizeBytes > limitBytes { return false }
                bytes += batch.sizeBytes
                result.append(batch)
                return true
            }
            return result
        }
    }

    /// Gives a child back what this node holds of the child's own chain (after the child lost it).
    package func ownBatches(from position: ChainPosition) async throws -> [SealedBatch] {
        try await batches(from: position, for: position.chain.author)
    }

    /// Remembers how far a neighbour has acknowledged a chain; for `queue list` and for waking the courier early.
    package func recordDelivery(_ positions: [ChainPosition], to neighbour: NodeID) async throws {
        try await write(lane: .clinical) { transaction in
            for position in positions {
                guard let chain = try BatchTable().chain(position.chain, in: transaction.sql) else { continue }
                try transaction.sql.execute(
                    """
                    INSERT INTO delivery (neighbour, chain, next_sequence) VALUES ($1, $2, $3)
                    ON CONFLICT (neighbour, chain) DO UPDATE SET next_sequence = excluded.next_sequence
                    """, [neighbour.rawValue, chain.id, position.nextSequence])
            }
        }
    }
}
