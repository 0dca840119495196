import Effects

/// Watches that a peer that owes the rest of a message sends at a rate that is worth waiting for.
///
/// Everything that it sends counts, because a message may rightly wait behind others.
struct LeastPace: Sendable {
    private var began: MonotonicTime?
    private var bytes = 0

    /// When the rate is judged next; nil while nothing is owed.
    var deadline: MonotonicTime? { began?.advanced(byMilliseconds: Limits.leastPaceMilliseconds) }

    mutating func received(_ count: Int, now: MonotonicTime, isOwed: Bool) {
        guard isOwed else {
            began = nil
            return
        }
        if began == nil {
            began = now
            bytes = 0
        }
        bytes += count
    }

    mutating func isTooSlow(now: MonotonicTime, isOwed: Bool) -> Bool {
        guard isOwed, let deadline, deadline <= now else { return false }
        let least = Limits.leastLinkBytesPerSecond * Int(Limits.leastPaceMilliseconds / 1_000)
        defer {
            began = now
            bytes = 0
        }
        return bytes < least
    }
}
