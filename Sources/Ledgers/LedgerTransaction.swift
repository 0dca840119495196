package import Effects
package import Regions
package import Storage
import Wire

/// A command's view of the ledger: the tables as they are now, and the right to append.
///
/// What a command appends is folded at once, so that the next command of the same commit sees it. A transaction lives
/// on the writer's thread for the time of one command.
package final class LedgerTransaction {
    package let sql: any SQLTransaction
    /// The author time that appended entries get.
    package let now: WallTime
    /// The author.
    package let node: NodeID
    package let tree: ManagementTree
    private let lane: Lane
    let commit: CommitRun

    init(sql: any SQLTransaction, now: WallTime, lane: Lane, commit: CommitRun) {
        self.sql = sql
        self.now = now
        self.lane = lane
        self.commit = commit
        node = commit.context.node
        tree = commit.context.tree
    }

    /// Appends an entry to this node's ledger and folds it.
    ///
    /// - Returns: the entry's identity; it is durable when the command's `write` returns.
    /// - Throws: `ledger.tooLarge`; `ledger.audience` where the payload would go further than the header;
    ///   `ledger.unknownCause`; what the fold throws.
    @discardableResult
    package func append(_ draft: EntryDraft) throws -> EntryID {
        guard draft.payload?.count ?? 0 <= Limits.entryPayloadBytes, draft.headerBytesAtMost <= Limits.entryHeaderBytes
        else {
            throw Failure(
                "ledger.tooLarge", "the entry is larger than a batch may carry",
                remedy: "send large documents as attachments of at most \(Limits.attachmentBytes) bytes")
        }
        guard draft.payload == nil || draft.payloadAudience <= draft.headerAudience else {
            throw Failure("ledger.audience", "a payload may not go further than its header")
        }
        return try commit.append(draft, lane: lane, at: now, in: sql)
    }

    /// The payload of an entry that lies here, also of one that waits for this commit's seal; `nil` where it was erased
    /// or never came here.
    ///
    /// It reads one batch at most.
    package func payload(of id: EntryID) throws -> [UInt8]? {
        try commit.payload(of: id, in: sql)
    }

    /// Lets nodes that no audience reaches have the named entries as excerpts, with their payloads.
    ///
    /// The grant itself goes up to the city; a city's own goes to the dispatcher as well, or nobody could give it back to a
    /// city whose disk is lost. It names entries and nodes, nobody else.
    ///
    /// - Parameter isHeadersOnly: without payloads; an excerpt with one lies at every node on the way.
    @discardableResult
    package func grant(
        _ entries: [EntryID], to recipients: [NodeID], isHeadersOnly: Bool = false
    ) throws -> EntryID? {
        let others = recipients.filter { $0 != node }
        guard !others.isEmpty, !entries.isEmpty else { return nil }
        let audience: Audience = tree.tier(of: node) == .city ? .region : .city
        var last: EntryID?
        for start in stride(from: 0, to: entries.count, by: Limits.grantEntries) {
            let some = Array(entries[start..<min(start + Limits.grantEntries, entries.count)])
            for first in stride(from: 0, to: others.count, by: Limits.grantRecipients) {
                let nodes = Array(others[first..<min(first + Limits.grantRecipients, others.count)])
                last = try append(
                    try Grant(entries: some, recipients: nodes, isHeadersOnly: isHeadersOnly)
                        .draft(headerAudience: audience))
            }
        }
        return last
    }
}
