import Effects
import Foundation
package import Regions
package import Storage
import SwiftProtobuf

/// Tells an author that another node could not fold one of its entries, and why.
///
/// The entry is stored there and its chain goes on; an upgrade folds it later. The notice is an entry of the node that
/// set the entry aside and is granted to the author, so it arrives however many hops lie between them.
package struct SetAsideNotice: Sendable, Equatable {
    package var entry: EntryID
    /// The code of the reason, for example `ledger.unknownKind`.
    package var reason: String

    package init(entry: EntryID, reason: String) {
        self.entry = entry
        self.reason = reason
    }

    func append(to transaction: LedgerTransaction) throws {
        var message = PBSetAsideNotice()
        message.entry = entry.wire
        message.reason = reason
        let notice = try transaction.append(
            EntryDraft(
                kind: .setAsideNotice, subject: entry.description, fields: try message.serializedBytes(),
                headerAudience: .own))
        try transaction.grant([notice], to: [entry.author])
    }

    init(fields: [UInt8]) throws {
        guard let message = try? PBSetAsideNotice(serializedBytes: fields) else {
            throw Failure("ledger.malformedNotice", "the notice cannot be read")
        }
        self.init(entry: try EntryID(wire: message.entry), reason: message.reason)
    }
}

/// What other nodes told this one about its entries; shown among the node's concerns.
package struct SetAsideNoticeProjection: Projection {
    package init() {}

    package let name = "notice"
    package let kinds: Set<EntryKind> = [.setAsideNotice]
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
        guard notice.entry.author == context.node, entry.author != context.node else { return }
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

    /// The newest notices about this node's entries.
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
