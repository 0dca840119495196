package import Effects
import Synchronization

/// Rings when something was committed, so that couriers and waiting answers need not poll.
package final class CommitBell: Sendable {
    private struct State {
        var count: UInt64 = 0
        var nextWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    package init() {}

    /// How often it has rung.
    package var count: UInt64 { state.withLock { $0.count } }

    package func ring() {
        let waiters = state.withLock { state in
            state.count += 1
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume() }
    }

    /// Returns when it has rung since `count`, when `milliseconds` have passed, or when the task is cancelled.
    package func wait(since count: UInt64, orMilliseconds milliseconds: Int64, time: any TimeSource) async {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let deadline = time.monotonicTime.advanced(byMilliseconds: milliseconds)
        await time.limit(until: deadline, expire: { self.giveUp(id) }) { await self.wait(id, since: count) }
        // Nobody gives this waiter up any more.
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    private func wait(_ id: UInt64, since count: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.cancelled.remove(id) != nil || state.count > count { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    /// Ends a wait, whether or not it has begun.
    private func giveUp(_ id: UInt64) {
        let waiter = state.withLock { state in
            if let waiter = state.waiters.removeValue(forKey: id) { return waiter as CheckedContinuation? }
            state.cancelled.insert(id)
            return nil
        }
        waiter?.resume()
    }
}
