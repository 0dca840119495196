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
}

extension TimeSource {
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
