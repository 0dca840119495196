/// What a door has seen since the start, and how full it is.
package struct DoorFigures: Sendable {
    package var proven = 0
    package var unproven = 0
    package var admitted: UInt64 = 0
    /// By ``DoorRefusal/label``; who had to make room among them.
    package var refusals: [String: UInt64] = [:]
    /// Connections that were ended because they let a deadline pass.
    package var deadlines: [DoorPhase: UInt64] = [:]

    package init() {}
}
