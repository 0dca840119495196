import Effects
import Foundation
package import Regions
package import Storage
import SwiftProtobuf

/// Tells an author and its parent that another node could not fold one of the author's entries, and why.
///
/// The entry is stored there and its chain goes on; an upgrade, or another region configuration, folds it later. The
/// notice is an entry of the node that set the entry aside and is granted to both, so it arrives however many hops lie
/// between them. There is one in an hour for each author and reason: whoever writes a thousand entries that are not its
/// own makes nobody write a thousand notices.
package struct SetAsideNotice: Sendable, Equatable {
    package var entry: EntryID
    /// The code of the reason, for example `ledger.unknownKind`.
    package var reason: String

    package init(entry: EntryID, reason: String) {
        self.entry = entry
        self.reason = reason
    }

    /// Tells of what was set aside, as far as nobody has been told of the like in this hour.
    static func tell(_ entries: [SetAsideEntry], in transaction: LedgerTransaction) throws {
        let hour = transaction.now.milliseconds / 3_600_000
        var seen: Set<[String]> = []
        for item in entries where seen.insert([item.entry.author.rawValue, item.reason]).inserted {
            let changed = try transaction.sql.execute(
                """
                INSERT INTO set_aside_told (author, reason, hour) VALUES ($1, $2, $3)
                ON CONFLICT (author, reason) DO UPDATE SET hour = excluded.hour
                WHERE set_aside_told.hour <> excluded.hour
                """, [item.entry.author.rawValue, item.reason, hour])
            guard changed > 0 else { continue }
            try SetAsideNotice(entry: item.entry, reason: item.reason).append(to: transaction)
        }
    }

    private func append(to transaction: LedgerTransaction) throws {
        var message = PBSetAsideNotice()
        message.entry = entry.wire
        message.reason = reason
        let notice = try transaction.append(
            EntryDraft(
                kind: .setAsideNotice, subject: entry.description, fields: try message.serializedBytes(),
                headerAudience: .own))
        let parent = transaction.tree.parent(of: entry.author).map { [$0] } ?? []
        try transaction.grant([notice], to: [entry.author] + parent)
    }

    init(fields: [UInt8]) throws {
        guard let message = try? PBSetAsideNotice(serializedBytes: fields) else {
            throw Failure("ledger.malformedNotice", "the notice cannot be read")
        }
        self.init(entry: try EntryID(wire: message.entry), reason: message.reason)
    }
}

/// What other nodes told this one about its entries and its children's; shown among the node's concerns.
package struct SetAsideNoticeProjection: Projection {
    package init() {}

    package let name = "notice"
    package let declared = [DeclaredKind(.setAsideNotice, author: .notice)]
    package let tables: [StaticString] = ["set_aside_notice"]
    package let migrations = [
        Migration(
            "notice", 1,
            [
                """
                CREATE TABLE set_aside_notice (
                    notice TEXT NOT NULL PRIMARY KEY, about TEXT NOT NULL, node TEXT NOT NULL, reason TEXT NOT NULL,
                    at BIGINT NOT NULL)
                """
            ])
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let notice = try SetAsideNotice(fields: entry.fields)
        let about = notice.entry.author
        guard about == context.node || context.tree.parent(of: about) == context.node, entry.author != context.node
        else { return }
        try transaction.execute(
            """
            INSERT INTO set_aside_notice (notice, about, node, reason, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (notice) DO NOTHING
            """,
            [
                entry.id.description, notice.entry.description, entry.author.rawValue, notice.reason,
                entry.authorTime.milliseconds,
            ])
    }

    /// Whether a notice is about an entry that this node has sealed and holds no more, or has never sealed.
    ///
    /// - Parameter about: the entry that was set aside elsewhere.
    package static func isMissing(_ about: EntryID, from ledger: Ledger) async throws -> Bool {
        guard about.author == ledger.node else { return false }
        return try await ledger.entry(about) == nil
    }

    /// The newest notices about the entries of this node and its children.
    package static func newest(limit: Int, in sql: any SQLTransaction) throws -> [(
        notice: SetAsideNotice, node: NodeID
    )] {
        try sql.rows("SELECT about, reason, node FROM set_aside_notice ORDER BY at DESC, notice LIMIT $1", [limit]).map
        {
            (
                SetAsideNotice(entry: try EntryID(try $0.text(0)), reason: try $0.text(1)),
                try NodeID(try $0.text(2))
            )
        }
    }
}
