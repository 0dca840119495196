package import Effects
package import Regions

/// One neighbour's link as an operator sees it.
package struct LinkStatus: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        case up
        case connecting
        /// The next attempt waits.
        case waiting
        /// The neighbour has not dialled us, or there is nowhere to dial the parent.
        case down
    }

    package var peer: NodeID
    package var neighbour: Neighbour?
    package var state: State
    /// Since when it is in this state.
    package var since: WallTime
    package var remoteAddress: String?
    /// The peer's clock minus ours, measured at the last handshake.
    package var clockDifferenceMilliseconds: Int64?
    package var roundTripMilliseconds: Int64?
    package var configurationVersion: UInt64?
    package var release: String?
    package var bytesIn: UInt64 = 0
    package var bytesOut: UInt64 = 0
    package var callsInFlight = 0
    /// What the link holds in messages, and the most that it ever held; at most `Limits.linkMessageBytes`.
    package var heldBytes = 0
    package var mostHeldBytes = 0
    package var lastError: String?
    package var lastErrorAt: WallTime?

    /// Two processes seem to show the peer's identity.
    package var twins: LinkTwins.Suspicion?
    /// Whether this node knows where to dial the peer; of the parent alone it matters.
    package var hasAddress = true
    /// Who keeps the link down; none where nobody does.
    package var pause: LinkPause?

    /// Why the link is not up, in words; empty where it is and nothing is wrong with it.
    package var explanation: String {
        if state != .up, let pause { return pause.text }
        return switch state {
        case .up: twins?.text ?? ""
        case .connecting: "dialling" + (lastError.map { "; last time: \($0)" } ?? "")
        case .waiting: "waiting before the next attempt" + (lastError.map { "; last time: \($0)" } ?? "")
        case .down where neighbour?.relation == .parent:
            hasAddress
                ? lastError ?? "this node has not dialled it yet"
                : "no address of the parent is known: name it under 'addresses' in region.yaml, or under 'link.parents' "
                    + "in this node's file"
        case .down:
            lastError ?? "the node has not dialled us yet; it may be stopped, or its way to us may be cut"
        }
    }
}

/// While a neighbour is not reached: which of the attempts is worth a warning.
///
/// The first one is, each with another reason, and one now and then, so that a log of a long outage says so at every
/// page without being nothing else.
struct LinkOutage {
    private(set) var attempts = 0
    private var reasons: Set<String> = []
    private var warnedAt: MonotonicTime?

    static let repetitionMilliseconds: Int64 = 600_000
    /// Reasons that are told apart; a parent with several addresses may give one for each.
    private static let reasonLimit = 16

    /// Counts an attempt that failed.
    ///
    /// - Returns: whether it is to be warned about.
    mutating func isNews(_ reason: String, at now: MonotonicTime) -> Bool {
        attempts += 1
        let isDue = warnedAt.map { now.milliseconds(since: $0) >= Self.repetitionMilliseconds } ?? true
        let isOther = reasons.count < Self.reasonLimit && reasons.insert(reason).inserted
        guard isDue || isOther else { return false }
        warnedAt = now
        return true
    }
}
