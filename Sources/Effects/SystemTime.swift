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
        let due = Wakeup()
        let timer = TimerQueue.shared.at(deadline) { due.wake() }
        defer { TimerQueue.shared.cancel(timer) }
        await due.wait(since: 0)
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
