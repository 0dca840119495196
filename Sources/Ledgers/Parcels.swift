package import Effects
package import Regions
package import Storage
import Synchronization

/// Excerpts that are on their way to somebody whom a grant names.
package enum Parcels {
    /// An entry that waits to be sent on.
    package struct Waiting: Sendable {
        package var recipient: NodeID
        package var entry: EntryID
        package var grant: EntryID
        package var since: WallTime

        /// Names the parcel.
        package var key: Key { Key(recipient: recipient, entry: entry) }
    }

    /// An entry goes to a recipient once.
    package struct Key: Hashable, Sendable {
        var recipient: NodeID
        var entry: EntryID
    }

    /// Remembers that `recipient` is to have `entries`; what it was already sent is not sent again.
    package static func add(
        _ entries: [EntryID], grant: EntryID, recipient: NodeID, since: WallTime, context: FoldContext,
        in sql: any SQLTransaction
    ) throws {
        guard recipient != context.node else { return }
        for entry in entries {
            try sql.execute(
                """
                INSERT INTO parcel (recipient, entry, grant_entry, since) VALUES ($1, $2, $3, $4)
                ON CONFLICT (recipient, entry) DO NOTHING
                """,
                [recipient.rawValue, entry.description, grant.description, since.milliseconds])
        }
    }

    /// Sends what an author says later about an entry to everybody who was granted the entry: a void reaches whoever
    /// got its target.
    ///
    /// Only for entries of the same author, kind and subject that name the granted one as a cause, and only at the node
    /// that granted it.
    ///
    /// - Parameter lookUp: an entry that lies here.
    static func follow(
        _ entry: Entry, context: FoldContext, in sql: any SQLTransaction, lookUp: (EntryID) throws -> Entry?
    ) throws {
        for cause in entry.causes where cause.author == entry.author {
            // Others' grants are followed where they were given; only own ones make it worth looking the entry up.
            let rows = try sql.rows(
                """
                SELECT recipient, grant_entry FROM parcel WHERE entry = $1 AND substr(grant_entry, 1, $2) = $3
                ORDER BY recipient, grant_entry
                """, [cause.description, context.node.rawValue.count + 1, context.node.rawValue + "/"])
            guard !rows.isEmpty, let granted = try lookUp(cause), granted.kind == entry.kind,
                granted.subject == entry.subject
            else { continue }
            for row in rows {
                try add(
                    [entry.id], grant: try EntryID(try row.text(1)), recipient: try NodeID(try row.text(0)),
                    since: entry.receivedTime,
                    context: context, in: sql)
            }
        }
    }

    /// Forgets parcels that were delivered before `time` and rest on somebody else's grant, one step of them.
    ///
    /// Those of own grants stay: what their author says later must follow them.
    ///
    /// - Returns: how many were forgotten.
    static func forget(
        deliveredBefore time: WallTime, node: NodeID, limit: Int, in sql: any SQLTransaction
    ) throws -> Int {
        let rows = try sql.rows(
            """
            SELECT recipient, entry, grant_entry FROM parcel
            WHERE delivered_at < $1 AND substr(grant_entry, 1, $2) <> $3 ORDER BY delivered_at LIMIT $4
            """, [time.milliseconds, node.rawValue.count + 1, node.rawValue + "/", limit])
        for row in rows {
            try sql.execute(
                "DELETE FROM parcel WHERE recipient = $1 AND entry = $2", [try row.text(0), try row.text(1)])
        }
        return rows.count
    }

    /// For whom something waits.
    package static func recipients(in sql: any SQLTransaction) throws -> [NodeID] {
        try sql.rows("SELECT DISTINCT recipient FROM parcel WHERE delivered_at IS NULL ORDER BY recipient", []).map {
            try NodeID(try $0.text(0))
        }
    }

    /// What waits for one recipient, oldest first.
    ///
    /// - Parameter last: the end of the page before; nil for the first one.
    package static func waiting(
        for recipient: NodeID, after last: Waiting? = nil, limit: Int, in sql: any SQLTransaction
    ) throws -> [Waiting] {
        try sql.rows(
            """
            SELECT recipient, entry, grant_entry, since FROM parcel WHERE delivered_at IS NULL AND recipient = $1
                AND (since > $2 OR since = $2 AND entry > $3)
            ORDER BY since, entry LIMIT $4
            """,
            [recipient.rawValue, last?.since.milliseconds ?? .min, last?.entry.description ?? "", limit]
        ).map(parcel)
    }

    /// How much waits for each recipient, and since when the oldest.
    package static func backlogs(
        in sql: any SQLTransaction
    ) throws -> [(recipient: NodeID, count: Int, oldest: WallTime)] {
        try sql.rows(
            """
            SELECT recipient, COUNT(*), MIN(since) FROM parcel WHERE delivered_at IS NULL GROUP BY recipient
            ORDER BY recipient
            """, []
        ).map { row in
            (
                try NodeID(try row.text(0)), Int(clamping: try row.integer(1)),
                WallTime(milliseconds: try row.integer(2))
            )
        }
    }

    /// What waits, oldest first.
    package static func waiting(limit: Int, in sql: any SQLTransaction) throws -> [Waiting] {
        try sql.rows(
            """
            SELECT recipient, entry, grant_entry, since FROM parcel WHERE delivered_at IS NULL
            ORDER BY since, entry, recipient LIMIT $1
            """, [limit]
        ).map(parcel)
    }

    private static func parcel(_ row: SQLRow) throws -> Waiting {
        Waiting(
            recipient: try NodeID(try row.text(0)), entry: try EntryID(try row.text(1)),
            grant: try EntryID(try row.text(2)), since: WallTime(milliseconds: try row.integer(3)))
    }

    /// Remembers that a parcel lies on a neighbour's disk, and with which of its deliveries it came there.
    package static func markDelivered(
        _ parcel: Waiting, at time: WallTime, via neighbour: NodeID? = nil, mark: UInt64? = nil,
        in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            "UPDATE parcel SET delivered_at = $1, via = $2, mark = $3 WHERE recipient = $4 AND entry = $5",
            [
                time.milliseconds, neighbour?.rawValue, mark.map { Int64(bitPattern: $0) }, parcel.recipient.rawValue,
                parcel.entry.description,
            ])
    }

    /// Forgets a parcel that can never be sent.
    package static func forget(_ parcel: Waiting, in sql: any SQLTransaction) throws {
        try sql.execute(
            "DELETE FROM parcel WHERE recipient = $1 AND entry = $2",
            [parcel.recipient.rawValue, parcel.entry.description])
    }

    /// Sends a neighbour again what came with deliveries that it does not know any more.
    ///
    /// - Parameter known: the last delivery that lies on the neighbour's disk, as it says. A neighbour may know more
    ///   deliveries than this node, whose own disk was put back; more than there can be says nothing.
    /// - Returns: how many parcels wait again, and the number after which deliveries go on.
    package static func reopen(
        via neighbour: NodeID, after known: UInt64, in sql: any SQLTransaction
    ) throws -> (count: Int, mark: UInt64) {
        let mine = try lastMark(via: neighbour, in: sql)
        guard known <= Limits.chainSequence else { return (0, mine) }
        let count = try sql.execute(
            "UPDATE parcel SET delivered_at = NULL, mark = NULL WHERE via = $1 AND mark > $2",
            [neighbour.rawValue, Int64(bitPattern: known)])
        return (count, max(mine, known))
    }

    /// The number of the last delivery to a neighbour; 0 where there was none.
    package static func lastMark(via neighbour: NodeID, in sql: any SQLTransaction) throws -> UInt64 {
        let row = try sql.row("SELECT MAX(mark) FROM parcel WHERE via = $1", [neighbour.rawValue])
        return UInt64(bitPattern: row?.optionalInteger(0) ?? 0)
    }

    /// The last delivery of a neighbour's parcels that lies on this node's disk; 0 where there was none.
    package static func mark(of neighbour: NodeID, in sql: any SQLTransaction) throws -> UInt64 {
        let row = try sql.row("SELECT mark FROM parcel_mark WHERE neighbour = $1", [neighbour.rawValue])
        return UInt64(bitPattern: row?.optionalInteger(0) ?? 0)
    }

    /// What cannot be the number of a delivery is not remembered: its sender would be told of it for ever.
    static func remember(_ mark: UInt64, of neighbour: NodeID, in sql: any SQLTransaction) throws {
        guard mark <= UInt64(Int64.max), try mark > Self.mark(of: neighbour, in: sql) else { return }
        try sql.execute(
            """
            INSERT INTO parcel_mark (neighbour, mark) VALUES ($1, $2)
            ON CONFLICT (neighbour) DO UPDATE SET mark = excluded.mark
            """, [neighbour.rawValue, Int64(bitPattern: mark)])
    }
}

/// For whom parcels wait; read once after a commit that changed any, for all couriers that it has woken.
final class ParcelRecipients: Sendable {
    private let known = Mutex<(count: UInt64, recipients: [NodeID])?>(nil)

    func recipients(since count: UInt64) -> [NodeID]? {
        known.withLock { known in
            guard let known, known.count >= count else { return nil }
            return known.recipients
        }
    }

    /// - Parameter count: how often parcels had changed before they were read.
    func keep(_ recipients: [NodeID], since count: UInt64) {
        known.withLock { known in
            if known.map({ $0.count < count }) ?? true { known = (count, recipients) }
        }
    }
}

extension Ledger {
    /// Woken when parcels have changed: some wait that did not, or some wait no more.
    package var parcelChanges: Wakeup { changes(of: [.table("parcel")]) }

    /// For whom parcels wait, every commit counted after which they had changed `count` times.
    package func parcelRecipients(since count: UInt64) async throws -> [NodeID] {
        if let known = parcelRecipients.recipients(since: count) { return known }
        let recipients = try await read { try Parcels.recipients(in: $0) }
        parcelRecipients.keep(recipients, since: count)
        return recipients
    }
}
