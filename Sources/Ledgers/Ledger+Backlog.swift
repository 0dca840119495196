package import Effects
package import Regions
package import Storage
import Wire

/// What of a chain a neighbour has not acknowledged.
package struct ChainBacklog: Sendable {
    package var batches: Int
    package var entries: Int
    package var bytes: Int
    package var oldest: WallTime?
}

extension Ledger {
    /// What of a chain a neighbour has not acknowledged, as far as this node has recorded.
    package func backlog(of chain: ChainIdentity, for neighbour: NodeID) async throws -> ChainBacklog {
        try await store.read { sql in try Self.backlog(of: chain, for: neighbour, in: sql) }
    }

    package static func backlog(
        of chain: ChainIdentity, for neighbour: NodeID, in sql: any SQLTransaction
    ) throws -> ChainBacklog {
        guard let known = try BatchTable().chain(chain, in: sql) else {
            return ChainBacklog(batches: 0, entries: 0, bytes: 0)
        }
        let delivered = try sql.row(
            "SELECT next_sequence FROM delivery WHERE neighbour = $1 AND chain = $2",
            [neighbour.rawValue, known.id])
        let first = try sql.row(
            "SELECT sequence, received_at FROM batch WHERE chain = $1 AND sequence >= $2 ORDER BY sequence LIMIT 1",
            [known.id, try delivered?.unsigned(0) ?? 0])
        guard let first, let end = try ChainHolding.end(of: known.id, in: sql) else {
            return ChainBacklog(batches: 0, entries: 0, bytes: 0)
        }
        // Chains have no gaps: what waits is the end of the chain, the difference of what it holds there and before.
        let start = try first.unsigned(0)
        let before = try ChainHolding(of: known.id, before: start, in: sql)
        return ChainBacklog(
            batches: Int(end.sequence - Int64(clamping: start) + 1), entries: end.holding.entries - before.entries,
            bytes: end.holding.storedBytes - before.storedBytes,
            oldest: WallTime(milliseconds: try first.integer(1)))
    }

    /// The chains that a neighbour has not acknowledged to their end, in the order of author, incarnation and lane.
    ///
    /// One question, however many chains lie here: every start of a node begins new ones, and nearly all of them are
    /// acknowledged.
    ///
    /// - Parameter author: of this one alone; nil for all, whether or not they are brought to the neighbour.
    package static func unacknowledged(
        by neighbour: NodeID, of author: NodeID?, in sql: any SQLTransaction
    ) throws -> [ChainIdentity] {
        try sql.rows(
            """
            SELECT c.author, c.incarnation, c.lane, c.next_sequence
            FROM chain c LEFT JOIN delivery d ON d.chain = c.id AND d.neighbour = $1
            WHERE ($2 = '' OR c.author = $2) AND c.next_sequence > COALESCE(d.next_sequence, 0)
            ORDER BY c.author, c.incarnation, c.lane
            """, [neighbour.rawValue, author?.rawValue ?? ""]
        ).map { try position($0).chain }
    }

    /// The entries of which nothing is derived, and the forks that are kept; both are few.
    package func oddities() async throws -> (setAside: Int, forks: Int) {
        try await store.read { sql in
            (
                Int(try sql.row("SELECT COUNT(*) FROM set_aside", [])?.integer(0) ?? 0),
                Int(try sql.row("SELECT COUNT(*) FROM fork", [])?.integer(0) ?? 0)
            )
        }
    }

    /// How much lies here: of all chains together, and of this node's own.
    package func statistics() async throws -> LedgerStatistics {
        let node = node
        return try await store.read { sql in
            // The last batch of each chain says what all of it holds.
            let chains = try sql.rows(
                """
                SELECT c.author, b.sequence, b.entries_until, b.raw_until, b.stored_until FROM chain c
                JOIN batch b ON b.chain = c.id AND b.sequence = (SELECT MAX(sequence) FROM batch WHERE chain = c.id)
                """, [])
            return LedgerStatistics(
                all: try LedgerStatistics.Part(chains),
                own: try LedgerStatistics.Part(try chains.filter { try $0.text(0) == node.rawValue }),
                held: Int(try sql.row("SELECT COUNT(*) FROM held", [])?.integer(0) ?? 0),
                setAside: Int(try sql.row("SELECT COUNT(*) FROM set_aside", [])?.integer(0) ?? 0),
                quarantined: Int(
                    try sql.row(
                        "SELECT COUNT(*) FROM set_aside WHERE reason >= 'author.' AND reason < 'author/'", []
                    )?.integer(0) ?? 0),
                forks: Int(try sql.row("SELECT COUNT(*) FROM fork", [])?.integer(0) ?? 0))
        }
    }
}

/// Counts of what lies in a ledger.
package struct LedgerStatistics: Sendable, Equatable {
    package struct Part: Sendable, Equatable {
        package var batches: Int
        package var entries: Int
        /// Bytes of the segments that are here, before compression.
        package var rawBytes: Int
        /// Bytes as they lie on disk and go over the wire: headers, seals, compressed segments.
        package var storedBytes: Int

        /// - Parameter chains: of each the author, its last sequence, and what it holds up to there.
        init(_ chains: [SQLRow]) throws {
            (batches, entries, rawBytes, storedBytes) = (0, 0, 0, 0)
            for chain in chains {
                batches += Int(try chain.integer(1)) + 1
                entries += Int(try chain.integer(2))
                rawBytes += Int(try chain.integer(3))
                storedBytes += Int(try chain.integer(4))
            }
        }
    }

    package var all: Part
    package var own: Part
    package var held: Int
    package var setAside: Int
    /// How many of those were not their authors' to write.
    package var quarantined: Int
    package var forks: Int
}
