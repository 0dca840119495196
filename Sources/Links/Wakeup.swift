package import Effects
import Synchronization

/// Wakes one waiting task; a wake-up that comes while nobody waits is kept for the next.
package final class Wakeup: Sendable {
    private struct State {
        var isSet = false
        var waiting: CheckedContinuation<Void, Never>?
        /// Which wait it is; changes where one with a deadline begins and ends.
        var current: UInt64 = 0
        /// The last wait whose deadline has come.
        var expired: UInt64?
    }

    private let state = Mutex(State())

    package init() {}

    package func wake() {
        let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
            if let waiting = state.waiting {
                state.waiting = nil
                return waiting
            }
            state.isSet = true
            return nil
        }
        waiting?.resume()
    }

    /// Returns at the next wake-up, or when the task is cancelled; one task waits at a time.
    package func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let atOnce = state.withLock { state in
                    if state.isSet || Task.isCancelled || state.waiting != nil {
                        state.isSet = false
                        return true
                    }
                    // The deadline may have come before the wait began.
                    if state.expired == state.current { return true }
                    state.waiting = continuation
                    return false
                }
                if atOnce { continuation.resume() }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                let waiting = state.waiting
                state.waiting = nil
                return waiting
            }
            waiting?.resume()
        }
    }

    /// Returns at the next wake-up, when the task is cancelled, or at `deadline`.
    package func wait(until deadline: MonotonicTime, _ time: any TimeSource) async {
        let wait = state.withLock { state in
            state.current += 1
            return state.current
        }
        await time.limit(until: deadline, expire: { self.expire(wait) }) { await self.wait() }
        // What expired was this wait, not the next.
        state.withLock { $0.current += 1 }
    }

    private func expire(_ wait: UInt64) {
        let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.current == wait else { return nil }
            state.expired = wait
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}
