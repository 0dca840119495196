import Effects
import Testing

@testable import Indicators

struct DurationHistogramTests {
    private func histogram(_ random: SeededRandom, count: Int) -> DurationHistogram {
        var histogram = DurationHistogram()
        for _ in 0..<count { histogram.add(milliseconds: Int64(random.number(below: 1 << random.number(below: 40)))) }
        return histogram
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func mergingIsAssociativeAndCommutativeAndLosesNothing(seed: UInt64) {
        let random = SeededRandom(seed: seed)
        let (a, b, c) = (histogram(random, count: 50), histogram(random, count: 7), histogram(random, count: 200))
        var ab = a
        ab.merge(b)
        var ba = b
        ba.merge(a)
        var left = ab
        left.merge(c)
        var bc = b
        bc.merge(c)
        var right = a
        right.merge(bc)
        #expect(ab == ba)
        #expect(left == right)
        #expect(left.count == 257)
    }

    @Test func everyDurationLiesWithinThreePercentOfItsBucketsMiddle() {
        let random = SeededRandom(seed: 3)
        for _ in 0..<10_000 {
            let value = Int64(random.number(below: 1 << (1 + random.number(below: 42))))
            let middle = DurationHistogram.middle(of: DurationHistogram.bucket(of: value))
            #expect(abs(middle - value) * 32 <= value + 32)
        }
    }

    @Test func bucketsRiseWithTheDurationAndNoneIsOutside() {
        var last = 0
        for exponent in 0..<63 {
            for step in 0..<64 as Range<Int64> {
                let value = (Int64(1) << Int64(exponent)) / 64 * step + (Int64(1) << Int64(exponent))
                let bucket = DurationHistogram.bucket(of: value)
                #expect(bucket >= last)
                last = bucket
            }
        }
        #expect(DurationHistogram.bucket(of: .max) == DurationHistogram.bucketCount - 1)
        #expect(DurationHistogram.bucket(of: .min) == 0)
    }

    @Test func quantilesAreThoseOfTheDurationsThatWereAdded() throws {
        var histogram = DurationHistogram()
        #expect(histogram.quantile(0.5) == nil)
        for minutes in 1...100 as ClosedRange<Int64> { histogram.add(milliseconds: minutes * 60_000) }
        let p50 = try #require(histogram.quantile(0.5))
        let p90 = try #require(histogram.quantile(0.9))
        #expect(abs(p50 - 50 * 60_000) < 2 * 60_000)
        #expect(abs(p90 - 90 * 60_000) < 3 * 60_000)
        #expect(histogram.quantile(7) == histogram.quantile(1))
        #expect(histogram.quantile(-1) == histogram.quantile(0))
    }

    @Test func countsOfAnImpossibleSizeAreRefusedAndNeverTrap() throws {
        #expect(throws: Failure.self) { try DurationHistogram(counts: [DurationHistogram.bucketCount: 1]) }
        #expect(throws: Failure.self) { try DurationHistogram(counts: [0: 0]) }
        #expect(throws: Failure.self) { try DurationHistogram(counts: [0: .max]) }
        var full = try DurationHistogram(
            counts: Dictionary(
                uniqueKeysWithValues: (0..<DurationHistogram.bucketCount).map { ($0, Limits.indicatorPart) }))
        let other = full
        for _ in 0..<100 { full.merge(other) }
        full.add(milliseconds: 5, times: .max)
        #expect(full.quantile(0.9) != nil)
    }
}
