package import Effects
package import Regions
package import Storage
package import Trust
package import Wire

/// A node's ledger: its own chains, the chains and excerpts that it holds of others, and the projections of them all.
package final class Ledger: Sendable {
    package let node: NodeID
    package let store: any Store
    package let inspector: BatchInspector
    package let audienceRule: AudienceRule
    let region: any RegionView
    let world: World
    let projections: ProjectionSet
    let attachmentStoreBytes: Int
    let changes = LedgerChanges()
    /// Which chains have grown since when.
    package let advances = ChainAdvances()
    let parcelRecipients = ParcelRecipients()
    private let queue: CommitQueue

    /// What a ledger is opened with.
    package struct Setup: Sendable {
        package var node: NodeID
        package var store: any Store
        package var region: any RegionView
        package var keyring: LedgerKeyring
        package var projections: ProjectionSet
        package var world: World
        /// The codec for new segments; asked at each commit, because it follows what the receivers can read.
        package var codec: @Sendable () -> Codec
        package var audienceRule: AudienceRule
        /// What the attachments in the store may have together.
        package var attachmentStoreBytes: Int
        /// Whose the store is: it is written into it at the first opening.
        package var owner: String

        package init(
            node: NodeID, store: any Store, region: any RegionView, keyring: LedgerKeyring, projections: ProjectionSet,
            world: World, codec: @escaping @Sendable () -> Codec = { .zlib },
            audienceRule: AudienceRule = .managementTree, attachmentStoreBytes: Int = Limits.attachmentStoreBytes,
            owner: String? = nil
        ) {
            self.node = node
            self.store = store
            self.region = region
            self.keyring = keyring
            self.owner = owner ?? node.rawValue
            self.projections = projections
            self.world = world
            self.codec = codec
            self.audienceRule = audienceRule
            self.attachmentStoreBytes = attachmentStoreBytes
        }

        /// With one key.
        package init(
            node: NodeID, store: any Store, region: any RegionView, key: SigningKey, projections: ProjectionSet,
            world: World, codec: @escaping @Sendable () -> Codec = { .zlib },
            audienceRule: AudienceRule = .managementTree, attachmentStoreBytes: Int = Limits.attachmentStoreBytes
        ) {
            self.init(
                node: node, store: store, region: region,
                keyring: LedgerKeyring(node: node, keys: [key], region: region), projections: projections, world: world,
                codec: codec, audienceRule: audienceRule, attachmentStoreBytes: attachmentStoreBytes)
        }
    }

    /// Brings the schema up to date and opens the ledger in a new incarnation.
    ///
    /// Every opening takes a new incarnation, because a restored copy of a data folder cannot be told from the
    /// original: with a new incarnation no identity can be used twice.
    ///
    /// What an older program set aside because it did not know the kind is folded now.
    ///
    /// - Throws: `ledger.otherOwner` where the store is another node's; what the store throws.
    package static func open(_ setup: Setup) async throws -> Ledger {
        try await setup.store.migrate(setup.projections.migrations)
        try await LedgerOwner.check(setup.owner, in: setup.store)
        let random = setup.world.random.number(below: 1 << 20)
        let incarnation = UInt64(max(0, setup.world.time.wallTime.milliseconds)) << 20 | random
        let heads = try await setup.store.read { sql in
            var heads: [Lane: LaneHead] = [:]
            for lane in [Lane.clinical, Lane.bulk] {
                heads[lane] = try Self.head(
                    of: setup.node, lane: lane, incarnation: incarnation, random: random, in: sql)
            }
            return heads
        }
        let ledger = Ledger(setup, heads: heads)
        try await ledger.foldKnownKinds()
        try await ledger.releaseWaiting()
        return ledger
    }

    private init(_ setup: Setup, heads: [Lane: LaneHead]) {
        node = setup.node
        store = setup.store
        region = setup.region
        audienceRule = setup.audienceRule
        attachmentStoreBytes = setup.attachmentStoreBytes
        world = setup.world
        projections = setup.projections
        let inspector = BatchInspector(keys: setup.region)
        self.inspector = inspector
        let time = setup.world.time
        let runner = CommitQueue.Runner(
            makeRun: { heads, _ in
                let now = time.wallTime
                let context = FoldContext(
                    node: setup.node, tree: setup.region.tree(at: now), suite: setup.region.suite)
                let engine = FoldEngine(
                    projections: setup.projections, context: context, loader: EntryLoader(inspector: inspector),
                    region: setup.region, now: now)
                let codec = setup.codec()
                let makeSealer = { (moment: WallTime) throws -> BatchSealer in
                    let key = try setup.keyring.key(at: moment)
                    return BatchSealer(
                        suite: setup.region.suite, key: key, random: setup.world.random, codec: codec,
                        level: Self.level(of: codec))
                }
                return CommitRun(
                    context: context, engine: engine, makeSealer: makeSealer, writer: BatchTable(), heads: heads)
            }, time: time)
        queue = CommitQueue(store: setup.store, runner: runner, heads: heads, changes: changes, advances: advances)
    }

    /// Runs a command against the tables as they are at its turn; what it appends is sealed and durable on return.
    ///
    /// Commands run one after the other. Many commands share a commit; where one of them fails, the others may run a
    /// second time, so a command touches nothing but its transaction.
    ///
    /// - Parameters:
    ///   - lane: `clinical` or `bulk`; clinical commands overtake bulk ones.
    ///   - sizeBytes: about how much the command appends; bounds what a commit takes.
    package func write<Value: Sendable>(
        lane: Lane, sizeBytes: Int = 1_000, _ body: @escaping @Sendable (LedgerTransaction) throws -> Value
    ) async throws -> Value {
        try await queue.submit(lane: lane, sizeBytes: sizeBytes, body)
    }

    /// Runs commands one after the other, sharing commits where there is room; each is durable or failed on return.
    ///
    /// - Parameter commands: each with the author for whom it is run; authors take turns.
    func write<Value: Sendable>(
        lane: Lane, commands: [(sizeBytes: Int, author: NodeID, body: @Sendable (LedgerTransaction) throws -> Value)]
    ) async throws -> [Result<Value, any Error>] {
        let works = commands.map { command in
            GroupCommit.Work(lane: lane, sizeBytes: command.sizeBytes, author: command.author) {
                try command.body($0)
            }
        }
        return try await queue.submit(works).map { outcome in
            Result {
                guard let value = try outcome.get() as? Value else {
                    throw Failure("ledger.commit", "a command gave a value of another type than it declared")
                }
                return value
            }
        }
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await store.read(body)
    }

    /// An entry that lies here, with its payload if that lies here too.
    package func entry(_ id: EntryID) async throws -> Entry? {
        let loader = EntryLoader(inspector: inspector)
        return try await store.read { sql in try loader.entry(id, in: sql) }
    }

    /// The proof of one entry: its sealed header, its records and their paths.
    ///
    /// - Throws: `ledger.notHeld` where the entry does not lie here.
    package func excerpt(of id: EntryID) async throws -> Excerpt {
        let loader = EntryLoader(inspector: inspector)
        let suite = region.suite
        return try await store.read { sql in
            let given = try sql.row("SELECT bytes FROM excerpt WHERE entry = $1", [id.description])
                .map { try Excerpt(wireBytes: try $0.bytes(0)) }
            let cut = try loader.sealedBatch(id.batch, in: sql)
                .flatMap { try? Excerpt.cut($0.batch, indexes: [id.index], suite: suite) }
            // A grant may have brought the payload of an entry whose batch lies here without it.
            let parts = [cut, given].compactMap { $0 }
            guard let best = parts.first(where: { $0.records.count > 1 }) ?? parts.first else {
                throw Failure("ledger.notHeld", "this node does not hold the entry", place: id.description)
            }
            return best
        }
    }

    /// Whether an entry of this node's own is gone for good: its batch came back after a restore, from neighbours that never
    /// had its segment.
    package func hasLost(_ id: EntryID) async throws -> Bool {
        guard id.author == node else { return false }
        let loader = EntryLoader(inspector: inspector)
        return try await store.read { sql in
            try loader.sealedBatch(id.batch, in: sql) != nil && loader.entry(id, in: sql) == nil
        }
    }

    func foldEngine(at now: WallTime) -> FoldEngine {
        FoldEngine(
            projections: projections, context: FoldContext(node: node, tree: region.tree(at: now), suite: region.suite),
            loader: EntryLoader(inspector: inspector), region: region, now: now)
    }

    /// The level by measurement (docs/performance.md): zstd's higher levels save little, zlib's lower ones cost bytes.
    private static func level(of codec: Codec) -> Int { codec == .zstd ? 1 : 6 }

    /// How many commands wait for the disk.
    package var commandsWaiting: Int { get async { await queue.depth } }

    /// How long commits took since the start.
    package var commitDurations: DurationCounts { queue.durations.counts }

    private static func head(
        of node: NodeID, lane: Lane, incarnation: UInt64, random: UInt64, in sql: any SQLTransaction
    ) throws -> LaneHead {
        let last = try sql.row(
            """
            SELECT incarnation, next_sequence, last_hash FROM chain WHERE author = $1 AND lane = $2
            ORDER BY incarnation DESC LIMIT 1
            """, [node.rawValue, Int(lane.rawValue)])
        guard let last else { return LaneHead(incarnation: incarnation, nextSequence: 0, previous: nil) }
        // Where the clock went back, two copies of one folder must still not open the same incarnation.
        let lastIncarnation = try last.unsigned(0)
        return LaneHead(
            incarnation: incarnation > lastIncarnation ? incarnation : lastIncarnation &+ 1 &+ random, nextSequence: 0,
            previous: Digest(bytes: try last.bytes(2)),
            continuedFrom: .init(incarnation: lastIncarnation, sequence: try last.unsigned(1) &- 1))
    }
}
