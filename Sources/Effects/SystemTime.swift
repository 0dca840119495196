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
        let nanoseconds = deadline.nanoseconds - monotonicTime.nanoseconds
        if nanoseconds > 0 {
            try await Task.sleep(nanoseconds: UInt64(nanoseconds))
        } else {
            try Task.checkCancellation()
        }
    }
}
