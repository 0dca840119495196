import Effects

/// How many durations fell into each bucket of a fixed logarithmic scale; mergeable without loss.
///
/// Sixteen buckets per doubling, counted in milliseconds, so a quantile is known to about 3 %. Two histograms of two
/// units make the histogram of both by adding bucket by bucket. The borders travel nowhere and never change.
package struct DurationHistogram: Sendable, Equatable {
    /// Counts by bucket; buckets with zero do not stand here.
    package private(set) var counts: [Int: Int64] = [:]

    package static let bucketsPerDoubling = 16
    /// Up to 2^43 ms, about 280 years; longer durations fall into the last bucket.
    package static let bucketCount = 1 + 43 * bucketsPerDoubling

    package init() {}

    /// - Throws: `indicators.malformed` for a bucket that does not exist or a count below 1.
    package init(counts: [Int: Int64]) throws {
        for (bucket, count) in counts {
            guard (0..<Self.bucketCount).contains(bucket), (1...Limits.indicatorPart).contains(count) else {
                throw Failure("indicators.malformed", "a histogram has a bucket or a count that cannot be")
            }
        }
        self.counts = counts
    }

    package var count: Int64 { counts.values.reduce(0, +) }

    package mutating func add(milliseconds: Int64, times: Int64 = 1) {
        guard times > 0 else { return }
        add(times, to: Self.bucket(of: milliseconds))
    }

    /// Adds another unit's counts.
    package mutating func merge(_ other: DurationHistogram) {
        for (bucket, count) in other.counts { add(count, to: bucket) }
    }

    /// A count stops at what a figure may be, so that no submission can make a sum trap.
    private mutating func add(_ count: Int64, to bucket: Int) {
        let limit = Limits.indicatorPart
        counts[bucket] = min(limit, (counts[bucket] ?? 0) + min(limit, count))
    }

    /// The duration that a share of all durations does not exceed, in milliseconds; `nil` where there are none.
    ///
    /// - Parameter share: 0.5 for the median, 0.9 for the ninth decile.
    package func quantile(_ share: Double) -> Int64? {
        let total = count
        guard total > 0 else { return nil }
        let rank = min(max(Int64((share * Double(total)).rounded(.up)), 1), total)
        var seen: Int64 = 0
        for bucket in counts.keys.sorted() {
            seen += counts[bucket] ?? 0
            if seen >= rank { return Self.middle(of: bucket) }
        }
        return nil
    }

    static func bucket(of milliseconds: Int64) -> Int {
        guard milliseconds >= 1 else { return 0 }
        let exponent = 63 - milliseconds.leadingZeroBitCount
        guard exponent < 43 else { return bucketCount - 1 }
        let fraction = Int((milliseconds << 4) >> Int64(exponent)) & 15
        return 1 + exponent * bucketsPerDoubling + fraction
    }

    /// The middle of a bucket, in milliseconds.
    static func middle(of bucket: Int) -> Int64 {
        guard bucket > 0 else { return 0 }
        let exponent = Int64((bucket - 1) / bucketsPerDoubling)
        let fraction = Int64((bucket - 1) % bucketsPerDoubling)
        let lower = ((16 + fraction) << exponent) / 16
        let upper = ((17 + fraction) << exponent) / 16
        return lower + max(0, upper - lower - 1) / 2
    }
}

/// Durations as people read them.
enum DurationText {
    /// `8.2秒`, `12分30秒`, `2小时05分`.
    static func chinese(milliseconds: Int64) -> String {
        text(milliseconds, hour: "小时", minute: "分", second: "秒", gap: "")
    }

    /// `8.2 s`, `12 min 30 s`, `2 h 05 min`.
    static func english(milliseconds: Int64) -> String {
        text(milliseconds, hour: " h ", minute: " min ", second: " s", gap: " ")
    }

    private static func text(
        _ milliseconds: Int64, hour: String, minute: String, second: String, gap: String
    ) -> String {
        let value = max(0, milliseconds)
        let seconds = value / 1_000
        if seconds < 60 { return "\(seconds).\(value % 1_000 / 100)\(second)" }
        if seconds < 3_600 { return "\(seconds / 60)\(minute)\(two(seconds % 60))\(second)" }
        let minutes = two(seconds / 60 % 60)
        return "\(seconds / 3_600)\(hour)\(minutes)\(gap.isEmpty ? minute : " min")"
    }

    private static func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
