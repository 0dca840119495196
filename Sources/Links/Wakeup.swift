package import Effects
import Synchronization

/// Wakes one waiting task; a wake-up that comes while nobody waits is kept for the next.
package final class Wakeup: Sendable {
    private struct State {
        var isSet = false
        var waiting: CheckedContinuation<Void, Never>?
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
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait() }
            group.addTask {
                // A cancelled sleep ends the wait like a finished one.
                try? await time.sleep(until: deadline)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
