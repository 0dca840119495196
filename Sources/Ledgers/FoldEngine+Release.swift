import Effects
import Regions
import Storage

extension FoldEngine {
    /// Folds what was held back for an entry of `batch`, and what was held back for that in turn.
    ///
    /// Of what a stranger lets wait for one batch only so much is folded in one commit: the rest is written down and
    /// follows with later ones.
    ///
    /// - Returns: what was set aside.
    @discardableResult
    func release(after batch: BatchIdentity, in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        try release([Due(batch)], in: sql).aside
    }

    /// Folds what was held back for `entries` alone, and what was held back for that in turn.
    ///
    /// - Returns: what was set aside.
    @discardableResult
    func release(after entries: [EntryID], in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        try release(entries.map(Due.init), in: sql).aside
    }

    /// As ``release(after:in:)-batch``, and then a part of what was left over from earlier ones, where there is room for it.
    func releaseWithRest(after batch: BatchIdentity, in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        let (aside, isWhole) = try release([Due(batch)], in: sql)
        return isWhole ? try aside + (releaseNext(in: sql) ?? []) : aside
    }

    /// Goes on with a release that was too long for one commit.
    ///
    /// - Returns: what was set aside; nil where nothing waits.
    func releaseNext(in sql: any SQLTransaction) throws -> [SetAsideEntry]? {
        let due = try sql.rows(
            "SELECT below, cause, entry FROM release_due ORDER BY below LIMIT $1", [Limits.upkeepRows]
        ).map { Due(below: try $0.text(0), cause: try $0.text(1), entry: try $0.text(2)) }
        guard let last = due.last else { return nil }
        try sql.execute("DELETE FROM release_due WHERE below <= $1", [last.below])
        return try release(due, in: sql).aside
    }

    /// Causes that have come, as a stretch of their ids, and who was the last to be looked at of those that wait for them.
    ///
    /// Who is held back again waits for another entry than the one that has come. When that comes free, it is a cause
    /// of its own, so that nobody has to be looked at twice for one.
    private struct Due {
        /// The end of the stretch; nothing that waits has it for its cause.
        var below: String
        /// The cause of the one that was looked at last; before that, where the stretch begins.
        var cause: String
        /// The one that was looked at last.
        var entry = ""

        init(below: String, cause: String, entry: String) {
            (self.below, self.cause, self.entry) = (below, cause, entry)
        }

        /// All entries of a batch.
        init(_ batch: BatchIdentity) { self.init(below: "\(batch)0", cause: "\(batch)/", entry: "") }

        /// One entry.
        init(_ entry: EntryID) { self.init(below: "\(entry)!", cause: "\(entry)", entry: "") }
    }

    private func release(_ causes: [Due], in sql: any SQLTransaction) throws -> (aside: [SetAsideEntry], isWhole: Bool)
    {
        let meter = MeteredTransaction(sql, limit: .max, refusal: Self.tooMuchWork)
        var loaded = LoadedBatch()
        var aside: [SetAsideEntry] = []
        var due = causes
        var position = 0
        while position < due.count {
            let page = try meter.rows(
                """
                SELECT cause, entry FROM held WHERE (cause, entry) > ($1, $2) AND cause < $3
                ORDER BY cause, entry LIMIT $4
                """, [due[position].cause, due[position].entry, due[position].below, Limits.upkeepRows])
            if page.isEmpty { position += 1 }
            for row in page {
                // A refold has the store for itself.
                guard meter.steps < Limits.releaseStepsPerCommit || horizon != nil else {
                    try postpone(due[position...], in: sql)
                    return (aside, false)
                }
                let (cause, text) = (try row.text(0), try row.text(1))
                (due[position].cause, due[position].entry) = (cause, text)
                try meter.execute("DELETE FROM held WHERE entry = $1 AND cause = $2", [text, cause])
                guard try meter.row("SELECT 1 FROM held WHERE entry = $1", [text]) == nil else { continue }
                let id = try EntryID(text)
                guard let entry = try loaded.entry(id, loader: loader, in: sql) else { continue }
                aside += try fold([entry], in: meter)
                // Most are waited for by nobody: these need no place in what is left for later.
                let isAwaited = try meter.row("SELECT 1 FROM held WHERE cause = $1 LIMIT 1", [text]) != nil
                if isAwaited, try !isHeld(id, meter) { due.append(Due(id)) }
            }
        }
        return (aside, true)
    }

    private func postpone(_ due: ArraySlice<Due>, in sql: any SQLTransaction) throws {
        for due in due {
            try sql.execute(
                """
                INSERT INTO release_due (below, cause, entry) VALUES ($1, $2, $3)
                ON CONFLICT (below) DO UPDATE SET cause = excluded.cause, entry = excluded.entry
                WHERE (excluded.cause, excluded.entry) < (release_due.cause, release_due.entry)
                """, [due.below, due.cause, due.entry])
        }
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
