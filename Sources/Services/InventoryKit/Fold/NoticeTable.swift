import Effects
import Ledgers
import Regions
import Storage

/// Which of this node's entries somebody is to be told whom no audience reaches; bookkeeping, not a projection.
///
/// What others act upon is told once a second disk has it: whoever decided cannot forget it any more.
enum NoticeTable {
    struct Notice: Sendable {
        var entry: EntryID
        var recipient: NodeID
        /// What an asker states of themselves needs no second disk.
        var isStated: Bool
    }

    static func add(
        _ entry: Entry, to recipient: NodeID, isStated: Bool, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        // It was told long ago; a refold brings it once more.
        if let forgotten = try InventoryMemory.forgotten(in: sql), entry.receivedTime < forgotten { return }
        guard recipient != context.node, !Audience.region.reaches(recipient, from: context.node, in: context.tree)
        else {
            return
        }
        try sql.execute(
            """
            INSERT INTO inventory_notice (entry, position, recipient, is_stated, is_due)
            VALUES ($1, (SELECT COALESCE(MAX(position), 0) + 1 FROM inventory_notice), $2, $3, 1)
            ON CONFLICT (entry) DO NOTHING
            """, [entry.id.description, recipient.rawValue, isStated])
    }

    /// What is to be told, in the order in which it was written.
    static func due(limit: Int, in sql: any SQLTransaction) throws -> [Notice] {
        try sql.rows(
            """
            SELECT entry, recipient, is_stated FROM inventory_notice WHERE is_due = 1
            ORDER BY is_stated DESC, position LIMIT $1
            """,
            [limit]
        ).map {
            Notice(
                entry: try EntryID(try $0.text(0)), recipient: try NodeID(try $0.text(1)),
                isStated: try $0.integer(2) == 1)
        }
    }

    static func mark(_ entry: EntryID, at now: WallTime, in sql: any SQLTransaction) throws {
        try sql.execute(
            "UPDATE inventory_notice SET is_due = 0, told_at = $1 WHERE entry = $2",
            [now.milliseconds, entry.description])
    }
}
