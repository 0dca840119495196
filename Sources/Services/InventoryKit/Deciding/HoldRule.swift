import Effects
import Regions

/// Whether a command about a hold is possible, decided from the record and the time alone.
struct HoldRule {
    var command: SignedHoldCommand
    /// `nil` where nothing of it lies here.
    var record: HoldRecord?
    var now: WallTime

    enum Decision: Equatable {
        /// A unit is to be found for it.
        case give
        case append(InventoryEvent)
        /// It was carried out before, by this entry.
        case duplicate(HoldStep)
    }

    private var order: SignedHoldCommand.Order { command.order }

    /// - Throws: `inventory.unknownHold`, `.wrongState`, `.tooLate`, `.notTheHolder`.
    func decision() throws -> Decision {
        switch order.action {
        case .hold: try hold()
        case .confirm: try confirm()
        case .release: try release()
        case .wish, .takeBack:
            throw Failure("inventory.malformed", "a wish is written where it is made, it is no command")
        }
    }

    private func hold() throws -> Decision {
        guard let record, record.state != .asked else { return .give }
        guard record.state.isLive, let held = record.held else { throw wrongState(record) }
        return .duplicate(held)
    }

    private func confirm() throws -> Decision {
        let record = try known()
        guard order.origin == record.id.origin else { throw notTheHolder(record) }
        if record.state == .confirmed, let last = record.steps.last { return .duplicate(last) }
        if record.state == .expired { throw tooLate(record) }
        try check(record, .confirmed, by: .asker)
        // At its end it is over, whether or not that has been written down yet.
        if let until = record.until, until <= now { throw tooLate(record) }
        return .append(.confirmed)
    }

    private func release() throws -> Decision {
        let record = try known()
        let isAsker = order.origin == record.id.origin
        guard isAsker || order.origin == record.decider else { throw notTheHolder(record) }
        if record.state == .released, let last = record.steps.last { return .duplicate(last) }
        try check(record, .released, by: isAsker ? .asker : .place)
        return .append(.released)
    }

    private func known() throws -> HoldRecord {
        guard let record else {
            throw Failure(
                "inventory.unknownHold", "this node knows no hold \(order.hold)",
                remedy: "look at what it knows with `yilian inventory holds`")
        }
        return record
    }

    private func check(_ record: HoldRecord, _ event: InventoryEvent, by role: HoldRole) throws {
        guard HoldCourse.state(after: record.state, event, by: role) != nil else { throw wrongState(record) }
    }

    private func wrongState(_ record: HoldRecord) -> Failure {
        Failure(
            "inventory.wrongState", "the hold is \(record.state.rawValue), which does not allow this",
            remedy: "look at it with `yilian inventory show`; ask again under a new id")
    }

    private func tooLate(_ record: HoldRecord) -> Failure {
        let end = record.held?.fields.until.map { " at \($0.chinaText)" } ?? ""
        return Failure(
            "inventory.tooLate", "the hold has ended\(end)", remedy: "hold a unit again, and confirm it in time")
    }

    private func notTheHolder(_ record: HoldRecord) -> Failure {
        Failure(
            "inventory.notTheHolder", "the hold was made at \(record.id.origin)",
            remedy: "confirm it or give it back where it was made")
    }
}
