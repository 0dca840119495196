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
        try release([Arrived(batch: "\(batch)")], in: sql).aside
    }

    /// The same, and then a part of what was left over from earlier ones, where there is room for it.
    func releaseWithRest(after batch: BatchIdentity, in sql: any SQLTransaction) throws -> [SetAsideEntry] {
        let (aside, isWhole) = try release([Arrived(batch: "\(batch)")], in: sql)
        return isWhole ? try aside + (releaseNext(in: sql) ?? []) : aside
    }

    /// Goes on with a release that was too long for one commit.
    ///
    /// - Returns: what was set aside; nil where nothing waits.
    func releaseNext(in sql: any SQLTransaction) throws -> [SetAsideEntry]? {
        guard let row = try sql.row("SELECT batch, last FROM release_due ORDER BY batch LIMIT 1", []) else {
            return nil
        }
        let due = Arrived(batch: try row.text(0), last: try row.text(1))
        try sql.execute("DELETE FROM release_due WHERE batch = $1", [due.batch])
        return try release([due], in: sql).aside
    }

    /// A batch for which entries were held back, and the last of them that was looked at: one that is held back again,
    /// because it waits for another entry of the same batch, is not looked at twice.
    private struct Arrived {
        var batch: String
        var last = ""
    }

    private func release(
        _ batches: [Arrived], in sql: any SQLTransaction
    ) throws -> (aside: [SetAsideEntry], isWhole: Bool) {
        let meter = MeteredTransaction(sql, limit: .max, refusal: Self.tooMuchWork)
        var loaded = LoadedBatch()
        var aside: [SetAsideEntry] = []
        var arrived = batches
        while let due = arrived.last {
            let page = try meter.rows(
                "SELECT entry FROM held WHERE cause = $1 AND entry > $2 ORDER BY entry LIMIT $3",
                [due.batch, due.last, Limits.upkeepRows])
            if page.isEmpty { arrived.removeLast() }
            for row in page {
                // A refold has the store for itself.
                guard meter.steps < Limits.releaseStepsPerCommit || horizon != nil else {
                    try postpone(arrived, in: sql)
                    return (aside, false)
                }
                let text = try row.text(0)
                arrived[arrived.count - 1].last = text
                try meter.execute("DELETE FROM held WHERE entry = $1 AND cause = $2", [text, due.batch])
                guard try meter.row("SELECT 1 FROM held WHERE entry = $1", [text]) == nil else { continue }
                let id = try EntryID(text)
                guard let entry = try loaded.entry(id, loader: loader, in: sql) else { continue }
                aside += try fold([entry], in: meter)
                let batch = "\(id.batch)"
                // Held again where another entry of the same batch is missing still: then nothing came free.
                if try !isHeld(id, meter), !arrived.contains(where: { $0.batch == batch }) {
                    arrived.insert(Arrived(batch: batch), at: 0)
                }
            }
        }
        return (aside, true)
    }

    private func postpone(_ arrived: [Arrived], in sql: any SQLTransaction) throws {
        for due in arrived {
            try sql.execute(
                """
                INSERT INTO release_due (batch, last) VALUES ($1, $2) ON CONFLICT (batch) DO UPDATE SET
                    last = CASE WHEN excluded.last < release_due.last THEN excluded.last ELSE release_due.last END
                """, [due.batch, due.last])
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
