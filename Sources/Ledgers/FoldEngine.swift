import Effects
import Regions
import Storage

/// An entry that could not be folded.
struct SetAsideEntry: Sendable {
    var entry: EntryID
    /// The reason's code.
    var reason: String
}

/// Folds entries into the projections' tables inside a transaction; holds back what waits for a cause and sets aside
/// what cannot be folded or was not its author's to write.
struct FoldEngine: Sendable {
    let projections: ProjectionSet
    let context: FoldContext
    let loader: EntryLoader
    /// Says who may write what.
    let region: any RegionView
    let now: WallTime
    /// During a refold: what arrived later than this is not known yet, although it lies in the tables.
    var horizon: Int64?
    let clock = RuleClock()
    let history = ConfigurationHistory()

    /// Folds the entries of one batch or excerpt.
    ///
    /// One bad entry never stops the others: where the batch does not fold as a whole, it is folded entry by entry and
    /// the bad ones are set aside with the reason. So is what takes more steps than an honest batch can: its author
    /// sealed it in one commit of its own, and nobody else's clinical entries wait longer for it than they did there.
    ///
    /// - Returns: what was set aside.
    @discardableResult
    func fold(_ entries: [Entry], in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        var aside: [SetAsideEntry] = []
        let entries = try completed(entries, in: sql)
        do {
            let meter = Self.meter(sql, limit: Limits.foldStepsPerBatch)
            try sql.savepoint { for entry in entries { try foldOrHold(entry, in: meter) } }
        } catch  where !Self.endsTheStore(error) {
            // What was too much once is not done twice.
            var left = Limits.foldStepsPerBatch / ((error as? Failure)?.code == Self.tooMuchWork.code ? 4 : 1)
            for entry in entries {
                let meter = Self.meter(sql, limit: min(left, Limits.foldStepsPerEntry))
                do {
                    try sql.savepoint { try foldOrHold(entry, in: meter) }
                } catch  where !Self.endsTheStore(error) {
                    aside.append(try setAside(entry, error, in: sql))
                }
                left = max(0, left - meter.steps)
            }
        }
        return aside
    }

    static let tooMuchWork = Failure(
        "ledger.tooMuchWork", "the entry takes more steps to fold than an honest one",
        remedy: "look at the node that wrote it")

    private static func meter(_ sql: any SQLTransaction, limit: Int) -> MeteredTransaction {
        MeteredTransaction(sql, limit: limit, refusal: tooMuchWork)
    }

    /// Folds one of the author's own entries; failures are the caller's, nothing is set aside.
    ///
    /// - Parameter isPending: whether a batch is made by this very commit; its entries are folded and not stored yet.
    func foldOwn(_ entry: Entry, in sql: any SQLTransaction, isPending: (BatchIdentity) -> Bool) throws {
        for cause in entry.causes where try !isPending(cause.batch) && (!isKnown(cause, sql) || isHeld(cause, sql)) {
            throw Failure(
                "ledger.unknownCause", "an entry names a cause that this node does not have",
                place: cause.description)
        }
        try apply(entry, in: sql)
    }

    /// Adds the payloads that excerpts brought before the batch came without them: nothing is folded a second time
    /// with less than before.
    private func completed(_ entries: [Entry], in sql: any SQLTransaction) throws -> [Entry] {
        guard let batch = entries.first?.id.batch, entries.contains(where: \.lacksPayload),
            try sql.row("SELECT 1 FROM excerpt WHERE batch = $1 LIMIT 1", [batch.description]) != nil
        else { return entries }
        return try entries.map { entry in
            guard entry.lacksPayload,
                let given = try loader.excerptEntry(entry.id, until: horizon ?? .max, in: sql)
            else { return entry }
            return entry.with(payloadOf: given)
        }
    }

    private func foldOrHold(_ entry: Entry, in sql: any SQLTransaction) throws {
        let needed = try projections.declared(entry.kind)?.author.needs(question(entry, in: sql)) ?? []
        let missing = try (entry.causes + needed).filter { try !isKnown($0, sql) || isHeld($0, sql) }
        guard missing.isEmpty else {
            for cause in missing {
                let waiting = try sql.row(
                    "SELECT 1 FROM held WHERE cause > $1 AND cause < $2 LIMIT 1 OFFSET $3",
                    ["\(cause.batch)/", "\(cause.batch)0", Limits.heldPerCause - 1])
                guard waiting == nil else {
                    throw Failure("ledger.tooManyHeld", "too many entries wait for the same batch")
                }
                try sql.execute(
                    "INSERT INTO held (entry, cause, since) VALUES ($1, $2, $3) ON CONFLICT (entry, cause) DO NOTHING",
                    [entry.id.description, cause.description, now.milliseconds])
            }
            return
        }
        try apply(entry, in: sql)
    }

    private func apply(_ entry: Entry, in sql: any SQLTransaction) throws {
        guard let declared = projections.declared(entry.kind), let targets = projections.projections(for: entry.kind)
        else {
            throw Failure("ledger.unknownKind", "\(entry.kind) is not known here", remedy: "upgrade this node")
        }
        var entry = entry
        // Own entries are received when they are written, also when they come back from a neighbour or are refolded.
        if entry.author == context.node { entry.receivedTime = entry.authorTime }
        try declared.author.check(question(entry, in: sql))
        for projection in targets { try projection.fold(entry, in: sql, context: context) }
        guard !entry.causes.isEmpty else { return }
        try Parcels.follow(entry, context: context, in: sql) { try loader.entry($0, in: sql) }
    }

    private func question(_ entry: Entry, in sql: any SQLTransaction) -> AuthorQuestion {
        AuthorQuestion(
            entry, at: context.node, region: region, sql: sql, history: history,
            clock: { try clock.time(of: entry, in: sql) },
            lookUp: { try loader.entry($0, in: sql) })
    }

    private func setAside(
        _ entry: Entry, _ error: any Error, in sql: any SQLTransaction
    ) throws -> SetAsideEntry {
        let code = (error as? Failure)?.code.rawValue ?? "ledger.poison"
        try sql.execute(
            """
            INSERT INTO set_aside (entry, kind, reason, since) VALUES ($1, $2, $3, $4)
            ON CONFLICT (entry) DO NOTHING
            """,
            [entry.id.description, entry.kind.rawValue, code, now.milliseconds])
        return SetAsideEntry(entry: entry.id, reason: code)
    }

    func isHeld(_ id: EntryID, _ sql: any SQLTransaction) throws -> Bool {
        try sql.row("SELECT 1 FROM held WHERE entry = $1", [id.description]) != nil
    }

    /// Whether an entry's batch, or an excerpt of the entry itself, lies here (and, during a refold, arrived before).
    private func isKnown(_ id: EntryID, _ sql: any SQLTransaction) throws -> Bool {
        let batch = id.batch
        let horizon = horizon ?? .max
        let stored = try sql.row(
            """
            SELECT 1 FROM batch b JOIN chain c ON c.id = b.chain
            WHERE c.author = $1 AND c.incarnation = $2 AND c.lane = $3 AND b.sequence = $4 AND b.arrival <= $5
            """,
            [
                batch.chain.author.rawValue, batch.chain.incarnation, Int(batch.chain.lane.rawValue), batch.sequence,
                horizon,
            ])
        if stored != nil { return true }
        let excerpt = "SELECT 1 FROM excerpt WHERE entry = $1 AND arrival <= $2" as SQLText
        return try sql.row(excerpt, [id.description, horizon]) != nil
    }

    private static func endsTheStore(_ error: any Error) -> Bool { (error as? Failure)?.endsTheStore ?? false }
}
