/// What a message is sent, stored and acknowledged as; the raw values travel and are never reused.
package enum Lane: UInt8, CaseIterable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Heartbeats, acknowledgements, small calls.
    case control = 0
    /// Critical values, emergencies, consultations, look-ups.
    case clinical = 1
    /// Results in quantity, attachments.
    case bulk = 2

    /// A lane is smaller than another where it goes first.
    package static func < (left: Lane, right: Lane) -> Bool {
        left.rawValue < right.rawValue
    }

    package var description: String {
        switch self {
        case .control: "control"
        case .clinical: "clinical"
        case .bulk: "bulk"
        }
    }
}
