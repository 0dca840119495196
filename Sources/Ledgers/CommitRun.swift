import Effects
import Regions
import Storage
import Trust
import Wire

/// One commit while it runs on the writer's thread: folds what is appended, and seals it at the end.
final class CommitRun {
    let context: FoldContext
    private let engine: FoldEngine
    private let makeSealer: (WallTime) throws -> BatchSealer
    /// Made at the first append: what appends nothing needs no key.
    private var sealer: BatchSealer?
    private let writer: BatchTable
    private(set) var heads: [Lane: LaneHead]
    private var builders: [Lane: LaneBuilder] = [:]
    /// How far the chains go now that this commit has made longer.
    private(set) var advanced: [ChainPosition] = []

    /// - Parameter makeSealer: gives a sealer with the key that holds at a moment, or says why there is none.
    init(
        context: FoldContext, engine: FoldEngine, makeSealer: @escaping (WallTime) throws -> BatchSealer,
        writer: BatchTable, heads: [Lane: LaneHead]
    ) {
        self.context = context
        self.engine = engine
        self.makeSealer = makeSealer
        self.writer = writer
        self.heads = heads
    }

    /// Runs one command; where it throws, the whole commit is to be undone.
    func run<Value>(
        lane: Lane, now: WallTime, in sql: any SQLTransaction, _ body: (LedgerTransaction) throws -> Value
    ) throws -> Value {
        try body(LedgerTransaction(sql: sql, now: now, lane: lane, commit: self))
    }

    /// Runs one command; where it throws, nothing of it stays.
    func runIsolated<Value>(
        lane: Lane, now: WallTime, in sql: any SQLTransaction, _ body: (LedgerTransaction) throws -> Value
    ) throws -> Value {
        let marks = builders.mapValues(\.mark)
        let advancedBefore = advanced.count
        do {
            return try sql.savepoint {
                try body(LedgerTransaction(sql: sql, now: now, lane: lane, commit: self))
            }
        } catch {
            for lane in builders.keys {
                if let mark = marks[lane] { builders[lane]?.undo(to: mark) } else { builders[lane] = nil }
            }
            advanced.removeLast(advanced.count - advancedBefore)
            throw error
        }
    }

    func append(_ draft: EntryDraft, lane: Lane, at time: WallTime, in sql: any SQLTransaction) throws -> EntryID {
        guard let head = heads[lane] else { throw Failure("ledger.lane", "entries are written to clinical or bulk") }
        // All entries of a commit carry its time, so one key seals them.
        if sealer == nil { sealer = try makeSealer(time) }
        let chain = ChainIdentity(author: context.node, incarnation: head.incarnation, lane: lane)
        let id = builders[lane, default: LaneBuilder(sequence: head.nextSequence)].add(draft, chain: chain, time: time)
        try engine.foldOwn(
            Entry(
                id: id, kind: draft.kind, subject: draft.subject, authorTime: time, receivedTime: time,
                causes: draft.causes, fields: draft.fields, payload: draft.payload, hasPayload: draft.payload != nil,
                payloadAudience: draft.payload == nil ? nil : draft.payloadAudience),
            in: sql, isPending: isPending)
        return id
    }

    /// The payload of an entry that lies here or was appended by this commit.
    func payload(of id: EntryID, in sql: any SQLTransaction) throws -> [UInt8]? {
        guard isPending(id.batch) else { return try engine.loader.entry(id, in: sql)?.payload }
        return builders[id.batch.chain.lane]?.entries.last { $0.id == id }?.draft.payload
    }

    /// Notes that a chain of another author has grown.
    func noteAdvance(_ position: ChainPosition) { advanced.append(position) }

    /// Whether a batch is made by this commit and waits for its seal; its entries are folded already.
    private func isPending(_ batch: BatchIdentity) -> Bool {
        guard batch.chain.author == context.node, let head = heads[batch.chain.lane],
            let builder = builders[batch.chain.lane], batch.chain.incarnation == head.incarnation
        else { return false }
        return (head.nextSequence...builder.sequence).contains(batch.sequence)
    }

    /// Seals and stores everything that the commands of this commit appended.
    func seal(in sql: any SQLTransaction) throws {
        for (lane, builder) in builders.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for entries in builder.batches {
                guard var head = heads[lane], let first = entries.first, let sealer else { continue }
                let result = try sealer.seal(
                    entries, identity: first.id.batch, previous: head.previous, continuedFrom: head.continuedFrom)
                try writer.insert(
                    result.batch, header: result.header, digest: result.headerDigest, rawBytes: result.rawBytes,
                    receivedTime: result.header.lastAuthorTime,
                    known: try writer.chain(first.id.batch.chain, in: sql), in: sql)
                try engine.release(after: first.id.batch, in: sql)
                head.nextSequence = first.id.batch.sequence + 1
                head.previous = result.headerDigest
                head.continuedFrom = nil
                heads[lane] = head
                advanced.append(ChainPosition(chain: first.id.batch.chain, nextSequence: head.nextSequence))
            }
        }
        builders = [:]
    }
}
