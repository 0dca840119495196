/// What an indicator is: its names, what its parts mean, and how it is shown.
///
/// An indicator is computed as a numerator and a denominator that can be summed; a ratio or a mean is made of them for
/// the reader's eye only (domain rule: roll up by summing parts, never by averaging percentages).
package struct IndicatorDefinition: Sendable, Equatable {
    /// What a reader is shown of the parts.
    package enum Display: String, Sendable {
        /// The numerator.
        case count
        /// Numerator over denominator, a duration in milliseconds; a histogram goes along for p50 and p90.
        case meanDuration
        /// Numerator over denominator as a percentage, with both.
        case rate
        /// Numerator and denominator side by side: an indicator that this release does not know.
        case parts
    }

    /// The same in every release, for example `results-published`.
    package var id: String
    package var chineseName: String
    package var englishName: String
    package var chineseUnit: String
    package var englishUnit: String
    package var numerator: String
    package var denominator: String
    package var display: Display

    package static let resultsPublished = IndicatorDefinition(
        id: "results-published", chineseName: "检查检验结果发布数", englishName: "results published", chineseUnit: "份",
        englishUnit: "reports", numerator: "reports published, each counted once, at its first version",
        denominator: "the same reports", display: .count)

    package static let remoteDiagnosesReported = IndicatorDefinition(
        id: "remote-diagnoses-reported", chineseName: "远程诊断报告数", englishName: "remote diagnoses reported",
        chineseUnit: "份", englishUnit: "reports",
        numerator: "remote diagnoses reported, at the unit whose dispatch desk led them (national monitor 2024, 2.2)",
        denominator: "the same diagnoses", display: .count)

    package static let turnaround = IndicatorDefinition(
        id: "turnaround", chineseName: "远程诊断回报时长", englishName: "turnaround of remote diagnoses",
        chineseUnit: "时长", englishUnit: "duration", numerator: "milliseconds from request to report, summed",
        denominator: "remote diagnoses reported", display: .meanDuration)

    package static let resultsRetrieved = IndicatorDefinition(
        id: "results-retrieved", chineseName: "结果调阅数", englishName: "results retrieved", chineseUnit: "次",
        englishUnit: "openings", numerator: "openings of other institutions' results (X03)",
        denominator: "the same openings", display: .count)

    package static let recognitionRate = IndicatorDefinition(
        id: "recognition-rate-orders", chineseName: "互认率（按医嘱）", englishName: "recognition rate by orders",
        chineseUnit: "", englishUnit: "", numerator: "decisions that recognised a result (X02)",
        denominator: "decisions that count, recognised and repeated", display: .rate)

    package static let recognitionSavings = IndicatorDefinition(
        id: "recognition-savings-fen", chineseName: "互认节约金额", englishName: "savings by recognition",
        chineseUnit: "分", englishUnit: "fen",
        numerator: "the catalogue's prices of recognised results at the moment of the decision, in fen (X05)",
        denominator: "decisions", display: .count)

    package static let matchCoverage = IndicatorDefinition(
        id: "recognition-match-coverage", chineseName: "可互认结果覆盖率", englishName: "match coverage", chineseUnit: "",
        englishUnit: "", numerator: "ordered items for which a recognisable result existed (X09)",
        denominator: "items ordered", display: .rate)

    /// What this release computes from its own entries: exactly what services declare that they count for.
    package static let computed = [
        resultsPublished, remoteDiagnosesReported, turnaround, resultsRetrieved, recognitionRate, recognitionSavings,
        matchCoverage,
    ]

    /// What readers of a region are shown: the region's choice with its names, everything computed where it chose none.
    package static func shown(_ choices: [IndicatorChoice]) -> [IndicatorDefinition] {
        guard !choices.isEmpty else { return computed }
        return choices.map { choice in
            var definition = computed.first { $0.id == choice.id } ?? unknown(choice.id)
            if !choice.name.isEmpty { definition.chineseName = choice.name }
            return definition
        }
    }

    static func unknown(_ id: String) -> IndicatorDefinition {
        IndicatorDefinition(
            id: id, chineseName: id, englishName: id, chineseUnit: "", englishUnit: "", numerator: "", denominator: "",
            display: .parts)
    }
}
