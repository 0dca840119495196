import Effects
import Ledgers
import Logging
import Regions
import ServiceKit
import Storage

/// Lets everybody who opened or recognised a result of this node have its newer versions, and its void.
///
/// A reader elsewhere is granted the headers of every version: a version names the one before it as its cause, and waits
/// for it. What the author says later follows a grant by itself (``Parcels``), on the clinical lane. Nothing is kept in
/// memory that matters: a round finds in the tables who lacks what.
struct ReaderSharing: Sendable {
    let context: NodeContext

    private static let roundMilliseconds: Int64 = 60_000
    /// How soon the next rounds follow where readers have more rows than these.
    private static let behindMilliseconds: Int64 = 1_000
    private static let roundsAtOnce = 20

    /// Works until the task is cancelled.
    func run() async throws {
        var due = ReaderDue()
        let readers = context.ledger.changes(of: [.table("recognition_due")])
        let readersAndResults = context.ledger.changes(of: [.table("recognition_due"), .table("report_version")])
        while true {
            let (seen, seenOfAll) = (readers.count, readersAndResults.count)
            var isBehind = false
            _ = try await context.world.attempt(
                "readers could not be let have newer versions", logger: context.logger
            ) {
                for _ in 0..<Self.roundsAtOnce {
                    isBehind = try await round(&due)
                    if !isBehind { break }
                }
            }
            // Results are many; one that comes matters where it was read before it came.
            let isLacking = due.isLackingResults
            await (isLacking ? readersAndResults : readers).wait(
                since: isLacking ? seenOfAll : seen,
                orMilliseconds: isBehind ? Self.behindMilliseconds : Self.roundMilliseconds, time: context.world.time)
            try Task.checkCancellation()
        }
    }

    /// Grants one page of what each reader waits for.
    ///
    /// - Returns: whether some reader has more.
    func round(_ due: inout ReaderDue) async throws -> Bool {
        let (node, now, before) = (context.node, context.now, due)
        let (page, isMore, after) = try await context.ledger.read { sql in
            var due = before
            let (page, isMore) = try due.page(at: node, now: now, in: sql)
            return (page, isMore, due)
        }
        due = after
        let attended = page.filter { $0.key != nil || $0.isExpired }
        guard !attended.isEmpty else { return isMore }
        let tree = context.tree
        try await context.ledger.write(lane: .clinical) { transaction in
            for (reader, rows) in Dictionary(grouping: attended, by: \.reader).sorted(by: { $0.key < $1.key }) {
                // As they are now: a version that came since the page was read follows no grant that is not written yet.
                let versions = try Set(rows.compactMap(\.key)).flatMap { key in
                    try ReportTable.versions(of: key, in: transaction.sql).map(\.entry).filter { $0.author == node }
                }
                try Self.grant(versions.sorted(), to: reader, tree, in: transaction)
            }
            for row in attended {
                try transaction.sql.execute("DELETE FROM recognition_due WHERE entry = $1", [row.entry])
            }
        }
        for row in attended where row.isExpired {
            context.logger.warning(
                "somebody opened a result that does not lie here and has not come",
                metadata: ["opening": "\(row.entry)", "reader": "\(row.reader)"])
        }
        return isMore
    }

    private static func grant(
        _ entries: [EntryID], to reader: NodeID, _ tree: ManagementTree, in transaction: LedgerTransaction
    ) throws {
        for entry in entries {
            try transaction.sql.execute(
                """
                INSERT INTO recognition_share (entry, recipient) VALUES ($1, $2)
                ON CONFLICT (entry, recipient) DO NOTHING
                """, [entry.description, reader.rawValue])
        }
        // What reaches a node by its audience comes with the chain. Headers are enough to be warned by: a payload would
        // lie at every node on the way.
        guard !Audience.city.reaches(reader, from: transaction.node, in: tree) else { return }
        try transaction.grant(entries, to: [reader], isHeadersOnly: true)
    }
}
