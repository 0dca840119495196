import Effects
package import Regions
import Storage
import Trust
package import Wire

/// What became of one batch that a neighbour sent.
package enum IngestOutcome: Sendable, Equatable {
    case stored
    /// It lies here already; acknowledged again.
    case duplicate
    /// Another batch with this identity lies here: both are kept as evidence and the author's bulk is stopped.
    case fork
    /// Not the next of its chain; the sender goes on from `expected`.
    case gap(expected: UInt64)
    /// It does not follow from the header before it.
    case brokenChain
    /// The author's chain is stopped, for example by a fork.
    case blocked(reason: String)
}

/// What became of batches that were taken in together.
package struct IngestReceipt: Sendable {
    package var outcomes: [(identity: BatchIdentity, outcome: IngestOutcome)]
    package var positions: [ChainPosition]
    /// Entries that could not be folded, with the reason's code.
    package var setAside: [(entry: EntryID, reason: String)]
}

extension Ledger {
    /// Stores checked batches, folds them and advances their chains, in one transaction with full synchronisation.
    ///
    /// When this returns, what is `stored` is on this node's disk and may be acknowledged.
    package func ingest(_ batches: [InspectedBatch], lane: Lane) async throws -> IngestReceipt {
        let now = world.time.wallTime
        let engine = foldEngine(at: now)
        let size = batches.reduce(0) { $0 + $1.batch.sizeBytes }
        let notifies =
            projections.projections(for: .setAsideNotice) != nil && projections.projections(for: .grant) != nil
        return try await write(lane: lane, sizeBytes: size) { transaction in
            let sql = transaction.sql
            var outcomes: [(BatchIdentity, IngestOutcome)] = []
            for batch in batches {
                let outcome = try Self.take(batch, engine: engine, now: now, in: sql)
                outcomes.append((batch.header.identity, outcome))
            }
            let chains = Set(batches.map(\.header.identity.chain)).sorted()
            let positions = try chains.map { chain in
                ChainPosition(chain: chain, nextSequence: try BatchTable().chain(chain, in: sql)?.nextSequence ?? 0)
            }
            let setAside = try Self.setAside(batches, since: now, in: sql)
            if notifies {
                for (entry, reason) in setAside {
                    try SetAsideNotice(entry: entry, reason: reason).append(to: transaction)
                }
            }
            return IngestReceipt(outcomes: outcomes, positions: positions, setAside: setAside)
        }
    }

    private static func take(
        _ batch: InspectedBatch, engine: FoldEngine, now: WallTime, in sql: any SQLTransaction
    ) throws -> IngestOutcome {
        let table = BatchTable()
        let identity = batch.header.identity
        let chain = try table.chain(identity.chain, in: sql)
        let expected = chain?.nextSequence ?? 0
        if identity.sequence < expected, let chain {
            guard let stored = try table.headerHash(chain: chain.id, sequence: identity.sequence, in: sql) else {
                return .duplicate
            }
            if stored == batch.headerDigest { return .duplicate }
            try keepEvidence(batch.batch, of: identity, batch.headerDigest, chain: chain.id, now: now, in: sql)
            return .fork
        }
        if let reason = try blockage(of: identity.chain, in: sql) { return .blocked(reason: reason) }
        guard identity.sequence == expected else { return .gap(expected: expected) }
        guard try follows(batch, chain: chain, in: sql) else { return .brokenChain }
        try table.insert(
            batch.batch, header: batch.header, digest: batch.headerDigest, rawBytes: batch.rawBytes,
            receivedTime: now, in: sql)
        try engine.fold(batch.entries, in: sql)
        try engine.release(after: identity, in: sql)
        return .stored
    }

    /// Lets an author's bulk go on after an operator has looked into a fork; the evidence stays.
    package func resolveFork(of author: NodeID) async throws {
        try await write(lane: .clinical) { transaction in
            _ = try transaction.sql.execute(
                "UPDATE chain SET blocked = NULL WHERE author = $1", [author.rawValue])
        }
    }

    /// Whether the batch names the header before it, of its own chain or of the incarnation that it continues.
    private static func follows(
        _ batch: InspectedBatch, chain: BatchTable.Chain?, in sql: any SQLTransaction
    ) throws -> Bool {
        if let chain { return chain.lastHash == batch.header.previous }
        guard let continued = batch.header.continuedFrom else { return batch.header.previous == nil }
        var identity = batch.header.identity.chain
        identity.incarnation = continued.incarnation
        guard let before = try BatchTable().chain(identity, in: sql),
            let hash = try BatchTable().headerHash(chain: before.id, sequence: continued.sequence, in: sql)
        else { return true }
        return hash == batch.header.previous
    }

    /// Why an author's chain is stopped: after a fork its bulk is, in every incarnation; what is clinical goes on.
    private static func blockage(of chain: ChainIdentity, in sql: any SQLTransaction) throws -> String? {
        guard chain.lane == .bulk else { return nil }
        return try sql.row(
            "SELECT blocked FROM chain WHERE author = $1 AND blocked IS NOT NULL LIMIT 1", [chain.author.rawValue]
        )?.optionalText(0)
    }

    /// Most other batches with an identity of one chain that are kept; more say nothing new.
    private static let evidencePerChain: Int64 = 64

    private static func keepEvidence(
        _ batch: SealedBatch, of identity: BatchIdentity, _ digest: Digest, chain: Int64, now: WallTime,
        in sql: any SQLTransaction
    ) throws {
        try sql.execute("UPDATE chain SET blocked = $1 WHERE id = $2", ["fork", chain])
        let kept = try sql.row("SELECT COUNT(*) FROM fork WHERE chain = $1", [chain])?.integer(0) ?? 0
        guard kept < evidencePerChain else { return }
        try sql.execute(
            """
            INSERT INTO fork (chain, sequence, header_hash, bytes, received_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (chain, sequence, header_hash) DO NOTHING
            """,
            [chain, identity.sequence, digest.bytes, try batch.wireBytes(), now.milliseconds])
    }

    private static func setAside(
        _ batches: [InspectedBatch], since: WallTime, in sql: any SQLTransaction
    ) throws -> [(entry: EntryID, reason: String)] {
        let mine = Set(batches.map(\.header.identity))
        return try sql.rows(
            "SELECT entry, reason FROM set_aside WHERE since >= $1 ORDER BY entry LIMIT 100", [since.milliseconds]
        ).compactMap { row in
            let id = try EntryID(try row.text(0))
            return mine.contains(id.batch) ? (id, try row.text(1)) : nil
        }
    }

    /// Stores checked excerpts that a grant brought, folds them, and passes them on where they are for somebody else.
    ///
    /// - Parameters:
    ///   - parcels: the excerpts with the grant that each rests on and for whom it is.
    ///   - proofs: checked excerpts of those grants; kept, because whoever passes a parcel on must show its grant.
    package func ingest(
        parcels: [(excerpt: InspectedExcerpt, grant: EntryID, recipient: NodeID)], proofs: [InspectedExcerpt] = []
    ) async throws {
        let now = world.time.wallTime
        let engine = foldEngine(at: now)
        try await write(lane: .clinical) { transaction in
            for proof in proofs where try !Self.isFork(proof, engine: engine, now: now, in: transaction.sql) {
                for entry in proof.entries where entry.kind == .grant {
                    try Self.store(entry, proof, now: now, engine: engine, in: transaction.sql)
                }
            }
            for parcel in parcels where try !Self.isFork(parcel.excerpt, engine: engine, now: now, in: transaction.sql)
            {
                for entry in parcel.excerpt.entries {
                    try Self.store(entry, parcel.excerpt, now: now, engine: engine, in: transaction.sql)
                    try Parcels.add(
                        [entry.id], grant: parcel.grant, recipient: parcel.recipient, since: now,
                        context: engine.context, in: transaction.sql)
                }
                try engine.release(after: parcel.excerpt.header.identity, in: transaction.sql)
            }
        }
    }

    /// Whether an excerpt is of another batch than the one that lies here under the same identity; kept as evidence.
    private static func isFork(
        _ excerpt: InspectedExcerpt, engine: FoldEngine, now: WallTime, in sql: any SQLTransaction
    ) throws -> Bool {
        let identity = excerpt.header.identity
        let digest = Seal.headerDigest(excerpt.excerpt.header, suite: engine.context.suite)
        guard let chain = try BatchTable().chain(identity.chain, in: sql),
            let stored = try BatchTable().headerHash(chain: chain.id, sequence: identity.sequence, in: sql),
            stored != digest
        else { return false }
        let batch = SealedBatch(header: excerpt.excerpt.header, seal: excerpt.excerpt.seal, segments: [:])
        try keepEvidence(batch, of: identity, digest, chain: chain.id, now: now, in: sql)
        return true
    }

    private static func store(
        _ entry: Entry, _ excerpt: InspectedExcerpt, now: WallTime, engine: FoldEngine, in sql: any SQLTransaction
    ) throws {
        var entry = entry
        if let known = try engine.loader.excerptEntry(entry.id, until: .max, in: sql) {
            guard known.lacksPayload, entry.payload != nil else { return }
            // A refold sees the fuller excerpt at the time of the first one.
            entry.receivedTime = known.receivedTime
        }
        let bytes = try excerpt.excerpt(of: entry.id.index, suite: engine.context.suite).wireBytes()
        try sql.execute(
            """
            INSERT INTO excerpt (entry, batch, bytes, received_at, arrival) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (entry) DO UPDATE SET bytes = excluded.bytes
            """,
            [
                entry.id.description, entry.id.batch.description, bytes, now.milliseconds,
                try BatchTable.nextArrival(in: sql),
            ])
        try engine.fold([entry], in: sql)
    }
}
