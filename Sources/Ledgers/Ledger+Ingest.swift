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
    private struct Taken: Sendable {
        var outcome: IngestOutcome
        var position: ChainPosition
        var setAside: [SetAsideEntry]
    }

    /// Stores checked batches, folds them and advances their chains, each in one transaction with full synchronisation.
    ///
    /// When this returns, what is `stored` is on this node's disk and may be acknowledged. Batches share commits where
    /// there is room, and none makes a clinical command wait for all of them.
    package func ingest(_ batches: [InspectedBatch], lane: Lane) async throws -> IngestReceipt {
        let now = world.time.wallTime
        let engine = foldEngine(at: now)
        let notifies = notifies
        let results = try await write(
            lane: lane,
            commands: batches.map { batch in
                (
                    batch.batch.sizeBytes, batch.header.identity.chain.author,
                    { transaction in
                        try Self.take(batch, engine: engine, now: now, notifies: notifies, in: transaction)
                    }
                )
            })
        var receipt = IngestReceipt(outcomes: [], positions: [], setAside: [])
        var reached: [ChainIdentity: UInt64] = [:]
        for (batch, result) in zip(batches, results) {
            let taken = try result.get()
            receipt.outcomes.append((batch.header.identity, taken.outcome))
            reached[taken.position.chain] = taken.position.nextSequence
            let room = max(0, Limits.setAsideEntriesNamed - receipt.setAside.count)
            receipt.setAside += taken.setAside.prefix(room).map { ($0.entry, $0.reason) }
        }
        receipt.positions = reached.map { ChainPosition(chain: $0.key, nextSequence: $0.value) }
            .sorted { $0.chain < $1.chain }
        return receipt
    }

    /// Whether this ledger can tell authors what it set aside.
    private var notifies: Bool {
        projections.projections(for: .setAsideNotice) != nil && projections.projections(for: .grant) != nil
    }

    private static func take(
        _ batch: InspectedBatch, engine: FoldEngine, now: WallTime, notifies: Bool, in transaction: LedgerTransaction
    ) throws -> Taken {
        let sql = transaction.sql
        let chain = batch.header.identity.chain
        let (outcome, setAside) = try take(batch, engine: engine, now: now, in: sql)
        if notifies { try SetAsideNotice.tell(setAside, in: transaction) }
        let next =
            outcome == .stored
            ? batch.header.identity.sequence + 1 : try BatchTable().chain(chain, in: sql)?.nextSequence ?? 0
        let position = ChainPosition(chain: chain, nextSequence: next)
        if outcome == .stored { transaction.commit.noteAdvance(position) }
        return Taken(outcome: outcome, position: position, setAside: setAside)
    }

    private static func take(
        _ batch: InspectedBatch, engine: FoldEngine, now: WallTime, in sql: any SQLTransaction
    ) throws -> (IngestOutcome, [SetAsideEntry]) {
        let table = BatchTable()
        let identity = batch.header.identity
        let chain = try table.chain(identity.chain, in: sql)
        let expected = chain?.nextSequence ?? 0
        if identity.sequence < expected, let chain {
            guard let stored = try table.headerHash(chain: chain.id, sequence: identity.sequence, in: sql) else {
                return (.duplicate, [])
            }
            if stored == batch.headerDigest { return (.duplicate, []) }
            try keepEvidence(batch.batch, of: identity, batch.headerDigest, chain: chain.id, now: now, in: sql)
            return (.fork, [])
        }
        if let reason = try blockage(of: identity.chain, in: sql) { return (.blocked(reason: reason), []) }
        guard identity.sequence == expected else { return (.gap(expected: expected), []) }
        let continuation = try Continuation.check(batch, chain: chain, in: sql)
        guard continuation != .broken else { return (.brokenChain, []) }
        let id = try table.insert(
            batch.batch, header: batch.header, digest: batch.headerDigest, rawBytes: batch.rawBytes,
            receivedTime: now, known: chain, in: sql)
        if case .awaits(let before) = continuation { try Continuation.await(before, chain: id, in: sql) }
        try Continuation.recheck(arrived: batch, in: sql)
        let setAside = try engine.fold(batch.entries, in: sql)
        return (.stored, try setAside + engine.releaseWithRest(after: identity, in: sql))
    }

    /// Lets an author's bulk go on after an operator has looked into a fork; the evidence stays.
    ///
    /// - Throws: `ledger.notStopped` where nothing of that author is stopped here.
    package func resolveFork(of author: NodeID) async throws {
        let stopped = try await read { sql in
            try sql.row("SELECT 1 FROM chain WHERE author = $1 AND blocked IS NOT NULL LIMIT 1", [author.rawValue])
        }
        guard stopped != nil else {
            throw Failure(
                "ledger.notStopped", "nothing that '\(author)' wrote is stopped at this node", place: author.rawValue,
                remedy: "`yilian queue show` names whose bulk is stopped")
        }
        try await write(lane: .clinical) { transaction in
            _ = try transaction.sql.execute(
                "UPDATE chain SET blocked = NULL WHERE author = $1", [author.rawValue])
        }
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

    /// Stores checked excerpts that a grant brought, folds them, and passes them on where they are for somebody else.
    ///
    /// - Parameters:
    ///   - parcels: the excerpts with the grant that each rests on and for whom it is.
    ///   - proofs: checked excerpts of those grants; kept, because whoever passes a parcel on must show its grant.
    ///   - delivery: the neighbour that brought them, and the number of its delivery; durable with them.
    package func ingest(
        parcels: [(excerpt: InspectedExcerpt, grant: EntryID, recipient: NodeID)], proofs: [InspectedExcerpt] = [],
        delivery: (neighbour: NodeID, mark: UInt64)? = nil
    ) async throws {
        let now = world.time.wallTime
        let engine = foldEngine(at: now)
        let notifies = notifies
        try await write(lane: .clinical) { transaction in
            var setAside: [SetAsideEntry] = []
            for proof in proofs where try !Self.isFork(proof, engine: engine, now: now, in: transaction.sql) {
                for entry in proof.entries where entry.kind == .grant {
                    setAside += try Self.store(entry, proof, now: now, engine: engine, in: transaction.sql)
                }
            }
            for parcel in parcels where try !Self.isFork(parcel.excerpt, engine: engine, now: now, in: transaction.sql)
            {
                for entry in parcel.excerpt.entries {
                    setAside += try Self.store(entry, parcel.excerpt, now: now, engine: engine, in: transaction.sql)
                    try Parcels.add(
                        [entry.id], grant: parcel.grant, recipient: parcel.recipient, since: now,
                        context: engine.context, in: transaction.sql)
                }
                setAside += try engine.release(after: parcel.excerpt.entries.map(\.id), in: transaction.sql)
            }
            if notifies { try SetAsideNotice.tell(setAside, in: transaction) }
            if let delivery, !parcels.isEmpty {
                try Parcels.remember(delivery.mark, of: delivery.neighbour, in: transaction.sql)
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
    ) throws -> [SetAsideEntry] {
        var entry = entry
        if let known = try engine.loader.excerptEntry(entry.id, until: .max, in: sql) {
            guard known.lacksPayload, entry.payload != nil else { return [] }
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
        return try engine.fold([entry], in: sql)
    }
}
