/// What can be said about an inventory; each is an entry kind of its own.
package enum InventoryEvent: String, CaseIterable, Sendable {
    // About units.
    case offered
    case closed
    case allotted
    case returned
    // About one hold, by whoever decides about the unit.
    case held
    case confirmed
    case released
    case expired
    case lapsed
    // About one wish, by whoever has it.
    case wished
    case takenBack

    /// Whether it is about units as such and not about a hold or a wish.
    package var isAboutUnits: Bool {
        switch self {
        case .offered, .closed, .allotted, .returned: true
        case .held, .confirmed, .released, .expired, .lapsed, .wished, .takenBack: false
        }
    }

    /// Whether the asker's own node writes it, on the spot.
    package var isStated: Bool { self == .wished || self == .takenBack }
}
