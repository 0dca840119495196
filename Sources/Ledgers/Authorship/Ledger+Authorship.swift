package import Effects
import Regions
import Storage
import Wire

/// An entry that lies here and is not folded.
package struct SetAsideRow: Sendable, Equatable {
    package var entry: EntryID
    package var kind: EntryKind
    /// The reason's code.
    package var reason: String
    package var since: WallTime

    /// Whether its author may not have written it.
    package var isQuarantined: Bool { reason.hasPrefix(AuthorRule.codePrefix) }
}

extension Ledger {
    /// Entries that are set aside here, the oldest first.
    package func setAsideRows(limit: Int = Limits.setAsideEntriesNamed) async throws -> [SetAsideRow] {
        try await read { sql in
            try sql.rows("SELECT entry, kind, reason, since FROM set_aside ORDER BY since, entry LIMIT $1", [limit]).map
            {
                SetAsideRow(
                    entry: try EntryID(try $0.text(0)), kind: EntryKind(UInt32(truncatingIfNeeded: try $0.integer(1))),
                    reason: try $0.text(2), since: WallTime(milliseconds: try $0.integer(3)))
            }
        }
    }

    private static let entriesPerStep = 200
    /// What became free may free something else; how often everything is gone through.
    private static let roundsAtMost = 4

    /// Asks again about everything whose author may not have written it: another region configuration may say otherwise.
    ///
    /// Goes on in small steps. What fails again stays where it is, under its new reason.
    ///
    /// - Returns: how many entries were folded.
    @discardableResult
    package func askAuthorsAgain() async throws -> Int {
        var folded = 0
        for _ in 0..<Self.roundsAtMost {
            let before = folded
            var last = ""
            while true {
                let after = last
                let engine = foldEngine(at: world.time.wallTime)
                let step = try await write(lane: .bulk) { transaction in
                    try Self.askAgain(after: after, engine: engine, in: transaction.sql)
                }
                folded += step.folded
                guard let end = step.last else { break }
                last = end
            }
            if folded == before { break }
        }
        return folded
    }

    private static func askAgain(
        after last: String, engine: FoldEngine, in sql: any SQLTransaction
    ) throws -> (folded: Int, last: String?) {
        let rows = try sql.rows(
            """
            SELECT entry, since FROM set_aside WHERE entry > $1 AND reason >= 'author.' AND reason < 'author/'
            ORDER BY entry LIMIT $2
            """, [last, entriesPerStep])
        var folded = 0
        // Entries of one batch stand one after the other, and a batch is opened once.
        var opened: (batch: BatchIdentity, entries: [EntryID: Entry])?
        for row in rows {
            let id = try EntryID(try row.text(0))
            if opened?.batch != id.batch {
                let entries = try engine.loader.entries(of: id.batch, in: sql)
                opened = (id.batch, Dictionary(entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
            }
            guard let entry = try opened?.entries[id] ?? engine.loader.excerptEntry(id, until: .max, in: sql) else {
                continue
            }
            try sql.execute("DELETE FROM set_aside WHERE entry = $1", [id.description])
            if try engine.fold([entry], in: sql).isEmpty {
                folded += 1
                try engine.release(after: [id], in: sql)
            } else {
                try sql.execute(
                    "UPDATE set_aside SET since = $1 WHERE entry = $2", [try row.integer(1), id.description])
            }
        }
        return (folded, try rows.last?.text(0))
    }
}
