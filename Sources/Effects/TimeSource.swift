/// A point on a clock that only runs forward, in nanoseconds since an arbitrary origin of the process.
package struct MonotonicTime: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    package func advanced(byMilliseconds milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds &+ milliseconds &* 1_000_000)
    }

    package func milliseconds(since earlier: MonotonicTime) -> Int64 {
        (nanoseconds &- earlier.nanoseconds) / 1_000_000
    }
}

/// Where time comes from: the civil clock, the clock that only runs forward, and every wait.
///
/// Product code waits through a time source only, so that a test or a simulation can decide when time passes.
package protocol TimeSource: Sendable {
    var wallTime: WallTime { get }
    var monotonicTime: MonotonicTime { get }

    /// Suspends until `deadline`.
    ///
    /// - Throws: `CancellationError` as soon as the calling task is cancelled.
    func sleep(until deadline: MonotonicTime) async throws

    /// Runs `body`, a wait, and calls `expire` where `deadline` comes before its end.
    ///
    /// `expire` has to end the wait, also one that has not begun yet. It may be called earlier, where nobody's time goes
    /// on any more, and when the wait is over already; never after this returned. `body` ends by itself when the task is
    /// cancelled.
    func limit(
        until deadline: MonotonicTime, expire: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async
}

extension TimeSource {
    package func limit(
        until deadline: MonotonicTime, expire: @escaping @Sendable () -> Void, _ body: () async -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A sleep that is cancelled ends a wait that is over, or whose task is cancelled.
                try? await sleep(until: deadline)
                expire()
            }
            await body()
            group.cancelAll()
        }
    }

    /// Suspends for `milliseconds` of this source's time.
    package func sleep(milliseconds: Int64) async throws {
        try await sleep(until: monotonicTime.advanced(byMilliseconds: milliseconds))
    }
}

extension TimeSource {
    /// Suspends until the calling task is cancelled.
    package func sleepForever() async throws -> Never {
        while true { try await sleep(milliseconds: 3_600_000) }
    }
}
