package import Effects
import Ledgers
package import Regions
package import Storage

/// Reads and derives the rows of units.
package enum UnitTable {
    /// A unit that can be given.
    package struct Unit: Sendable, Equatable {
        package var lot: String
        package var number: Int
        package var owner: NodeID
        /// The number of the allotment by which it is another node's to give; 0 where it is the owner's.
        package var term: Int
        package var span: UnitSpan
    }

    /// What stands for no end.
    private static let never = WallTime(milliseconds: .max)

    private enum Class: Int {
        case offer = 0
        case allotment = 1
        case giveBack = 2
    }

    static func take(
        _ event: InventoryEvent, _ fields: LotFields, of entry: Entry, context: FoldContext,
        in sql: any SQLTransaction
    ) throws {
        try sql.execute(
            """
            INSERT INTO inventory_lot_event (entry, inventory, lot, event, number, fields) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (entry) DO NOTHING
            """,
            [entry.id.description, fields.inventory, fields.lot, event.rawValue, fields.number, entry.fields])
        let kind: Class =
            switch event {
            case .allotted: .allotment
            case .returned: .giveBack
            default: .offer
            }
        for unit in fields.units.units {
            try sql.execute(
                """
                INSERT INTO inventory_unit_event (entry, inventory, lot, unit, class, number, author, author_time,
                    is_offer, node)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (entry, unit) DO NOTHING
                """,
                [
                    entry.id.description, fields.inventory, fields.lot, unit, kind.rawValue, fields.number,
                    entry.author.rawValue, entry.authorTime.milliseconds, event == .offered,
                    fields.allotment?.node.rawValue ?? "",
                ])
            try derive(fields.inventory, fields.lot, unit, context: context, in: sql)
        }
        guard entry.author == context.node, let allotment = fields.allotment else { return }
        let recipient = event == .allotted ? allotment.node : allotment.owner
        try NoticeTable.add(entry, to: recipient, isStated: false, context: context, in: sql)
    }

    /// Derives the row of a unit from the newest that is said of it.
    static func derive(
        _ inventory: String, _ lot: String, _ unit: Int, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        guard let offer = try newest(.offer, inventory, lot, unit, in: sql) else {
            try deriveForeign(inventory, lot, unit, context: context, in: sql)
            return
        }
        let fields = try LotFields(
            bytes: try sql.row("SELECT fields FROM inventory_lot_event WHERE entry = $1", [offer.entry])?.bytes(0) ?? []
        )
        let isOffered = offer.isOffer
        // What an older offer said of when it is for stands where it is closed.
        let escrow = try escrow(of: inventory, lot, unit, in: sql)
        try put(
            inventory, lot, unit, owner: offer.author, escrow: escrow, isOffered: isOffered, span: fields.span,
            context: context, in: sql)
    }

    /// A node to which a unit was allotted need not know of its offer: the allotment says what it must know.
    private static func deriveForeign(
        _ inventory: String, _ lot: String, _ unit: Int, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        guard let allotted = try newest(.allotment, inventory, lot, unit, in: sql) else { return }
        let fields = try LotFields(
            bytes: try sql.row("SELECT fields FROM inventory_lot_event WHERE entry = $1", [allotted.entry])?.bytes(0)
                ?? [])
        let escrow = try escrow(of: inventory, lot, unit, in: sql)
        try put(
            inventory, lot, unit, owner: allotted.author, escrow: escrow, isOffered: true, span: fields.span,
            context: context, in: sql)
    }

    private static func put(
        _ inventory: String, _ lot: String, _ unit: Int, owner: String, escrow: (node: String, number: Int)?,
        isOffered: Bool, span: UnitSpan, context: FoldContext, in sql: any SQLTransaction
    ) throws {
        let isTaken =
            try sql.row(
                """
                SELECT 1 FROM inventory_hold WHERE inventory = $1 AND lot = $2 AND unit = $3 AND is_live = 1 LIMIT 1
                """, [inventory, lot, unit]) != nil
        let decider = escrow?.node ?? owner
        try sql.execute(
            """
            INSERT INTO inventory_unit (inventory, lot, unit, owner, decider, term, is_offered, is_taken, is_free, starts,
                ends, label)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (inventory, lot, unit) DO UPDATE SET
                owner = excluded.owner, decider = excluded.decider, term = excluded.term,
                is_offered = excluded.is_offered, is_taken = excluded.is_taken, is_free = excluded.is_free,
                starts = excluded.starts, ends = excluded.ends, label = excluded.label
            """,
            [
                inventory, lot, unit, owner, decider, escrow?.number ?? 0, isOffered, isTaken,
                isOffered && !isTaken, span.starts?.milliseconds ?? 0, (span.ends ?? never).milliseconds, span.label,
            ])
        if isOffered, !isTaken, decider == context.node.rawValue {
            try WishQueue.stir(inventory, lot, in: sql)
        }
    }

    private struct Newest {
        var entry: String
        var author: String
        var number: Int
        var isOffer: Bool
        var node: String
    }

    private static func newest(
        _ kind: Class, _ inventory: String, _ lot: String, _ unit: Int, in sql: any SQLTransaction
    ) throws -> Newest? {
        try sql.row(
            """
            SELECT entry, author, number, is_offer, node FROM inventory_unit_event
            WHERE inventory = $1 AND lot = $2 AND unit = $3 AND class = $4
            ORDER BY number DESC, author_time DESC, entry DESC LIMIT 1
            """, [inventory, lot, unit, kind.rawValue]
        ).map {
            Newest(
                entry: try $0.text(0), author: try $0.text(1), number: Int(try $0.integer(2)),
                isOffer: try $0.integer(3) == 1, node: try $0.text(4))
        }
    }

    /// To whom a unit is allotted; `nil` where to nobody, or where it was given back.
    private static func escrow(
        of inventory: String, _ lot: String, _ unit: Int, in sql: any SQLTransaction
    ) throws -> (node: String, number: Int)? {
        guard let allotted = try newest(.allotment, inventory, lot, unit, in: sql) else { return nil }
        let isBack =
            try sql.row(
                """
                SELECT 1 FROM inventory_unit_event
                WHERE inventory = $1 AND lot = $2 AND unit = $3 AND class = $4 AND number = $5 AND author = $6 LIMIT 1
                """, [inventory, lot, unit, Class.giveBack.rawValue, allotted.number, allotted.node]) != nil
        return isBack ? nil : (allotted.node, allotted.number)
    }
}

extension UnitTable {
    /// The unit that is given next: of a lot, or of whichever ends first.
    package static func free(
        in inventory: String, lot: String, decider: NodeID, at now: WallTime, in sql: any SQLTransaction
    ) throws -> Unit? {
        let row =
            lot.isEmpty
            ? try sql.row(
                """
                SELECT lot, unit, owner, term, starts, ends, label FROM inventory_unit
                WHERE decider = $1 AND inventory = $2 AND is_free = 1 AND ends > $3 ORDER BY ends, lot, unit LIMIT 1
                """, [decider.rawValue, inventory, now.milliseconds])
            : try sql.row(
                """
                SELECT lot, unit, owner, term, starts, ends, label FROM inventory_unit
                WHERE decider = $1 AND inventory = $2 AND lot = $3 AND is_free = 1 AND ends > $4 ORDER BY unit LIMIT 1
                """, [decider.rawValue, inventory, lot, now.milliseconds])
        return try row.map(unit)
    }

    /// A unit as it stands, whoever decides about it.
    package static func state(
        of inventory: String, _ lot: String, _ unit: Int, in sql: any SQLTransaction
    ) throws -> (unit: Unit, decider: NodeID, isOffered: Bool, isTaken: Bool)? {
        try sql.row(
            """
            SELECT lot, unit, owner, term, starts, ends, label, decider, is_offered, is_taken FROM inventory_unit
            WHERE inventory = $1 AND lot = $2 AND unit = $3
            """, [inventory, lot, unit]
        ).map { (try self.unit($0), try NodeID(try $0.text(7)), try $0.integer(8) == 1, try $0.integer(9) == 1) }
    }

    /// What the owner signed about a unit that a node decides about.
    static func allotment(
        of inventory: String, _ unit: Unit, in sql: any SQLTransaction
    ) throws -> SignedAllotment? {
        for row in try sql.rows(
            "SELECT fields FROM inventory_lot_event WHERE inventory = $1 AND lot = $2 AND number = $3 AND event = $4",
            [inventory, unit.lot, unit.term, InventoryEvent.allotted.rawValue])
        {
            if let signed = try LotFields(bytes: try row.bytes(0)).allotment, signed.units.contains(unit.number) {
                return signed
            }
        }
        return nil
    }

    /// The number of the next entry about a lot.
    static func nextNumber(_ inventory: String, _ lot: String, in sql: any SQLTransaction) throws -> Int {
        let last = try sql.row(
            "SELECT number FROM inventory_lot_event WHERE inventory = $1 AND lot = $2 ORDER BY number DESC LIMIT 1",
            [inventory, lot])
        return Int(try last?.integer(0) ?? 0) + 1
    }

    /// Whether a node decides about anything here.
    static func decides(_ node: NodeID, in sql: any SQLTransaction) throws -> Bool {
        try sql.row("SELECT 1 FROM inventory_unit WHERE decider = $1 LIMIT 1", [node.rawValue]) != nil
    }

    /// How many units there are about which a node decides, how many of them more than one hold has, and how many wishes
    /// wait.
    package static func counts(
        decider: NodeID, in sql: any SQLTransaction
    ) throws -> (free: Int, taken: Int, doubled: Int, waiting: Int) {
        let units = try sql.row(
            "SELECT COALESCE(SUM(is_free), 0), COALESCE(SUM(is_taken), 0) FROM inventory_unit WHERE decider = $1",
            [decider.rawValue])
        let doubled = try sql.row(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM inventory_hold WHERE decider = $1 AND is_live = 1
                GROUP BY inventory, lot, unit HAVING COUNT(*) > 1)
            """, [decider.rawValue])
        let waiting = try sql.row("SELECT COUNT(*) FROM inventory_queue WHERE is_waiting = 1", [])
        return (
            Int(try units?.integer(0) ?? 0), Int(try units?.integer(1) ?? 0), Int(try doubled?.integer(0) ?? 0),
            Int(try waiting?.integer(0) ?? 0)
        )
    }

    /// What is there of an inventory, lot by lot; lots that are over are left out.
    package static func lines(
        of inventory: String, at now: WallTime, in sql: any SQLTransaction
    ) throws -> [StockAnswer.Line] {
        try sql.rows(
            """
            SELECT u.lot, u.decider, u.starts, u.ends, u.label, SUM(u.is_offered), SUM(u.is_free),
                COUNT(h.hold), SUM(CASE WHEN h.state = $1 THEN 1 ELSE 0 END)
            FROM inventory_unit u LEFT JOIN inventory_hold h
                ON h.inventory = u.inventory AND h.lot = u.lot AND h.unit = u.unit AND h.is_live = 1
            WHERE u.inventory = $2 AND u.ends > $3
            GROUP BY u.lot, u.decider, u.starts, u.ends, u.label ORDER BY u.ends, u.lot, u.decider LIMIT $4
            """,
            [HoldState.confirmed.rawValue, inventory, now.milliseconds, Limits.queryResults]
        ).map { row in
            let (live, confirmed) = (Int(try row.integer(7)), Int(try row.integer(8)))
            return StockAnswer.Line(
                lot: try row.text(0), decider: try NodeID(try row.text(1)),
                span: try UnitSpan(
                    starts: time(try row.integer(2)), ends: time(try row.integer(3)), label: try row.text(4)),
                offered: Int(try row.integer(5)), free: Int(try row.integer(6)), held: live - confirmed,
                confirmed: confirmed)
        }
    }

    private static func unit(_ row: SQLRow) throws -> Unit {
        Unit(
            lot: try row.text(0), number: Int(try row.integer(1)), owner: try NodeID(try row.text(2)),
            term: Int(try row.integer(3)),
            span: try UnitSpan(
                starts: time(try row.integer(4)), ends: time(try row.integer(5)), label: try row.text(6)))
    }

    private static func time(_ milliseconds: Int64) -> WallTime? {
        milliseconds == 0 || milliseconds == never.milliseconds ? nil : WallTime(milliseconds: milliseconds)
    }
}
