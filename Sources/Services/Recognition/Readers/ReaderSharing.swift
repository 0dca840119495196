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
/// memory that matters: each round finds in the tables who lacks what.
struct ReaderSharing: Sendable {
    let context: NodeContext

    private static let pageCount = 200
    private static let roundMilliseconds: Int64 = 60_000

    /// Works until the task is cancelled.
    func run() async throws {
        while true {
            let rung = context.ledger.bell.count
            do {
                while try await round() >= Self.pageCount {}
            } catch let failure as Failure where !failure.stopsTheNode {
                context.logger.error(
                    "readers could not be let have newer versions",
                    metadata: ["code": "\(failure.code)", "reason": "\(failure)"])
            }
            await context.ledger.bell.wait(
                since: rung, orMilliseconds: Self.roundMilliseconds, time: context.world.time)
            try Task.checkCancellation()
        }
    }

    private struct Reader: Hashable {
        /// The opening or the decision.
        var due: String
        var node: NodeID
        var version: EntryID
    }

    /// Grants one page of what readers wait for.
    ///
    /// - Returns: how many openings and decisions were attended to.
    @discardableResult
    func round() async throws -> Int {
        let missing = try await context.ledger.read { [node = context.node] sql in try Self.missing(at: node, in: sql) }
        guard !missing.isEmpty else { return 0 }
        let tree = context.tree
        let due = Set(missing.map(\.due)).sorted()
        try await context.ledger.write(lane: .clinical) { transaction in
            for (node, readers) in Dictionary(grouping: missing, by: \.node).sorted(by: { $0.key < $1.key }) {
                let entries = Set(readers.map(\.version)).sorted()
                for entry in entries {
                    try transaction.sql.execute(
                        """
                        INSERT INTO recognition_share (entry, recipient) VALUES ($1, $2)
                        ON CONFLICT (entry, recipient) DO NOTHING
                        """, [entry.description, node.rawValue])
                }
                // What reaches a node by its audience comes with the chain. Headers are enough to be warned by: a payload
                // would lie at every node on the way.
                if !transaction.reaches(node, in: tree) {
                    try transaction.grant(entries, to: [node], isHeadersOnly: true)
                }
            }
            for entry in due { try transaction.sql.execute("DELETE FROM recognition_due WHERE entry = $1", [entry]) }
        }
        return due.count
    }

    /// What readers wait for: of each result whose opened version lies here, all versions.
    private static func missing(at node: NodeID, in sql: any SQLTransaction) throws -> [Reader] {
        try sql.rows(
            """
            SELECT w.entry, w.reader, w.report_key FROM recognition_due w
            JOIN report_version o ON o.entry = w.report_entry ORDER BY w.entry LIMIT $1
            """, [pageCount]
        ).flatMap { row in
            let reader = try NodeID(try row.text(1))
            return try ReportTable.versions(of: try row.text(2), in: sql).map(\.entry)
                .filter { $0.author == node }
                .map { Reader(due: try row.text(0), node: reader, version: $0) }
        }
    }
}

/// Remembers, while folding, that somebody elsewhere has read a result of this node.
enum ReaderDue {
    /// - Parameters:
    ///   - entry: the opening or the decision.
    ///   - report: the version that was read, of the result with this key; after a restore it may come later.
    static func add(
        _ entry: Entry, report: EntryID, key: String, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        guard report.author == context.node, entry.author != context.node else { return }
        try sql.execute(
            """
            INSERT INTO recognition_due (entry, reader, report_key, report_entry)
            SELECT $1, $2, $3, $4 WHERE NOT EXISTS (
                SELECT 1 FROM recognition_share WHERE entry = $4 AND recipient = $2)
            ON CONFLICT (entry) DO NOTHING
            """, [entry.id.description, entry.author.rawValue, key, report.description])
    }
}

extension LedgerTransaction {
    /// Whether a node has the headers of this node's reports by their audience.
    fileprivate func reaches(_ receiver: NodeID, in tree: ManagementTree) -> Bool {
        Audience.city.reaches(receiver, from: node, in: tree)
    }
}
