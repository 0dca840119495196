import Effects
package import Ledgers
package import Regions
import Storage
package import Trust

/// Offers, closes, allots and gives back units, in one command of the node that decides about them.
package struct LotWriter {
    private let transaction: LedgerTransaction
    private let plan: InventoryPlan
    private let terms: InventoryTerms
    /// Who does it.
    private let actor: String

    package init(_ transaction: LedgerTransaction, plan: InventoryPlan, terms: InventoryTerms, actor: String) {
        self.transaction = transaction
        self.plan = plan
        self.terms = terms
        self.actor = actor
    }

    private var node: NodeID { transaction.node }
    private var sql: any SQLTransaction { transaction.sql }

    /// Offers units, or says anew when they are for.
    ///
    /// - Throws: `inventory.notTheOwner`; `inventory.lotOver` where its end has come.
    package func offer(_ units: UnitRange, of lot: String, _ span: UnitSpan) throws -> EntryID {
        try checkOwner()
        if let ends = span.ends, ends <= transaction.now {
            throw Failure("inventory.lotOver", "the lot ended at \(ends.chinaText)", remedy: "give an end to come")
        }
        return try append(.offered, try fields(lot, units, span))
    }

    /// Takes units out that nobody has.
    ///
    /// - Throws: `inventory.notTheOwner`, `.unknownUnits`, `.inUse`.
    package func close(_ units: UnitRange, of lot: String) throws -> EntryID {
        try checkOwner()
        let span = try checkFree(units, of: lot).span
        return try append(.closed, try fields(lot, units, span))
    }

    /// Lets another node decide about units that nobody has.
    package func allot(_ units: UnitRange, of lot: String, to other: NodeID, key: SigningKey) throws -> EntryID {
        try checkOwner()
        guard other != node else {
            throw Failure("inventory.notTheDecider", "the owner need allot itself nothing", remedy: "name another node")
        }
        let span = try checkFree(units, of: lot).span
        var fields = try fields(lot, units, span)
        fields.allotment = try SignedAllotment(
            inventory: terms.id, lot: lot, units: units, owner: node, node: other, number: fields.number,
            madeAt: transaction.now, key: key)
        return try append(.allotted, fields)
    }

    /// Gives units back to the owner that nobody has.
    package func giveBack(_ units: UnitRange, of lot: String) throws -> EntryID {
        let unit = try checkFree(units, of: lot)
        guard let allotment = try UnitTable.allotment(of: terms.id, unit, in: sql), allotment.node == node,
            allotment.units.contains(units)
        else {
            throw Failure(
                "inventory.notTheDecider", "these units were not allotted to \(node) in one",
                remedy: "give back what one allotment named")
        }
        var fields = try fields(lot, units, unit.span)
        fields.number = allotment.number
        fields.allotment = allotment
        return try append(.returned, fields)
    }

    private func checkOwner() throws {
        guard terms.owner == node else {
            throw Failure(
                "inventory.notTheOwner", "the inventory is \(terms.owner)'s", remedy: "do it at \(terms.owner)")
        }
    }

    /// Checks that this node decides about all of them and that nobody has one.
    ///
    /// - Returns: the first of them.
    private func checkFree(_ units: UnitRange, of lot: String) throws -> UnitTable.Unit {
        var first: UnitTable.Unit?
        for number in units.units {
            guard let state = try UnitTable.state(of: terms.id, lot, number, in: sql), state.isOffered else {
                throw Failure(
                    "inventory.unknownUnits", "unit \(number) of \(NameForm.shown(lot)) is not offered",
                    remedy: "see which are with `yilian inventory stock`")
            }
            guard state.decider == node, !state.isTaken else {
                throw Failure(
                    "inventory.inUse",
                    state.isTaken ? "unit \(number) is held" : "\(state.decider) decides about unit \(number)",
                    remedy: "wait until it is free and back")
            }
            if first == nil || first?.term == state.unit.term {
                first = first ?? state.unit
            } else {
                throw Failure(
                    "inventory.notTheDecider", "these units were not allotted in one",
                    remedy: "give back what one allotment named")
            }
        }
        guard let first else { throw HoldFields.malformed }
        return first
    }

    private func fields(_ lot: String, _ units: UnitRange, _ span: UnitSpan) throws -> LotFields {
        var fields = LotFields(
            inventory: terms.id, lot: try NameForm.check(lot, "the name of a lot"), units: units,
            number: try UnitTable.nextNumber(terms.id, lot, in: sql))
        fields.span = span
        fields.actor = actor
        return fields
    }

    private func append(_ event: InventoryEvent, _ fields: LotFields) throws -> EntryID {
        try transaction.append(
            EntryDraft(
                kind: plan.kind(of: event), subject: fields.subject, fields: try fields.encoded(),
                headerAudience: .region))
    }
}
