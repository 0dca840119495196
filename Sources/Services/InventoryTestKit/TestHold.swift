import InventoryKit

/// A unit that somebody has, had or wishes for, as far as a node knows it; nothing of a patient.
public struct TestHold: Hashable, Sendable {
    /// The hold's id, for every other call.
    public let id: String
    /// The node where somebody asked for it.
    public let askedAt: String
    /// `asked`, `wished`, `held`, `confirmed`, `released`, `expired`, `lapsed` or `takenBack`.
    public let state: String
    /// The node that decides about it; `nil` before any has.
    public let decider: String?
    /// The lot and the number of the unit in it; 0 where none is given.
    public let lot: String
    /// The unit's number in its lot.
    public let unit: Int

    init(_ record: HoldRecord) {
        id = record.id.description
        askedAt = record.id.origin.rawValue
        state = record.state.rawValue
        decider = record.decider?.rawValue
        lot = record.lot
        unit = record.unit
    }

    init(_ receipt: HoldReceipt) {
        id = receipt.hold.description
        askedAt = receipt.hold.origin.rawValue
        state = receipt.state.rawValue
        decider = receipt.decider.rawValue
        lot = receipt.lot
        unit = receipt.unit
    }
}

/// What is there of an inventory.
public struct TestStock: Hashable, Sendable {
    /// Units that somebody can have.
    public let freeCount: Int
    /// Units that somebody has, until it is confirmed or the hold ends.
    public let heldCount: Int
    /// Units that are somebody's.
    public let confirmedCount: Int
    /// Wishes that wait for their turn.
    public let waitingCount: Int
    /// The node that said so: the owner, or one that knew it from before.
    public let toldBy: String

    init(_ answer: StockAnswer) {
        freeCount = answer.free
        heldCount = answer.lines.reduce(0) { $0 + $1.held }
        confirmedCount = answer.lines.reduce(0) { $0 + $1.confirmed }
        waitingCount = answer.waiting
        toldBy = answer.toldBy.rawValue
    }
}
