import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The machine's clocks.
package struct SystemTime: TimeSource {
    package init() {}

    package var wallTime: WallTime {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return WallTime(milliseconds: Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000)
    }

    package var monotonicTime: MonotonicTime {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return MonotonicTime(nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
    }

    package func sleep(until deadline: MonotonicTime) async throws {
        try Task.checkCancellation()
        guard deadline > monotonicTime else { return }
        let sleeper = Sleeper()
        let timer = TimerQueue.shared.at(deadline) { sleeper.wake() }
        defer { TimerQueue.shared.cancel(timer) }
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper.sleep($0) }
        } onCancel: {
            sleeper.wake()
        }
        try Task.checkCancellation()
    }

    package func limit(
        until deadline: MonotonicTime, expire: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async {
        let timer = TimerQueue.shared.at(deadline, expire)
        await body()
        TimerQueue.shared.cancel(timer)
    }
}

/// A task that sleeps until somebody wakes it, which may be before it sleeps.
private final class Sleeper: Sendable {
    private struct State {
        var isAwake = false
        var continuation: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func sleep(_ continuation: CheckedContinuation<Void, Never>) {
        let isAwake = state.withLock { state in
            if !state.isAwake { state.continuation = continuation }
            return state.isAwake
        }
        if isAwake { continuation.resume() }
    }

    func wake() {
        let continuation = state.withLock { state in
            state.isAwake = true
            defer { state.continuation = nil }
            return state.continuation
        }
        continuation?.resume()
    }
}
