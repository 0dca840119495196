import Effects
import Synchronization

/// When a watch looks at all of its cases, and how long it rests between two looks.
///
/// All are looked at where the region has changed, when the node may decide from now on, and of workflows with attempts now
/// and then: other attempts become possible without a word about the case. Whether a node may decide can change while it
/// looks, there and back. So a case that was left alone for that is reason enough to look at all of them again.
struct WatchPace {
    /// The longest pause between two rounds of a workflow with attempts, whatever has changed.
    private static let roundMilliseconds: Int64 = 60_000
    /// How soon a parent that has not answered, or that has more than lies here, is asked again.
    private static let matchMilliseconds: Int64 = 2_000
    /// How soon what could not be done is tried again.
    static let retryMilliseconds: Int64 = 2_000

    private let hasRounds: Bool
    private var configuration: UInt64?
    private var isDecider = false
    private var latest: MonotonicTime

    /// - Parameter hasRounds: only where others open attempts, too: elsewhere a case is looked at when something has come of
    ///   it or is due.
    init(hasRounds: Bool, now: MonotonicTime) {
        self.hasRounds = hasRounds
        latest = now
    }

    func isRoundDue(at version: UInt64, mayDecide: Bool, now: MonotonicTime) -> Bool {
        version != configuration || mayDecide != isDecider || hasRounds && latest <= now
    }

    mutating func hadRound(at version: UInt64, mayDecide: Bool, now: MonotonicTime) {
        configuration = version
        isDecider = mayDecide
        latest = now.advanced(byMilliseconds: Self.roundMilliseconds)
    }

    /// A case was left alone because the node might not decide: once it may, all of them are looked at.
    mutating func hasLeftAlone() { isDecider = false }

    /// - Parameter isDone: whether nothing went wrong.
    /// - Returns: nil where nothing is to be done but what is due, or what comes.
    func pauseMilliseconds(isDone: Bool, now: MonotonicTime) -> Int64? {
        var pauses: [Int64] = hasRounds ? [latest.milliseconds(since: now)] : []
        if !isDone { pauses = [Self.retryMilliseconds] }
        if !isDecider { pauses.append(Self.matchMilliseconds) }
        return pauses.min()
    }
}

/// Whether a watch has left a case alone since somebody asked.
final class LeftAlone: Sendable {
    private let isSo = Atomic(false)

    func note() { isSo.store(true, ordering: .relaxed) }

    func take() -> Bool { isSo.exchange(false, ordering: .relaxed) }
}
