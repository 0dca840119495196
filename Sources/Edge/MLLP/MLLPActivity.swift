import Effects
import Synchronization

/// When a connection last moved, and what it is in the middle of; decides when it has been idle too long.
final class MLLPActivity: Sendable {
    private struct State {
        var last: MonotonicTime
        var isInsideFrame = false
        var isWorking = false
    }

    private let state: Mutex<State>

    init(now: MonotonicTime) {
        state = Mutex(State(last: now))
    }

    func moved(at now: MonotonicTime, isInsideFrame: Bool) {
        state.withLock { state in
            state.last = now
            state.isInsideFrame = isInsideFrame
        }
    }

    /// A message is being worked on: the sender waits for us, not we for it.
    func works(_ isWorking: Bool, at now: MonotonicTime) {
        state.withLock { state in
            state.last = now
            state.isWorking = isWorking
        }
    }

    /// Until when the connection may stay as it is; `nil` where that moment has passed.
    func deadline(after now: MonotonicTime) -> MonotonicTime? {
        state.withLock { state in
            if state.isWorking { return now.advanced(byMilliseconds: Limits.mllpStalledMilliseconds) }
            let limit = state.isInsideFrame ? Limits.mllpStalledMilliseconds : Limits.mllpIdleMilliseconds
            let deadline = state.last.advanced(byMilliseconds: limit)
            return deadline > now ? deadline : nil
        }
    }
}
