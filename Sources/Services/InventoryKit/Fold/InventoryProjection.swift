import Effects
package import Ledgers
import Regions
package import Storage

/// Units, holds and wishes as tables.
///
/// Every entry is kept under its id; the row of a hold is derived from the few entries about it, and the row of a unit from
/// the newest about it, so the order in which they arrive changes nothing and what is open elsewhere costs nothing.
package struct InventoryProjection: Projection {
    private let plan: InventoryPlan

    package init(_ plan: InventoryPlan) {
        self.plan = plan
    }

    package let name = "inventory"

    package var declared: [DeclaredKind] {
        InventoryEvent.allCases.map { DeclaredKind(plan.kind(of: $0), author: AuthorRule.inventory($0, plan)) }
    }

    package let tables: [StaticString] = [
        "inventory_event", "inventory_hold", "inventory_lot_event", "inventory_unit_event", "inventory_unit",
    ]

    package let migrations = [
        Migration(
            "inventory", 1,
            [
                """
                CREATE TABLE inventory_event (
                    entry TEXT NOT NULL PRIMARY KEY, hold TEXT NOT NULL, author TEXT NOT NULL, event TEXT NOT NULL,
                    author_time BIGINT NOT NULL, fields BYTEA NOT NULL)
                """,
                "CREATE INDEX inventory_event_by_hold ON inventory_event (hold, author)",
                """
                CREATE TABLE inventory_hold (
                    hold TEXT NOT NULL PRIMARY KEY, inventory TEXT NOT NULL, lot TEXT NOT NULL, unit BIGINT NOT NULL,
                    decider TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL, is_live BIGINT NOT NULL,
                    until BIGINT NOT NULL, changed_at BIGINT NOT NULL)
                """,
                "CREATE INDEX inventory_hold_by_unit ON inventory_hold (inventory, lot, unit, is_live)",
                "CREATE INDEX inventory_hold_by_end ON inventory_hold (decider, inventory, state, until)",
                "CREATE INDEX inventory_hold_by_time ON inventory_hold (changed_at)",
                "CREATE INDEX inventory_hold_newest ON inventory_hold (inventory, changed_at)",
                """
                CREATE TABLE inventory_lot_event (
                    entry TEXT NOT NULL PRIMARY KEY, inventory TEXT NOT NULL, lot TEXT NOT NULL, event TEXT NOT NULL,
                    number BIGINT NOT NULL, fields BYTEA NOT NULL)
                """,
                "CREATE INDEX inventory_lot_event_by_number ON inventory_lot_event (inventory, lot, number)",
                """
                CREATE TABLE inventory_unit_event (
                    entry TEXT NOT NULL, inventory TEXT NOT NULL, lot TEXT NOT NULL, unit BIGINT NOT NULL,
                    class BIGINT NOT NULL, number BIGINT NOT NULL, author TEXT NOT NULL, author_time BIGINT NOT NULL,
                    is_offer BIGINT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (entry, unit))
                """,
                """
                CREATE INDEX inventory_unit_event_newest ON inventory_unit_event
                    (inventory, lot, unit, class, number, author_time, entry)
                """,
                """
                CREATE TABLE inventory_unit (
                    inventory TEXT NOT NULL, lot TEXT NOT NULL, unit BIGINT NOT NULL, owner TEXT NOT NULL,
                    decider TEXT NOT NULL, term BIGINT NOT NULL, is_offered BIGINT NOT NULL, is_taken BIGINT NOT NULL,
                    is_free BIGINT NOT NULL, starts BIGINT NOT NULL, ends BIGINT NOT NULL, label TEXT NOT NULL,
                    PRIMARY KEY (inventory, lot, unit))
                """,
                """
                CREATE INDEX inventory_unit_free ON inventory_unit (decider, inventory, is_free, ends, lot, unit)
                """,
                """
                CREATE INDEX inventory_unit_free_in_lot ON inventory_unit (decider, inventory, lot, is_free, unit)
                """,
            ]),
        // Bookkeeping, not a projection: what others are to be told, whose turn it is, which lots are to be looked at,
        // what was last heard of others' inventories and what was asked of whom. No refold tells it again.
        Migration(
            "inventory", 2,
            [
                """
                CREATE TABLE inventory_notice (
                    entry TEXT NOT NULL PRIMARY KEY, position BIGINT NOT NULL, recipient TEXT NOT NULL,
                    is_stated BIGINT NOT NULL, is_due BIGINT NOT NULL)
                """,
                "CREATE INDEX inventory_notice_due ON inventory_notice (is_due, is_stated, position)",
                "CREATE INDEX inventory_notice_by_position ON inventory_notice (position)",
                """
                CREATE TABLE inventory_queue (
                    hold TEXT NOT NULL PRIMARY KEY, inventory TEXT NOT NULL, lot TEXT NOT NULL, origin TEXT NOT NULL,
                    round BIGINT NOT NULL, arrival BIGINT NOT NULL, until BIGINT NOT NULL, is_waiting BIGINT NOT NULL)
                """,
                "CREATE INDEX inventory_queue_turn ON inventory_queue (inventory, lot, is_waiting, round, arrival)",
                "CREATE INDEX inventory_queue_round ON inventory_queue (inventory, is_waiting, round)",
                "CREATE INDEX inventory_queue_origin ON inventory_queue (inventory, origin, round)",
                "CREATE INDEX inventory_queue_waiting ON inventory_queue (inventory, origin, is_waiting)",
                "CREATE INDEX inventory_queue_end ON inventory_queue (inventory, is_waiting, until)",
                "CREATE INDEX inventory_queue_arrival ON inventory_queue (arrival)",
                """
                CREATE TABLE inventory_stir (
                    inventory TEXT NOT NULL, lot TEXT NOT NULL, PRIMARY KEY (inventory, lot))
                """,
                """
                CREATE TABLE inventory_heard (
                    inventory TEXT NOT NULL PRIMARY KEY, answer BYTEA NOT NULL)
                """,
                """
                CREATE TABLE inventory_asked (
                    hold TEXT NOT NULL PRIMARY KEY, inventory TEXT NOT NULL, decider TEXT NOT NULL)
                """,
            ]),
        // When it was, so that it can be forgotten.
        Migration(
            "inventory", 3,
            [
                "ALTER TABLE inventory_notice ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE inventory_asked ADD COLUMN asked_at BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX inventory_notice_told ON inventory_notice (is_due, told_at)",
                "CREATE INDEX inventory_asked_by_time ON inventory_asked (asked_at)",
                "CREATE INDEX inventory_queue_over ON inventory_queue (is_waiting, until)",
                "CREATE TABLE inventory_forgotten (before BIGINT NOT NULL)",
            ]),
    ]

    package func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {
        guard let event = plan.event(of: entry.kind) else { throw HoldFields.malformed }
        if event.isAboutUnits {
            let fields = try LotFields(bytes: entry.fields)
            guard fields.subject == entry.subject, fields.number >= 1 else { throw HoldFields.malformed }
            try UnitTable.take(event, fields, of: entry, context: context, in: transaction)
        } else {
            let fields = try HoldFields(bytes: entry.fields)
            guard fields.hold.description == entry.subject, event.isStated || fields.number >= 1,
                event != .held || fields.unit >= 1
            else { throw HoldFields.malformed }
            try HoldTable.take(event, fields, of: entry, context: context, in: transaction)
        }
    }
}
