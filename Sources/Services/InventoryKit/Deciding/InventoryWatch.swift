import Effects
import Ledgers
import Logging
import Regions
package import ServiceKit
import Storage

/// Does what is due about a node's units: ends holds and wishes, gives what is free to whose turn it is, and tells those
/// whom no audience reaches.
///
/// Nothing is kept in memory that matters: each round finds what is due in the tables, so a restart forgets nothing.
package struct InventoryWatch: Sendable {
    private let context: NodeContext
    private let plan: InventoryPlan

    /// How soon what could not be done is tried again.
    private static let retryMilliseconds: Int64 = 10_000
    /// How soon a parent that has not answered, or that has more than lies here, is asked again.
    private static let matchMilliseconds: Int64 = 2_000

    package init(_ context: NodeContext, plan: InventoryPlan) {
        self.context = context
        self.plan = plan
    }

    /// Works until the task is cancelled.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch() }
            group.addTask { try await memory.run() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    var memory: InventoryMemory { InventoryMemory(context: context) }

    /// What a round reads.
    private static let tables: Set<LedgerPart> = [
        .table("inventory_notice"), .table("inventory_event"), .table("inventory_hold"), .table("inventory_queue"),
        .table("inventory_stir"), .table("inventory_unit"),
    ]

    private func watch() async throws {
        let inventories = context.ledger.changes(of: Self.tables)
        let inventoriesAndDeliveries = context.ledger.changes(of: Self.tables.union([.table("delivery")]))
        while true {
            let (seen, seenOfAll) = (inventories.count, inventoriesAndDeliveries.count)
            let found = try await context.world.attempt(
                "inventories could not be attended to", logger: context.logger
            ) { try await look() }
            // What lies on the parent's disk matters where somebody waits to be told of it.
            let isUntold = found?.isUntold ?? true
            await (isUntold ? inventoriesAndDeliveries : inventories).wait(
                since: isUntold ? seenOfAll : seen, untilWallTime: found?.due,
                orMilliseconds: found == nil ? Self.matchMilliseconds : found?.pauseMilliseconds,
                time: context.world.time)
            try Task.checkCancellation()
        }
    }

    /// Does what is due now.
    package func round() async throws { _ = try await look() }

    /// What a look has left to be done.
    private struct Outlook: Sendable {
        /// When something will be due next, as far as is known.
        var due: WallTime?
        /// How soon to look again whatever happens; nil where nothing is left that could not be done.
        var pauseMilliseconds: Int64?
        /// Whether somebody is to be told of what does not lie on the parent's disk yet.
        var isUntold = false
    }

    /// Does what is due now.
    private func look() async throws -> Outlook {
        if let outlook = try await outlookWhereNothingIsDue() { return outlook }
        let isUntold = try await !tell()
        var outlook = try await decide()
        outlook.isUntold = isUntold
        return outlook
    }

    /// Most often there is nothing to be done: then one read is all.
    private func outlookWhereNothingIsDue() async throws -> Outlook? {
        let (node, now, isMatched) = (context.node, context.now, context.witness.isMatched)
        let inventories = plan.all(in: context.region.current)
        let isOwner = inventories.contains { $0.owner == node }
        return try await context.ledger.read { sql -> Outlook? in
            guard try NoticeTable.due(limit: 1, in: sql).isEmpty else { return nil }
            guard try isOwner || UnitTable.decides(node, in: sql) else { return Outlook() }
            let ids = inventories.map(\.id)
            guard isMatched, try Self.due(ids, at: now, decider: node, limit: 1, in: sql).isEmpty,
                try WishQueue.stirred(limit: 1, in: sql).isEmpty
            else { return nil }
            return Outlook(due: try Self.nextEnd(ids, decider: node, in: sql))
        }
    }

    private static func nextEnd(
        _ inventories: [String], decider node: NodeID, in sql: any SQLTransaction
    ) throws -> WallTime? {
        try inventories.flatMap { inventory in
            try [
                HoldTable.nextEnd(in: inventory, decider: node, in: sql),
                WishQueue.nextEnd(in: inventory, in: sql),
            ]
        }.compactMap { $0 }.min()
    }

    /// Ends what is over and gives what is free.
    private func decide() async throws -> Outlook {
        guard try await isDecider() else { return Outlook() }
        guard (try? await context.witness.match()) == true else {
            return Outlook(pauseMilliseconds: Self.matchMilliseconds)
        }
        let isAllDone = try await attend()
        let (node, inventories) = (context.node, plan.all(in: context.region.current).map(\.id))
        let next = try await context.ledger.read { try Self.nextEnd(inventories, decider: node, in: $0) }
        // What cannot be done now is not tried again at once.
        return isAllDone ? Outlook(due: next) : Outlook(pauseMilliseconds: Self.retryMilliseconds)
    }

    /// Whether this node has anything to decide about.
    private func isDecider() async throws -> Bool {
        let node = context.node
        if plan.all(in: context.region.current).contains(where: { $0.owner == node }) { return true }
        return try await context.ledger.read { try UnitTable.decides(node, in: $0) }
    }

    /// Does what is due about the region's inventories, one thing after the other: what cannot be done keeps nothing else
    /// waiting.
    ///
    /// - Returns: whether all of it was done.
    private func attend() async throws -> Bool {
        var isAllDone = true
        let (plan, now, node) = (plan, context.now, context.node)
        let inventories = plan.all(in: context.region.current).map(\.id)
        // Nothing is written where nothing is due: a commit of it begins another round.
        let due = try await context.ledger.read {
            try Self.due(inventories, at: now, decider: node, limit: Limits.inventoryPage, in: $0)
        }
        for id in due.holds {
            isAllDone =
                try await attempt("a hold could not be ended", id.description) { try $0.expire(id) } && isAllDone
        }
        for id in due.wishes {
            isAllDone = try await attempt("a wish could not be ended", id.description) { try $0.lapse(id) } && isAllDone
        }
        for (inventory, lot) in try await context.ledger.read({
            try WishQueue.stirred(limit: Limits.inventoryPage, in: $0)
        }) {
            let isDone = try await attempt("what is free could not be given", "\(inventory)/\(lot)") { writer in
                guard try writer.serve(inventory, lot) else { return }
                try WishQueue.calm(inventory, lot, in: writer.transaction.sql)
            }
            isAllDone = isDone && isAllDone
        }
        return isAllDone
    }

    private struct Due {
        var holds: [HoldID] = []
        var wishes: [HoldID] = []

        var isEmpty: Bool { holds.isEmpty && wishes.isEmpty }
    }

    private static func due(
        _ inventories: [String], at now: WallTime, decider node: NodeID, limit: Int, in sql: any SQLTransaction
    ) throws -> Due {
        try inventories.reduce(into: Due()) { due, inventory in
            due.holds += try HoldTable.due(in: inventory, at: now, decider: node, limit: limit, in: sql)
            due.wishes += try WishQueue.due(in: inventory, at: now, limit: limit, in: sql)
        }
    }

    private func attempt(
        _ complaint: Logger.Message, _ what: String, _ body: @escaping @Sendable (InventoryWriter) throws -> Void
    ) async throws -> Bool {
        let (plan, region) = (plan, context.region)
        let done: Void? = try await context.world.attempt(
            complaint, logger: context.logger, metadata: ["what": "\(what)"]
        ) {
            try await context.ledger.write(lane: .clinical) { transaction in
                try body(
                    InventoryWriter(
                        transaction: transaction, plan: plan, configuration: region.current,
                        isSigned: { $0.isSigned(by: region) }))
            }
        }
        try Task.checkCancellation()
        return done != nil
    }

    /// Lets those have this node's entries whom they concern and no audience reaches, once the parent's disk has them.
    ///
    /// - Returns: whether nobody waits for the parent's disk.
    private func tell() async throws -> Bool {
        let due = try await context.ledger.read { try NoticeTable.due(limit: Limits.inventoryPage, in: $0) }
        guard !due.isEmpty else { return true }
        let (plan, configuration, parent) = (plan, context.region.current, context.parent)
        let ready = try await context.ledger.read { sql in
            try due.filter { notice in
                if notice.isStated { return true }
                guard let parent else { return false }
                return try Ledger.isDelivered(notice.entry, to: parent, in: sql)
                    || Self.isAlone(notice.entry, plan.all(in: configuration), in: sql)
            }
        }
        guard !ready.isEmpty else { return false }
        try await context.ledger.write(lane: .clinical) { transaction in
            for notice in ready {
                try transaction.grant([notice.entry], to: [notice.recipient])
                try NoticeTable.mark(notice.entry, at: transaction.now, in: transaction.sql)
            }
        }
        return ready.count == due.count
    }

    /// Whether an entry is of an inventory whose deciders answer alone.
    private static func isAlone(
        _ entry: EntryID, _ inventories: [InventoryTerms], in sql: any SQLTransaction
    ) throws -> Bool {
        let row = try sql.row(
            """
            SELECT h.inventory FROM inventory_event e JOIN inventory_hold h ON h.hold = e.hold WHERE e.entry = $1
            """, [entry.description])
        guard let inventory = try row?.text(0) else { return false }
        return inventories.contains { $0.id == inventory && $0.isAlone }
    }
}
