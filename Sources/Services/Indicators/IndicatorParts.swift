import Effects
import ServiceKit

/// The parts of one indicator: what is summed on the way up.
package struct IndicatorParts: Sendable, Equatable {
    package var numerator: Int64
    package var denominator: Int64
    /// The distribution behind a mean; empty for counts.
    package var histogram: DurationHistogram

    package init(numerator: Int64 = 0, denominator: Int64 = 0, histogram: DurationHistogram = DurationHistogram()) {
        self.numerator = numerator
        self.denominator = denominator
        self.histogram = histogram
    }

    package var isZero: Bool { self == IndicatorParts() }

    /// Adds another unit's or another fact's parts.
    ///
    /// - Throws: `indicators.overflow` where a sum leaves what a figure may be.
    package mutating func add(_ other: IndicatorParts) throws {
        numerator = try Self.sum(numerator, other.numerator)
        denominator = try Self.sum(denominator, other.denominator)
        histogram.merge(other.histogram)
    }

    /// Adds one more fact of this node's own; a part stops at what a figure may be.
    mutating func addFact(_ fact: IndicatorParts) {
        numerator = Self.bounded(numerator.addingSaturated(fact.numerator))
        denominator = Self.bounded(denominator.addingSaturated(fact.denominator))
        histogram.merge(fact.histogram)
    }

    /// Within what a figure may be.
    static func bounded(_ part: Int64) -> Int64 { min(max(part, -Limits.indicatorPart), Limits.indicatorPart) }

    private static func sum(_ left: Int64, _ right: Int64) throws -> Int64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        guard !overflow, sum.magnitude <= UInt64(Limits.indicatorPart) else {
            throw Failure(
                "indicators.overflow", "the sum of an indicator is larger than a figure may be",
                remedy: "find the unit whose part is impossible with `yilian indicator show`")
        }
        return sum
    }
}

extension IndicatorFigure {
    /// Makes of parts what a reader sees; the only place where anything is divided.
    init(_ definition: IndicatorDefinition, own: IndicatorParts, total: IndicatorParts) {
        indicator = definition.id
        chineseName = definition.chineseName
        englishName = definition.englishName
        chineseUnit = definition.chineseUnit
        englishUnit = definition.englishUnit
        numerator = total.numerator
        denominator = total.denominator
        ownNumerator = own.numerator
        ownDenominator = own.denominator
        p50Milliseconds = total.histogram.quantile(0.5)
        p90Milliseconds = total.histogram.quantile(0.9)
        switch definition.display {
        case .count:
            chineseText = "\(total.numerator)"
            englishText = chineseText
        case .parts:
            chineseText = "\(total.numerator)/\(total.denominator)"
            englishText = chineseText
        case .rate:
            // To a tenth of a percent; the parts stand beside it.
            let (permille, isTooLarge) = total.numerator.multipliedReportingOverflow(by: 1_000)
            guard total.denominator > 0, !isTooLarge else { break }
            let tenths = permille / total.denominator
            let sign = tenths < 0 ? "-" : ""
            chineseText =
                "\(sign)\(tenths.magnitude / 10).\(tenths.magnitude % 10)% (\(total.numerator)/\(total.denominator))"
            englishText = chineseText
        case .meanDuration:
            guard total.denominator > 0 else { break }
            let mean = total.numerator / total.denominator
            chineseText = DurationText.chinese(milliseconds: mean)
            englishText = DurationText.english(milliseconds: mean)
        }
    }
}
