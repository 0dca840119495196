import Effects
import Ledgers
import Regions
import Storage

/// Who waits for newer versions of which result of this node, in pages.
///
/// Every reader takes turns, and each page goes on where the reader's last one ended: rows of one that lead nowhere keep
/// nobody else waiting, and not even its own later ones.
struct ReaderDue: Sendable {
    /// An opening or a decision.
    struct Row: Sendable {
        var entry: String
        var reader: NodeID
        /// The result that was read; nil where it does not lie here.
        var key: String?
        /// The result is not here, and has not come for so long that it will not.
        var isExpired: Bool
    }

    /// Where each reader's next page begins.
    private var places: [String: String] = [:]
    /// Whether some reader waits for versions of a result that does not lie here yet.
    private(set) var isLackingResults = false

    /// One page of each reader.
    ///
    /// - Returns: the rows, and whether some reader has more.
    mutating func page(at node: NodeID, now: WallTime, in sql: any SQLTransaction) throws -> ([Row], isMore: Bool) {
        var rows: [Row] = []
        var isMore = false
        var last = ""
        while let next = try sql.row(
            "SELECT reader FROM recognition_due WHERE reader > $1 ORDER BY reader LIMIT 1", [last])
        {
            last = try next.text(0)
            guard let reader = NodeID(rawValue: last) else { continue }
            let (more, end) = try page(of: reader, at: node, now: now, in: sql)
            rows += more
            places[last] = end
            if end != nil { isMore = true }
        }
        isLackingResults = rows.contains { $0.key == nil && !$0.isExpired } || isMore && isLackingResults
        return (rows, isMore)
    }

    /// - Returns: the rows, and where the next page begins; nil where this was the last.
    private func page(
        of reader: NodeID, at node: NodeID, now: WallTime, in sql: any SQLTransaction
    ) throws -> ([Row], end: String?) {
        let waiting = try sql.rows(
            """
            SELECT entry, report_entry, since FROM recognition_due WHERE reader = $1 AND entry > $2
            ORDER BY entry LIMIT $3
            """, [reader.rawValue, places[reader.rawValue] ?? "", Limits.readerPage])
        var rows: [Row] = []
        var count = 0
        for item in waiting {
            let entry = try item.text(0)
            let opened = try ReportTable.version(of: try EntryID(try item.text(1)), in: sql)
            // The key of the result that was opened: what an opening says of it is the reader's word.
            let key = opened?.fields.reportKey
            let since = WallTime(milliseconds: try item.integer(2))
            let isOld = now.milliseconds(since: since) > Limits.readerDueMilliseconds
            rows.append(
                Row(entry: entry, reader: reader, key: key, isExpired: key == nil && isOld))
            count += try key.map { try ReportTable.versions(of: $0, in: sql).count } ?? 0
            if count >= Limits.readerVersionsPerStep { return (rows, entry) }
        }
        return (rows, waiting.count < Limits.readerPage ? nil : rows.last?.entry)
    }

    /// Remembers, while folding, that somebody elsewhere has read a result of this node.
    ///
    /// - Parameters:
    ///   - entry: the opening or the decision.
    ///   - report: the version that was read; after a restore it may come later.
    static func add(
        _ entry: Entry, report: EntryID, key: String, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        guard report.author == context.node, entry.author != context.node else { return }
        try sql.execute(
            """
            INSERT INTO recognition_due (entry, reader, report_key, report_entry, since)
            SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
                SELECT 1 FROM recognition_share WHERE entry = $4 AND recipient = $2)
            ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, entry.author.rawValue, key, report.description,
                entry.receivedTime.milliseconds,
            ])
    }
}
