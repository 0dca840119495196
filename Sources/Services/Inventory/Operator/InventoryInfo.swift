import Effects
import InventoryKit

/// An inventory as the region agreed on it, and what this node knows is there.
package struct InventoryInfo: Codable, Sendable, Equatable {
    package var inventory: String
    package var kind: String
    package var name: String
    package var unit: String
    package var owner: String
    package var holdSeconds: UInt32
    package var wishSeconds: UInt32
    package var isAlone: Bool

    init(_ offered: OfferedInventory) {
        inventory = offered.terms.id
        kind = offered.kind.rawValue
        name = offered.terms.name
        unit = offered.terms.unit.rawValue
        owner = offered.terms.owner.rawValue
        holdSeconds = offered.terms.holdSeconds
        wishSeconds = offered.terms.wishSeconds
        isAlone = offered.terms.isAlone
    }
}

/// What is there of an inventory.
package struct StockInfo: Codable, Sendable, Equatable {
    /// Units of one lot about which one node decides.
    package struct Line: Codable, Sendable, Equatable {
        package var lot: String
        package var label: String
        package var decider: String
        package var starts: String?
        package var ends: String?
        package var offered: Int
        package var free: Int
        package var held: Int
        package var confirmed: Int
    }

    package var inventory: String
    /// When it was so.
    package var asOf: String
    package var ageSeconds: Int64
    package var toldBy: String
    /// Whether the owner itself says it.
    package var isOwners: Bool
    package var wishesWaiting: Int
    package var lines: [Line]

    init(_ answer: StockAnswer, owner: String, now: WallTime) {
        inventory = answer.inventory
        asOf = answer.asOf.description
        ageSeconds = max(0, now.milliseconds(since: answer.asOf) / 1_000)
        toldBy = answer.toldBy.rawValue
        isOwners = answer.toldBy.rawValue == owner
        wishesWaiting = answer.waiting
        lines = answer.lines.map { line in
            Line(
                lot: line.lot, label: line.span.label, decider: line.decider.rawValue,
                starts: line.span.starts?.description, ends: line.span.ends?.description, offered: line.offered,
                free: line.free, held: line.held, confirmed: line.confirmed)
        }
    }
}

/// A hold or a wish and what became of it; nothing of a person.
package struct HoldInfo: Codable, Sendable, Equatable {
    package struct Step: Codable, Sendable, Equatable {
        package var event: String
        package var at: String
        package var actor: String
        package var node: String
        package var entry: String
    }

    package var hold: String
    package var inventory: String
    package var lot: String
    package var unit: Int
    package var label: String
    package var starts: String?
    package var decider: String
    package var origin: String
    package var state: String
    package var until: String?
    package var reference: String
    package var steps: [Step]
    /// Events that the table does not allow; kept as they came.
    package var refusedSteps: Int

    init(_ record: HoldRecord) {
        hold = record.id.description
        inventory = record.inventory
        lot = record.lot
        unit = record.unit
        label = record.held?.fields.span.label ?? ""
        starts = record.held?.fields.span.starts?.description
        decider = record.decider?.rawValue ?? ""
        origin = record.id.origin.rawValue
        state = record.state.rawValue
        until = record.until?.description
        reference = record.order?.reference ?? ""
        steps = record.steps.map { step in
            Step(
                event: step.event.rawValue, at: step.authorTime.description,
                actor: step.fields.command?.order.actor ?? "", node: step.entry.author.rawValue,
                entry: step.entry.description)
        }
        refusedSteps = record.refusedSteps.count
    }
}

/// What the decider answered.
package struct HoldReceiptInfo: Codable, Sendable, Equatable {
    package var hold: String
    package var inventory: String
    package var lot: String
    package var unit: Int
    package var label: String
    package var starts: String?
    package var decider: String
    package var state: String
    package var until: String?
    package var entry: String
    package var time: String
    package var isDuplicate: Bool

    init(_ receipt: HoldReceipt) {
        hold = receipt.hold.description
        inventory = receipt.inventory
        lot = receipt.lot
        unit = receipt.unit
        label = receipt.span.label
        starts = receipt.span.starts?.description
        decider = receipt.decider.rawValue
        state = receipt.state.rawValue
        until = receipt.until?.description
        entry = receipt.entry
        time = receipt.time.description
        isDuplicate = receipt.isDuplicate
    }
}
