import Effects
import Regions
import Storage

/// Whose turn it is; bookkeeping of the owner, not a projection.
///
/// Nodes take turns, and the wishes of one node go in their order: each wish is in a round, one behind the last of its
/// node's and not before the round that is being served. So nobody waits behind another's many.
enum WishQueue {
    /// A lot to which something has happened is looked at.
    static func stir(_ inventory: String, _ lot: String, in sql: any SQLTransaction) throws {
        try sql.execute(
            "INSERT INTO inventory_stir (inventory, lot) VALUES ($1, $2) ON CONFLICT (inventory, lot) DO NOTHING",
            [inventory, lot])
    }

    static func stirred(limit: Int, in sql: any SQLTransaction) throws -> [(inventory: String, lot: String)] {
        try sql.rows("SELECT inventory, lot FROM inventory_stir ORDER BY inventory, lot LIMIT $1", [limit])
            .map { (try $0.text(0), try $0.text(1)) }
    }

    static func calm(_ inventory: String, _ lot: String, in sql: any SQLTransaction) throws {
        try sql.execute("DELETE FROM inventory_stir WHERE inventory = $1 AND lot = $2", [inventory, lot])
    }

    /// A wish has come, or something has become of it.
    static func note(_ record: HoldRecord, in sql: any SQLTransaction) throws {
        guard record.state == .wished, let wish = record.wish else {
            try sql.execute(
                "UPDATE inventory_queue SET is_waiting = 0 WHERE hold = $1 AND is_waiting = 1", [record.id.description])
            return
        }
        let origin = record.id.origin.rawValue
        let isTooMany =
            try sql.row(
                """
                SELECT 1 FROM inventory_queue WHERE inventory = $1 AND origin = $2 AND is_waiting = 1
                LIMIT 1 OFFSET $3
                """, [record.inventory, origin, Limits.wishesPerNode - 1]) != nil
        let until = isTooMany ? 0 : wish.fields.until?.milliseconds ?? 0
        try sql.execute(
            """
            INSERT INTO inventory_queue (hold, inventory, lot, origin, round, arrival, until, is_waiting)
            VALUES ($1, $2, $3, $4, $5, (SELECT COALESCE(MAX(arrival), 0) + 1 FROM inventory_queue), $6, 1)
            ON CONFLICT (hold) DO UPDATE SET is_waiting = 1
            """,
            [
                record.id.description, record.inventory, wish.fields.lot, origin,
                try round(for: origin, record.inventory, in: sql), until,
            ])
        try stir(record.inventory, wish.fields.lot, in: sql)
    }

    private static func round(for origin: String, _ inventory: String, in sql: any SQLTransaction) throws -> Int64 {
        let served =
            try sql.row(
                "SELECT round FROM inventory_queue WHERE inventory = $1 AND is_waiting = 1 ORDER BY round LIMIT 1",
                [inventory])
            ?? sql.row(
                "SELECT round FROM inventory_queue WHERE inventory = $1 AND is_waiting = 0 ORDER BY round DESC LIMIT 1",
                [inventory])
        let own = try sql.row(
            "SELECT round FROM inventory_queue WHERE inventory = $1 AND origin = $2 ORDER BY round DESC LIMIT 1",
            [inventory, origin])
        return max(try served?.integer(0) ?? 0, try own.map { try $0.integer(0) + 1 } ?? 0)
    }

    /// The wish whose turn it is: one for this lot or for any.
    static func next(_ inventory: String, lot: String, in sql: any SQLTransaction) throws -> (
        id: HoldID, until: WallTime
    )? {
        let candidates = try (lot.isEmpty ? [""] : ["", lot]).compactMap { lot in
            try sql.row(
                """
                SELECT hold, until, round, arrival FROM inventory_queue
                WHERE inventory = $1 AND lot = $2 AND is_waiting = 1 ORDER BY round, arrival LIMIT 1
                """, [inventory, lot])
        }
        let first = try candidates.min { left, right in
            (try left.integer(2), try left.integer(3)) < (try right.integer(2), try right.integer(3))
        }
        return try first.map { (try HoldID(try $0.text(0)), WallTime(milliseconds: try $0.integer(1))) }
    }

    /// Wishes for an inventory whose end has come.
    static func due(
        in inventory: String, at time: WallTime, limit: Int, in sql: any SQLTransaction
    ) throws -> [HoldID] {
        try sql.rows(
            """
            SELECT hold FROM inventory_queue WHERE inventory = $1 AND is_waiting = 1 AND until <= $2
            ORDER BY until LIMIT $3
            """, [inventory, time.milliseconds, limit]
        ).map { try HoldID(try $0.text(0)) }
    }

    static func nextEnd(in inventory: String, in sql: any SQLTransaction) throws -> WallTime? {
        try sql.row(
            "SELECT until FROM inventory_queue WHERE inventory = $1 AND is_waiting = 1 ORDER BY until LIMIT 1",
            [inventory]
        ).map { WallTime(milliseconds: try $0.integer(0)) }
    }

    static func waiting(_ inventory: String, in sql: any SQLTransaction) throws -> Int {
        Int(
            try sql.row(
                "SELECT COUNT(*) FROM inventory_queue WHERE inventory = $1 AND is_waiting = 1", [inventory])?.integer(0)
                ?? 0)
    }
}
