package import Effects

/// How long to wait before the next attempt: doubling up to a cap, with jitter over the upper half.
package struct Backoff: Sendable {
    private let firstMilliseconds: Int64
    private let capMilliseconds: Int64
    private var attempts = 0

    package init(
        firstMilliseconds: Int64 = Limits.reconnectFirstMilliseconds,
        capMilliseconds: Int64 = Limits.reconnectCapMilliseconds
    ) {
        self.firstMilliseconds = max(1, firstMilliseconds)
        self.capMilliseconds = max(1, capMilliseconds)
    }

    package mutating func reset() {
        attempts = 0
    }

    /// The next wait; between half of the doubled value and the whole of it.
    package mutating func nextMilliseconds(_ random: any RandomSource) -> Int64 {
        let doubled = attempts < 32 ? firstMilliseconds.multipliedReportingOverflow(by: 1 << attempts) : (0, true)
        let whole = doubled.1 ? capMilliseconds : min(doubled.0, capMilliseconds)
        attempts = min(attempts + 1, 32)
        let half = whole / 2
        return half + Int64(random.number(below: UInt64(whole - half + 1)))
    }
}
