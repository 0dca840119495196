import Effects
import ServiceKit

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
