/// Where a hold stands.
package enum HoldState: String, CaseIterable, Sendable {
    /// Somebody asks; nothing is written yet.
    case asked
    case wished
    case held
    case confirmed
    case released
    case expired
    case lapsed
    case takenBack

    /// Whether a unit is taken by it.
    package var isLive: Bool { self == .held || self == .confirmed }
    package var isOver: Bool { HoldCourse.transitions.allSatisfy { $0.from != self } }
}

/// Who makes an event of a hold happen.
package enum HoldRole: String, CaseIterable, Sendable {
    /// Whose hold it is, at their node.
    case asker
    /// The node that decides about the unit: the owner, or whom the owner allotted it to.
    case decider
    /// The people of the place, at the decider's node.
    case place
}

/// The course of a hold as data: one table from which the code decides and the docs are drawn.
package enum HoldCourse {
    /// In which state which event by whom leads where.
    ///
    /// What is not in the table is refused.
    package struct Transition: Hashable, Sendable {
        package let from: HoldState
        package let event: InventoryEvent
        package let role: HoldRole
        package let to: HoldState
        package let occasion: String

        init(
            _ from: HoldState, _ event: InventoryEvent, _ role: HoldRole, _ to: HoldState, _ occasion: String
        ) {
            self.from = from
            self.event = event
            self.role = role
            self.to = to
            self.occasion = occasion
        }
    }

    package static let transitions: [Transition] = [
        Transition(.asked, .held, .asker, .held, "a unit is free, and no wish is before it"),
        Transition(.asked, .wished, .asker, .wished, "nothing is free, or the owner is away"),
        Transition(.wished, .held, .decider, .held, "it is the wish's turn"),
        Transition(.wished, .takenBack, .asker, .takenBack, "it is not wanted any more"),
        Transition(.wished, .lapsed, .decider, .lapsed, "its end has come"),
        Transition(.held, .confirmed, .asker, .confirmed, "the patient comes"),
        Transition(.held, .released, .asker, .released, "it is not needed"),
        Transition(.held, .released, .place, .released, "the place cannot give it after all"),
        Transition(.held, .expired, .decider, .expired, "nobody confirmed it by its end"),
        Transition(.confirmed, .released, .asker, .released, "the patient does not come"),
        Transition(.confirmed, .released, .place, .released, "the patient has left, or the unit is lost"),
    ]

    /// Where an event leads, whoever makes it happen; `nil` where the table has no such line.
    package static func state(after state: HoldState, _ event: InventoryEvent) -> HoldState? {
        transitions.first { $0.from == state && $0.event == event }?.to
    }

    package static func state(after state: HoldState, _ event: InventoryEvent, by role: HoldRole) -> HoldState? {
        transitions.first { $0.from == state && $0.event == event && $0.role == role }?.to
    }

    /// The table as Markdown, as it stands in the docs.
    package static func markdownTable() -> String {
        let head = ["| from | event | by | to | when |", "|---|---|---|---|---|"]
        let lines = transitions.map { line in
            "| \(line.from.rawValue) | \(line.event.rawValue) | \(line.role.rawValue) | \(line.to.rawValue) | \(line.occasion) |"
        }
        return (head + lines).joined(separator: "\n") + "\n"
    }
}
