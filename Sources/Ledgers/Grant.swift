import Effects
import Foundation
package import Regions
package import Storage
import SwiftProtobuf

/// The content of a `grant` entry: lets nodes that no audience reaches have some entries as excerpts.
package struct Grant: Sendable, Equatable {
    package var entries: [EntryID]
    package var recipients: [NodeID]
    /// The recipients get headers alone: no node on the way holds a payload that its audience does not reach.
    package var isHeadersOnly: Bool

    package init(entries: [EntryID], recipients: [NodeID], isHeadersOnly: Bool = false) {
        self.entries = entries
        self.recipients = recipients
        self.isHeadersOnly = isHeadersOnly
    }

    package func draft(headerAudience: Audience) throws -> EntryDraft {
        var message = PBGrant()
        message.entries = entries.map(\.wire)
        message.recipients = recipients.map(\.rawValue)
        message.headersOnly = isHeadersOnly
        return EntryDraft(
            kind: .grant, subject: "grant", fields: try message.serializedBytes(), headerAudience: headerAudience)
    }

    package init(fields: [UInt8]) throws {
        guard let message = try? PBGrant(serializedBytes: fields) else {
            throw Failure("ledger.malformedGrant", "the grant cannot be read")
        }
        guard message.entries.count <= Limits.grantEntries, message.recipients.count <= Limits.grantRecipients else {
            throw Failure("ledger.malformedGrant", "the grant names more entries or nodes than one may")
        }
        entries = try message.entries.map(EntryID.init(wire:))
        recipients = try message.recipients.map { try NodeID($0) }
        isHeadersOnly = message.headersOnly
    }
}

/// Turns the node's own grants, and those that it is to pass on, into parcels for its neighbours.
///
/// Parcels are a courier's bookkeeping, not a projection's table: a refold does not send anything again.
package struct GrantProjection: Projection {
    package init() {}

    package let name = "grant"
    package let declared = [DeclaredKind(.grant, author: .grant)]
    package let tables: [StaticString] = []
    package let migrations: [Migration] = []

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        let grant = try Grant(fields: entry.fields)
        guard entry.author == context.node else { return }
        for recipient in grant.recipients {
            try Parcels.add(
                grant.entries, grant: entry.id, recipient: recipient, since: entry.receivedTime, context: context,
                in: transaction)
        }
    }
}
