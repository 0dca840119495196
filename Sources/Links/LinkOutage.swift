import Effects

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
