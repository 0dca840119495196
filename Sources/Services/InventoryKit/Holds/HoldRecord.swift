package import Effects
package import Ledgers
package import Regions

/// One entry about a hold or a wish, as it lies in the tables.
package struct HoldStep: Sendable, Equatable {
    package var entry: EntryID
    package var event: InventoryEvent
    package var fields: HoldFields
    package var authorTime: WallTime

    /// The order of a hold's events, the same wherever it is computed.
    static func precedes(_ left: HoldStep, _ right: HoldStep) -> Bool {
        (left.fields.number, left.authorTime, left.entry) < (right.fields.number, right.authorTime, right.entry)
    }
}

/// A hold or a wish and what became of it, as far as this node knows.
package struct HoldRecord: Sendable, Equatable {
    package let id: HoldID
    package let inventory: String
    package private(set) var state = HoldState.asked
    /// The events that the table allows, in their order.
    package private(set) var steps: [HoldStep] = []
    /// Events that it does not allow; kept as they came.
    package private(set) var refusedSteps: [HoldStep] = []

    /// Derives the record from the entries about a hold; any order gives the same record.
    ///
    /// - Returns: `nil` where there is no entry.
    init?(_ id: HoldID, entries: [HoldStep]) {
        let inOrder = entries.sorted(by: HoldStep.precedes)
        // What others than its decider say of it counts for nothing.
        guard let first = inOrder.first else { return nil }
        self.id = id
        inventory = first.fields.inventory
        take(inOrder.filter { $0.event == .wished })
        let decided = inOrder.filter { !$0.event.isStated }
        // A decider whose disk was put back may have decided twice: what it decided last counts.
        let last = decided.last { $0.event == .held }
        for step in decided {
            let isTheirs = last.map { Self.isSamePlace($0, step) } ?? true
            if isTheirs { take([step]) } else { refusedSteps.append(step) }
        }
        take(inOrder.filter { $0.event == .takenBack })
    }

    private mutating func take(_ events: [HoldStep]) {
        for step in events {
            guard let next = HoldCourse.state(after: state, step.event) else {
                refusedSteps.append(step)
                continue
            }
            state = next
            steps.append(step)
        }
    }

    private static func isSamePlace(_ left: HoldStep, _ right: HoldStep) -> Bool {
        left.entry.author == right.entry.author && left.fields.lot == right.fields.lot
            && left.fields.unit == right.fields.unit
    }

    /// By which it was given.
    package var held: HoldStep? { steps.first { $0.event == .held } }
    package var wish: HoldStep? { steps.first { $0.event == .wished } }
    package var decider: NodeID? { (held ?? wish)?.fields.decider }
    package var lot: String { (held ?? wish)?.fields.lot ?? "" }
    package var unit: Int { held?.fields.unit ?? 0 }
    /// What its asker signed first.
    package var order: SignedHoldCommand.Order? { steps.first?.fields.command?.order }
    /// When it ends by itself, where it still may.
    package var until: WallTime? {
        switch state {
        case .held: held?.fields.until
        case .wished: wish?.fields.until
        default: nil
        }
    }

    /// The number of the decider's next event.
    var nextNumber: Int { ((steps + refusedSteps).map(\.fields.number).max() ?? 0) + 1 }
}
