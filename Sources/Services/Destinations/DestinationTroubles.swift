package import Effects
import Synchronization

/// What keeps whole destinations from getting anything, as this process knows it; learned again after a start.
package final class DestinationTroubles: Sendable {
    package struct Trouble: Sendable, Equatable {
        package var since: WallTime
        package var words: DeliveryOutcome.Words
        /// When it is tried again.
        package var until: WallTime
    }

    /// What waits for a destination.
    struct Load: Sendable {
        var count: Int
        var bytes: Int

        init(_ load: (count: Int, bytes: Int)) { (count, bytes) = (load.count, load.bytes) }
    }

    private struct State {
        var troubles: [String: Trouble] = [:]
        var full: [String: WallTime] = [:]
        var noRoom: [String: Load] = [:]
        var streaks: [String: DeliveryStreak] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package func trouble(of destination: String) -> Trouble? { state.withLock { $0.troubles[destination] } }

    /// What a system made of its last messages.
    func streak(of destination: String) -> DeliveryStreak {
        state.withLock { $0.streaks[destination] ?? DeliveryStreak() }
    }

    func note(_ outcome: DeliveryOutcome, of number: Int64, at destination: String, now: WallTime) {
        state.withLock { $0.streaks[destination, default: DeliveryStreak()].note(outcome, of: number, at: now) }
    }

    /// Since when a destination takes nothing more into its queue.
    package func fullSince(_ destination: String) -> WallTime? { state.withLock { $0.full[destination] } }

    /// - Returns: whether it is a new trouble, or another than before.
    func note(_ words: DeliveryOutcome.Words, at destination: String, now: WallTime, until: WallTime) -> Bool {
        state.withLock { state in
            let old = state.troubles[destination]
            state.troubles[destination] = Trouble(since: old?.since ?? now, words: words, until: until)
            return old?.words.code != words.code
        }
    }

    /// - Returns: whether there was trouble.
    func clear(_ destination: String) -> Bool {
        state.withLock { $0.troubles.removeValue(forKey: destination) != nil }
    }

    /// A message did not fit beside what waits for a destination.
    func noteNoRoom(_ destination: String, _ load: Load) { state.withLock { $0.noRoom[destination] = load } }

    /// Whether nothing has gone since a message did not fit: it would not fit now.
    func hasNoRoom(_ destination: String, _ load: Load) -> Bool {
        state.withLock { state in
            guard let before = state.noRoom[destination] else { return false }
            if load.count >= before.count, load.bytes >= before.bytes { return true }
            state.noRoom[destination] = nil
            return false
        }
    }

    /// Which destinations are full now.
    ///
    /// - Returns: those that were not before, and those that are no more.
    func setFull(_ names: Set<String>, now: WallTime) -> (new: [String], over: [String]) {
        state.withLock { state in
            let new = names.filter { state.full[$0] == nil }
            let over = state.full.keys.filter { !names.contains($0) }
            for name in new { state.full[name] = now }
            for name in over { state.full[name] = nil }
            return (new.sorted(), over.sorted())
        }
    }
}
