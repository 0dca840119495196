package import Effects
package import Regions
package import Storage

/// Which hold this node asked of whom; bookkeeping, so that a lost answer can be asked for again.
package enum AskedHolds {
    package static func add(
        _ order: SignedHoldCommand.Order, at now: WallTime, in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            INSERT INTO inventory_asked (hold, inventory, decider, asked_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (hold) DO NOTHING
            """, [order.hold.description, order.inventory, order.decider.rawValue, now.milliseconds])
    }

    package static func place(of id: HoldID, in sql: any SQLTransaction) throws -> (inventory: String, decider: NodeID)?
    {
        try sql.row("SELECT inventory, decider FROM inventory_asked WHERE hold = $1", [id.description]).map {
            (try $0.text(0), try NodeID(try $0.text(1)))
        }
    }
}
