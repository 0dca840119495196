package import Effects
package import InventoryKit
import Ledgers
package import Regions
import ServiceKit

extension InventoryService {
    /// Who asks for something, and for which case.
    package struct Asker: Sendable, Equatable {
        package var practitioner: String
        /// Where they work; empty: every unit of the node.
        package var unit: String
        /// The id of the case for which it is; no word about a person.
        package var reference: String

        package init(practitioner: String, unit: String = "", reference: String = "") {
            self.practitioner = practitioner
            self.unit = unit
            self.reference = reference
        }
    }

    /// Holds a unit, until it is confirmed or the hold ends.
    ///
    /// - Parameters:
    ///   - lot: a lot by its name; whichever is next where none is given.
    ///   - id: that of an earlier try whose answer was lost; a new one where none is given.
    ///   - decider: a node to which the owner has allotted units; the owner where none is given.
    /// - Throws: `inventory.none`, `.unknown`; `.ownerAway` with what was last known where nobody can be asked, and
    ///   `.unmatched`, `.unsecured` where the decider cannot promise it yet: each with "try again".
    package func hold(
        _ inventory: String, lot: String = "", id: HoldID? = nil, at decider: NodeID? = nil, for asker: Asker
    ) async throws -> HoldReceipt {
        let offered = try self.inventory(inventory)
        if let id, id.origin != context.node {
            throw Failure(
                "inventory.notTheHolder", "the hold was made at \(id.origin)",
                remedy: "confirm it or give it back where it was made")
        }
        return try await send(
            .hold, id ?? newID, of: offered, lot: lot, decider: decider ?? offered.terms.owner, asker)
    }

    /// Confirms a hold: the patient comes.
    ///
    /// - Throws: `inventory.tooLate` where it had ended by the decider's clock, `.notTheHolder`, `.wrongState`.
    package func confirm(_ id: HoldID, for asker: Asker) async throws -> HoldReceipt {
        try await change(.confirm, id, asker)
    }

    /// Gives a hold back, at the asker's node, or at the place that has the unit.
    package func release(_ id: HoldID, for asker: Asker) async throws -> HoldReceipt {
        try await change(.release, id, asker)
    }

    /// Leaves a wish, here and now, whether or not the owner can be reached: it waits its turn until its end.
    ///
    /// - Parameter until: the end; that of the region where none is given, and never later.
    package func wish(
        _ inventory: String, lot: String = "", until: WallTime? = nil, for asker: Asker
    ) async throws -> HoldID {
        let offered = try self.inventory(inventory)
        let last = context.now.advanced(byMilliseconds: Int64(offered.terms.wishSeconds) * 1_000)
        let id = newID
        var order = try order(.wish, id, of: offered, lot: lot, decider: offered.terms.owner, asker)
        order.until = until.map { min($0, last) } ?? last
        try await state(.wished, order)
        return id
    }

    /// Takes a wish back that has not been granted.
    ///
    /// - Throws: `inventory.unknownHold`, `.wrongState`.
    package func takeBack(_ id: HoldID, for asker: Asker) async throws {
        let record = try await show(id)
        guard record.state == .wished, let wish = record.wish, id.origin == context.node else {
            throw Failure(
                "inventory.wrongState", "the hold is \(record.state.rawValue), it is no wish that waits here",
                remedy: "give a hold back with `yilian inventory release`")
        }
        let fields = wish.fields
        try check(asker)
        var order = SignedHoldCommand.Order(
            .takeBack, id, of: fields.inventory, lot: fields.lot, decider: fields.decider, actor: asker.practitioner,
            unit: asker.unit, origin: context.node)
        order.until = fields.until
        try await state(.takenBack, order)
    }

    private var newID: HoldID { HoldID(origin: context.node, serial: context.world.identifier()) }

    private func change(_ action: SignedHoldCommand.Action, _ id: HoldID, _ asker: Asker) async throws -> HoldReceipt {
        let (inventory, decider) = try await place(of: id)
        return try await send(action, id, of: try self.inventory(inventory), lot: "", decider: decider, asker)
    }

    /// Which inventory a hold is of, and who decides about it: as it lies here, or as this node asked for it.
    private func place(of id: HoldID) async throws -> (inventory: String, decider: NodeID) {
        let known = try await context.ledger.read { sql in
            try HoldTable.record(id, in: sql).flatMap { record in record.decider.map { (record.inventory, $0) } }
                ?? AskedHolds.place(of: id, in: sql)
        }
        guard let known else { throw Self.unknown(id) }
        return known
    }

    private func send(
        _ action: SignedHoldCommand.Action, _ id: HoldID, of offered: OfferedInventory, lot: String,
        decider: NodeID, _ asker: Asker
    ) async throws -> HoldReceipt {
        let order = try order(action, id, of: offered, lot: lot, decider: decider, asker)
        if action == .hold { try await remember(order) }
        let command = try SignedHoldCommand(order, madeAt: context.now, key: context.signingKey)
        do {
            return try await counter.perform(command, caller: nil)
        } catch let failure as Failure where failure.isAway {
            throw try await away(decider, offered, id, after: failure)
        }
    }

    /// Which hold was asked of whom is written down before it is asked: whoever loses the answer can ask for it again.
    private func remember(_ order: SignedHoldCommand.Order) async throws {
        try await context.ledger.write(lane: .clinical) { transaction in
            try AskedHolds.add(order, at: transaction.now, in: transaction.sql)
        }
    }

    /// Nobody could be asked: the same again, with what is known and since when.
    ///
    /// Nothing is guessed.
    private func away(
        _ decider: NodeID, _ offered: OfferedInventory, _ id: HoldID, after failure: Failure
    ) async throws -> Failure {
        let question = StockQuestion(inventory: offered.terms.id, owner: offered.terms.owner)
        let known = try await stockDesk.known(question)
        let words =
            known.map { "; at \($0.asOf.chinaText) it had \($0.free) free" } ?? "; nothing was heard of it here yet"
        return Failure(
            "inventory.ownerAway", "\(decider) cannot be reached\(words)", place: failure.place,
            remedy: "try again with --id \(id), or leave a wish with `yilian inventory wish`")
    }

    private func order(
        _ action: SignedHoldCommand.Action, _ id: HoldID, of offered: OfferedInventory, lot: String, decider: NodeID,
        _ asker: Asker
    ) throws -> SignedHoldCommand.Order {
        try check(asker)
        guard lot.isEmpty || NameForm.accepts(lot) else {
            throw Failure("inventory.badName", "this is not the name of a lot", remedy: Self.nameRemedy)
        }
        return SignedHoldCommand.Order(
            action, id, of: offered.terms.id, lot: lot, decider: decider, actor: asker.practitioner, unit: asker.unit,
            origin: context.node, reference: asker.reference)
    }

    private func check(_ asker: Asker) throws {
        try context.check(practitioner: asker.practitioner, of: asker.unit, at: context.node)
        guard SignedHoldCommand.isID(asker.reference) else {
            throw Failure(
                "inventory.badName", "what it is for is named by the id of a case",
                remedy: "write letters, digits, '-', '.', '_' and '/', and nothing of a person")
        }
        guard [asker.practitioner, asker.unit].allSatisfy({ $0.utf8.count <= Limits.inventoryTextBytes }) else {
            throw Failure("inventory.badName", "a name is longer than any", remedy: Self.nameRemedy)
        }
    }

    static let nameRemedy = "use 1 to 63 lowercase letters, digits and hyphens"

    private func state(_ event: InventoryEvent, _ order: SignedHoldCommand.Order) async throws {
        var fields = HoldFields(
            hold: order.hold, inventory: order.inventory, lot: order.lot, decider: order.decider)
        fields.until = order.until
        fields.command = try SignedHoldCommand(order, madeAt: context.now, key: context.signingKey)
        let draft = EntryDraft(
            kind: InventoryPlan.hospitals.kind(of: event), subject: order.hold.description,
            fields: try fields.encoded(),
            headerAudience: .region)
        try await context.ledger.write(lane: .clinical) { transaction in _ = try transaction.append(draft) }
    }

    /// - Throws: `inventory.unknownHold`.
    package func show(_ id: HoldID) async throws -> HoldRecord {
        guard let record = try await context.ledger.read({ try HoldTable.record(id, in: $0) }) else {
            throw Self.unknown(id)
        }
        return record
    }

    static func unknown(_ id: HoldID) -> Failure {
        Failure(
            "inventory.unknownHold", "this node knows no hold \(id)",
            remedy: "look at what it knows with `yilian inventory holds`")
    }
}
