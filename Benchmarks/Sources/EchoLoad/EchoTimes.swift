/// Times of calls in nanoseconds, and the line of JSON that a peer prints of them.
package struct EchoTimes: Sendable {
    /// Calls that ended within the measured while.
    package private(set) var calls = 0
    private var samples: [Int64] = []

    package init() {}

    package mutating func add(_ nanoseconds: Int64) {
        calls += 1
        samples.append(nanoseconds)
    }

    /// A call whose time was not taken.
    package mutating func add() {
        calls += 1
    }

    package mutating func add(_ other: EchoTimes) {
        calls += other.calls
        samples += other.samples
    }

    package func line(size: Int, inflight: Int, seconds: Int) throws -> String {
        guard calls > 0, !samples.isEmpty else { throw EchoError("not one call ended") }
        let sorted = samples.sorted()
        func microseconds(_ share: Double) -> Double {
            Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1_000
        }
        return "{\"calls\":\(calls),\"seconds\":\(seconds),\"size\":\(size),\"inflight\":\(inflight),"
            + "\"callsPerSecond\":\(calls / seconds),\"p50Microseconds\":\(microseconds(0.5)),"
            + "\"p99Microseconds\":\(microseconds(0.99))}"
    }

    /// What is not counted at the beginning.
    package static let warmUpSeconds = 1
}
