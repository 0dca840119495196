import Effects
import Regions
import Storage

extension FoldEngine {
    /// Folds what was held back for `batch`, and what was held back for that in turn.
    ///
    /// Of what a stranger lets wait for one batch only so much is folded in one commit: the rest is written down and
    /// follows with later ones.
    ///
    /// - Returns: what was set aside.
    @discardableResult
    func release(after batch: BatchIdentity, in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        try release(["\(batch)"], in: sql).aside
    }

    /// The same, and then a part of what was left over from earlier ones, where there is room for it.
    func releaseWithRest(after batch: BatchIdentity, in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        let (aside, isWhole) = try release(["\(batch)"], in: sql)
        return isWhole ? try aside + (releaseNext(in: sql) ?? []) : aside
    }

    /// Goes on with a release that was too long for one commit.
    ///
    /// - Returns: what was set aside; nil where nothing waits.
    func releaseNext(in sql: any SQLTransaction) throws -> [SetAsideEntry]? {
        guard let row = try sql.row("SELECT batch FROM release_due ORDER BY batch LIMIT 1", []) else { return nil }
        let batch = try row.text(0)
        try sql.execute("DELETE FROM release_due WHERE batch = $1", [batch])
        return try release([batch], in: sql).aside
    }

    /// Goes through each batch's waiting entries once, and once more whenever something of that batch came free: an entry
    /// that is held again waits for that, and is not asked in a circle.
    private func release(
        _ batches: [String], in sql: any SQLTransaction
    ) throws -> (aside: [SetAsideEntry], isWhole: Bool) {
        let meter = MeteredTransaction(sql, limit: .max, refusal: Self.tooMuchWork)
        var loaded = LoadedBatch()
        var aside: [SetAsideEntry] = []
        var arrived = ArrivedBatches(batches)
        while let cause = arrived.next() {
            var last = ""
            while true {
                let page = try meter.rows(
                    "SELECT entry FROM held WHERE cause = $1 AND entry > $2 ORDER BY entry LIMIT $3",
                    [cause, last, Limits.upkeepRows])
                guard !page.isEmpty else { break }
                for row in page {
                    // A refold has the store for itself.
                    guard meter.steps < Limits.releaseStepsPerCommit || horizon != nil else {
                        for batch in arrived.rest + [cause] {
                            try sql.execute(
                                "INSERT INTO release_due (batch) VALUES ($1) ON CONFLICT (batch) DO NOTHING", [batch])
                        }
                        return (aside, false)
                    }
                    let text = try row.text(0)
                    last = text
                    try meter.execute("DELETE FROM held WHERE entry = $1 AND cause = $2", [text, cause])
                    guard try meter.row("SELECT 1 FROM held WHERE entry = $1", [text]) == nil else { continue }
                    let id = try EntryID(text)
                    guard let entry = try loaded.entry(id, loader: loader, in: sql) else { continue }
                    aside += try fold([entry], in: meter)
                    // Held again where another entry of the same batch is missing still: then nothing came free.
                    if try !isHeld(id, meter) { arrived.append("\(id.batch)") }
                }
            }
        }
        return (aside, true)
    }
}

/// Batches of which something came free, each once, in the order in which that was noticed.
private struct ArrivedBatches {
    private var queue: [String] = []
    private var position = 0
    private var waiting: Set<String> = []

    init(_ batches: [String]) {
        for batch in batches { append(batch) }
    }

    var rest: [String] { Array(queue[position...]) }

    mutating func append(_ batch: String) {
        if waiting.insert(batch).inserted { queue.append(batch) }
    }

    mutating func next() -> String? {
        guard position < queue.count else { return nil }
        defer { position += 1 }
        waiting.remove(queue[position])
        return queue[position]
    }
}

/// The batch that was read last: entries that wait together lie together, and each batch is opened once for all of them.
private struct LoadedBatch {
    private var batch: BatchIdentity?
    private var entries: [EntryID: Entry] = [:]

    mutating func entry(_ id: EntryID, loader: EntryLoader, in sql: any SQLTransaction) throws -> Entry? {
        if batch != id.batch {
            batch = id.batch
            entries = [:]
            for entry in try loader.entries(of: id.batch, in: sql) { entries[entry.id] = entry }
        }
        return try entries[id] ?? loader.excerptEntry(id, until: .max, in: sql)
    }
}
