package import Effects
package import Regions
import Storage
package import Trust
import Wire

extension Ledger {
    /// How far every chain goes here, own ones included.
    package func positions() async throws -> [ChainPosition] {
        try await store.read { sql in try Self.positions(in: sql) }
    }

    /// How far the chains of some authors go here: those that come after `cursor`, in the order of author, incarnation and
    /// lane.
    ///
    /// The work does not grow with what lies before the cursor.
    package func positions(
        of authors: [NodeID], after cursor: ChainIdentity?, limit: Int
    ) async throws -> [ChainPosition] {
        let authors = authors.map(\.rawValue).sorted().drop { name in cursor.map { name < $0.author.rawValue } ?? false
        }
        return try await store.read { sql in
            var found: [ChainPosition] = []
            for author in authors where found.count < limit {
                let isCursors = cursor?.author.rawValue == author
                let bound: (incarnation: UInt64, lane: Int) =
                    isCursors ? cursor.map { ($0.incarnation, Int($0.lane.rawValue)) } ?? (0, -1) : (0, -1)
                found += try sql.rows(
                    """
                    SELECT author, incarnation, lane, next_sequence FROM chain
                    WHERE author = $1 AND (incarnation > $2 OR (incarnation = $2 AND lane > $3))
                    ORDER BY incarnation, lane LIMIT $4
                    """, [author, bound.incarnation, bound.lane, limit - found.count]
                ).map(Self.position)
            }
            return found
        }
    }

    /// How far one chain goes here; 0 where nothing of it lies here.
    package func nextSequence(of chain: ChainIdentity) async throws -> UInt64 {
        try await store.read { sql in try BatchTable().chain(chain, in: sql)?.nextSequence ?? 0 }
    }

    static func positions(in sql: any SQLTransaction) throws -> [ChainPosition] {
        try sql.rows(
            "SELECT author, incarnation, lane, next_sequence FROM chain ORDER BY author, incarnation, lane", []
        )
        .map(position)
    }

    static func position(_ row: SQLRow) throws -> ChainPosition {
        guard let lane = UInt8(exactly: try row.integer(2)).flatMap(Lane.init) else {
            throw Failure("storage.type", "a chain has a lane that does not exist")
        }
        return ChainPosition(
            chain: ChainIdentity(author: try NodeID(try row.text(0)), incarnation: try row.unsigned(1), lane: lane),
            nextSequence: try row.unsigned(3))
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

    /// Writes down what a neighbour says that it has, where another number stands: after a restore, at either end, what it
    /// has counts as acknowledged, and what it has no more does not.
    ///
    /// - Parameters:
    ///   - theirs: how far its chains go, by its own word.
    ///   - carries: which chains are brought to it.
    /// - Returns: what was written down anew.
    package func settleDeliveries(
        to neighbour: NodeID, theirs: [ChainIdentity: UInt64],
        where carries: @escaping @Sendable (ChainIdentity) -> Bool
    ) async throws -> [ChainPosition] {
        let changed = try await store.read { sql in
            try sql.rows(
                """
                SELECT c.author, c.incarnation, c.lane, c.next_sequence, COALESCE(d.next_sequence, 0)
                FROM chain c LEFT JOIN delivery d ON d.chain = c.id AND d.neighbour = $1
                ORDER BY c.author, c.incarnation, c.lane
                """, [neighbour.rawValue]
            ).compactMap { row -> ChainPosition? in
                let mine = try Self.position(row)
                let reached = min(theirs[mine.chain] ?? 0, mine.nextSequence)
                guard carries(mine.chain), try row.unsigned(4) != reached else { return nil }
                return ChainPosition(chain: mine.chain, nextSequence: reached)
            }
        }
        var left = changed[...]
        while !left.isEmpty {
            try await recordDelivery(Array(left.prefix(Limits.upkeepRows)), to: neighbour)
            left = left.dropFirst(Limits.upkeepRows)
        }
        return changed
    }

    /// The key that sealed a batch, and the last moment at which it sealed one of those that follow in its chain.
    ///
    /// - Returns: `nil` where the batch does not lie here.
    package func sealedStretch(of chain: ChainIdentity, from first: UInt64) async throws -> (
        key: KeyID, last: WallTime
    )? {
        try await store.read { sql in
            guard let known = try BatchTable().chain(chain, in: sql) else { return nil }
            var stretch: (key: KeyID, last: WallTime)?
            try sql.forEach(
                "SELECT header FROM batch WHERE chain = $1 AND sequence >= $2 ORDER BY sequence", [known.id, first]
            ) { row in
                let header = try BatchHeader(bytes: try row.bytes(0))
                guard stretch == nil || stretch?.key == header.keyID else { return false }
                stretch = (header.keyID, max(stretch?.last ?? header.lastAuthorTime, header.lastAuthorTime))
                return true
            }
            return stretch
        }
    }
}
