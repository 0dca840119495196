import Effects
import Ledgers
import Regions
package import Storage

/// Reads and derives the rows of holds and wishes.
package enum HoldTable {
    /// Everything about a hold that lies here.
    package static func record(_ id: HoldID, in sql: any SQLTransaction) throws -> HoldRecord? {
        let entries = try sql.rows(
            "SELECT entry, event, fields, author_time FROM inventory_event WHERE hold = $1", [id.description]
        ).map { row in
            guard let event = InventoryEvent(rawValue: try row.text(1)) else { throw HoldFields.malformed }
            return HoldStep(
                entry: try EntryID(try row.text(0)), event: event, fields: try HoldFields(bytes: try row.bytes(2)),
                authorTime: WallTime(milliseconds: try row.integer(3)))
        }
        return HoldRecord(id, entries: entries)
    }

    /// Holds and wishes, those that changed last first.
    package static func newest(
        inventory: String?, limit: Int, in sql: any SQLTransaction
    ) throws -> [HoldRecord] {
        let limit = min(max(1, limit), Limits.queryResults)
        let rows =
            try inventory.map {
                try sql.rows(
                    """
                    SELECT hold FROM inventory_hold WHERE inventory = $1 ORDER BY changed_at DESC, hold DESC LIMIT $2
                    """, [$0, limit])
            }
            ?? sql.rows("SELECT hold FROM inventory_hold ORDER BY changed_at DESC, hold DESC LIMIT $1", [limit])
        return try rows.compactMap { try record(try HoldID(try $0.text(0)), in: sql) }
    }

    /// Holds of an inventory about which a node decides and whose end has come, the oldest end first.
    static func due(
        in inventory: String, at time: WallTime, decider: NodeID, limit: Int, in sql: any SQLTransaction
    ) throws -> [HoldID] {
        try sql.rows(
            """
            SELECT hold FROM inventory_hold WHERE decider = $1 AND inventory = $2 AND state = $3 AND until <= $4
            ORDER BY until LIMIT $5
            """, [decider.rawValue, inventory, HoldState.held.rawValue, time.milliseconds, limit]
        ).map { try HoldID(try $0.text(0)) }
    }

    /// When the next hold of an inventory about which a node decides ends.
    static func nextEnd(
        in inventory: String, decider: NodeID, in sql: any SQLTransaction
    ) throws -> WallTime? {
        try sql.row(
            """
            SELECT until FROM inventory_hold WHERE decider = $1 AND inventory = $2 AND state = $3
            ORDER BY until LIMIT 1
            """, [decider.rawValue, inventory, HoldState.held.rawValue]
        ).map { WallTime(milliseconds: try $0.integer(0)) }
    }

    static func take(
        _ event: InventoryEvent, _ fields: HoldFields, of entry: Entry, context: FoldContext,
        in sql: any SQLTransaction
    ) throws {
        let many = try sql.row(
            "SELECT 1 FROM inventory_event WHERE hold = $1 AND author = $2 AND entry <> $3 LIMIT 1 OFFSET $4",
            [fields.hold.description, entry.author.rawValue, entry.id.description, Limits.holdEntriesPerAuthor - 1])
        guard many == nil else {
            throw Failure("inventory.tooMany", "the author has written more about the hold than anybody needs to")
        }
        try sql.execute(
            """
            INSERT INTO inventory_event (entry, hold, author, event, author_time, fields) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (entry) DO NOTHING
            """,
            [
                entry.id.description, fields.hold.description, entry.author.rawValue, event.rawValue,
                entry.authorTime.milliseconds, entry.fields,
            ])
        if entry.author == context.node {
            let recipient = event.isStated ? fields.decider : fields.hold.origin
            try NoticeTable.add(
                entry, to: recipient, isStated: event.isStated, context: context, in: sql)
        }
        try derive(fields.hold, context: context, in: sql)
    }

    /// Derives the row of a hold from all its entries, and those of the units that it has or had.
    private static func derive(_ id: HoldID, context: FoldContext, in sql: any SQLTransaction) throws {
        guard let record = try record(id, in: sql), let decider = record.decider else { return }
        let before = try sql.row("SELECT lot, unit FROM inventory_hold WHERE hold = $1", [id.description])
        try sql.execute(
            """
            INSERT INTO inventory_hold (hold, inventory, lot, unit, decider, origin, state, is_live, until, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (hold) DO UPDATE SET
                inventory = excluded.inventory, lot = excluded.lot, unit = excluded.unit, decider = excluded.decider,
                state = excluded.state, is_live = excluded.is_live, until = excluded.until,
                changed_at = excluded.changed_at
            """,
            [
                id.description, record.inventory, record.lot, record.unit, decider.rawValue, id.origin.rawValue,
                record.state.rawValue, record.state.isLive, record.until?.milliseconds ?? 0,
                record.steps.map(\.authorTime.milliseconds).max() ?? 0,
            ])
        if let before, try before.integer(1) > 0, try before.text(0) != record.lot || before.integer(1) != record.unit {
            try UnitTable.derive(
                record.inventory, try before.text(0), Int(try before.integer(1)), context: context, in: sql)
        }
        if record.unit > 0 {
            try UnitTable.derive(record.inventory, record.lot, record.unit, context: context, in: sql)
        }
        if decider == context.node { try WishQueue.note(record, in: sql) }
    }
}
