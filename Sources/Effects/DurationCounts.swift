import Synchronization

/// How long something took, counted in a few buckets: what a histogram of Prometheus is made of.
///
/// Counts only grow, so that whoever asks now and then can take the difference.
package struct DurationCounts: Sendable, Equatable {
    /// The upper borders, in seconds; what is longer stands in `count` alone.
    package static let bordersSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    /// How many were at most as long as each border.
    package private(set) var counts = [Int](repeating: 0, count: Self.bordersSeconds.count)
    package private(set) var count = 0
    package private(set) var sumSeconds = 0.0

    package init() {}

    package mutating func add(milliseconds: Int64) {
        let seconds = Double(max(0, milliseconds)) / 1000
        for (index, border) in Self.bordersSeconds.enumerated() where seconds <= border { counts[index] += 1 }
        count += 1
        sumSeconds += seconds
    }
}

/// Durations that are counted by whoever works and read by whoever is asked.
package final class DurationClock: Sendable {
    private let state = Mutex(DurationCounts())

    package init() {}

    package var counts: DurationCounts { state.withLock { $0 } }

    package func add(milliseconds: Int64) {
        state.withLock { $0.add(milliseconds: milliseconds) }
    }
}
