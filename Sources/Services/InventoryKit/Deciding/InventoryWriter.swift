import Effects
import Ledgers
import Regions
import Storage

/// Decides about units and writes it down, in one command of the decider's writer.
struct InventoryWriter {
    let transaction: LedgerTransaction
    let plan: InventoryPlan
    let configuration: RegionConfiguration
    /// Whether the node that a command names signed it.
    let isSigned: @Sendable (SignedHoldCommand) -> Bool

    private var node: NodeID { transaction.node }
    private var now: WallTime { transaction.now }
    private var sql: any SQLTransaction { transaction.sql }

    /// Carries a command out.
    ///
    /// - Returns: the record afterwards, and the step by which it was done.
    /// - Throws: what the rule throws; `inventory.unknown`, `.none`, `.notTheDecider`.
    func carryOut(_ command: SignedHoldCommand) throws -> (record: HoldRecord, step: HoldStep, isDuplicate: Bool) {
        let id = command.order.hold
        let record = try HoldTable.record(id, in: sql)
        switch try HoldRule(command: command, record: record, now: now).decision() {
        case .duplicate(let step):
            guard let record else { throw HoldFields.malformed }
            return (record, step, true)
        case .give:
            try give(command)
        case .append(let event):
            guard let record, let held = record.held, record.decider == node else { throw notTheDecider }
            var fields = held.fields
            fields.number = record.nextNumber
            fields.until = nil
            fields.command = command
            try append(event, fields)
        }
        guard let record = try HoldTable.record(id, in: sql), let step = record.steps.last else {
            throw HoldFields.malformed
        }
        return (record, step, false)
    }

    /// Finds a unit for somebody who asks now; whoever has waited longer comes first.
    private func give(_ command: SignedHoldCommand) throws {
        let order = command.order
        guard let terms = plan.terms(of: order.inventory, in: configuration) else {
            throw Self.unknown(order.inventory)
        }
        for id in try HoldTable.due(
            in: order.inventory, at: now, decider: node, limit: Limits.inventoryPage, in: sql)
        { try expire(id) }
        if terms.owner == node { try serve(order.inventory, order.lot) }
        guard
            let unit = try UnitTable.free(in: order.inventory, lot: order.lot, decider: node, at: now, in: sql),
            terms.owner == node || unit.term > 0,
            try terms.owner != node || WishQueue.next(order.inventory, lot: unit.lot, in: sql) == nil
        else { throw try nothingFree(order) }
        try hold(unit, for: order.hold, command, terms, number: 1)
    }

    private func nothingFree(_ order: SignedHoldCommand.Order) throws -> Failure {
        guard try UnitTable.decides(node, in: sql) || plan.terms(of: order.inventory, in: configuration)?.owner == node
        else { return notTheDecider }
        let end =
            try HoldTable.nextEnd(in: order.inventory, decider: node, in: sql).map {
                "; the next hold ends at \($0.chinaText)"
            } ?? ""
        let waiting = try WishQueue.waiting(order.inventory, in: sql)
        return Failure(
            "inventory.none", "nothing is free at \(now.chinaText); \(waiting) wishes wait\(end)",
            remedy: "wait your turn with `yilian inventory wish`, or ask elsewhere")
    }

    private func hold(
        _ unit: UnitTable.Unit, for id: HoldID, _ command: SignedHoldCommand, _ terms: InventoryTerms, number: Int
    ) throws {
        var fields = HoldFields(hold: id, inventory: terms.id, lot: unit.lot, decider: node)
        fields.unit = unit.number
        fields.number = number
        let end = now.advanced(byMilliseconds: Int64(terms.holdSeconds) * 1_000)
        fields.until = unit.span.ends.map { min($0, end) } ?? end
        fields.span = unit.span
        fields.command = command
        if unit.term > 0 {
            guard let allotment = try UnitTable.allotment(of: terms.id, unit, in: sql) else { throw notTheDecider }
            fields.allotment = allotment
        }
        try append(.held, fields)
    }

    /// Gives what is free to those whose turn it is; at most a page.
    ///
    /// - Parameter lot: empty for whatever lot is free.
    /// - Returns: whether there is nothing left to give.
    @discardableResult
    func serve(_ inventory: String, _ lot: String) throws -> Bool {
        guard let terms = plan.terms(of: inventory, in: configuration), terms.owner == node else { return true }
        for _ in 0..<Limits.inventoryPage {
            guard let unit = try UnitTable.free(in: inventory, lot: lot, decider: node, at: now, in: sql),
                let next = try WishQueue.next(inventory, lot: unit.lot, in: sql)
            else { return true }
            guard let record = try HoldTable.record(next.id, in: sql), record.state == .wished else { return true }
            if next.until > now, let command = record.wish?.fields.command, isSigned(command) {
                try hold(unit, for: next.id, command, terms, number: record.nextNumber)
            } else {
                try lapse(next.id)
            }
        }
        return false
    }

    /// Ends a hold that nobody confirmed in time.
    func expire(_ id: HoldID) throws {
        guard let record = try HoldTable.record(id, in: sql), record.state == .held, let held = record.held,
            record.until.map({ $0 <= now }) ?? false
        else { return }
        var fields = held.fields
        fields.number = record.nextNumber
        fields.until = nil
        fields.command = nil
        try append(.expired, fields)
    }

    /// Ends a wish whose time is over, or that cannot be granted.
    func lapse(_ id: HoldID) throws {
        guard let record = try HoldTable.record(id, in: sql), record.state == .wished, let wish = record.wish else {
            return
        }
        var fields = HoldFields(hold: id, inventory: record.inventory, lot: wish.fields.lot, decider: node)
        fields.number = record.nextNumber
        try append(.lapsed, fields)
    }

    @discardableResult
    private func append(_ event: InventoryEvent, _ fields: HoldFields) throws -> EntryID {
        try transaction.append(
            EntryDraft(
                kind: plan.kind(of: event), subject: fields.hold.description, fields: try fields.encoded(),
                headerAudience: .region))
    }

    private var notTheDecider: Failure {
        Failure(
            "inventory.notTheDecider", "\(node) does not decide about that",
            remedy: "ask the owner, or the node that `yilian inventory stock` names")
    }

    static func unknown(_ inventory: String) -> Failure {
        Failure(
            "inventory.unknown", "the region has no inventory \(NameForm.shown(inventory))",
            remedy: "see which there are with `yilian inventory list`")
    }
}
