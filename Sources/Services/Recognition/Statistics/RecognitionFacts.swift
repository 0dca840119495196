import Effects
import Ledgers
import ServiceKit

/// What the entries of recognition count for in the region's indicators.
///
/// A decision that is changed takes back what it counted before: parts are summed, so the sum is right, at the time of
/// the change.
enum RecognitionFacts {
    static let all = [published, decided, opened, matched]

    /// Results published: one per result, counted at its first version.
    private static let published = FactRule(kind: .report, countsFor: [.resultsPublished]) { entry in
        guard try ReportFields(bytes: entry.fields).version == 1 else { return [] }
        return [IndicatorFact(.resultsPublished, time: entry.authorTime, numerator: 1, denominator: 1)]
    }

    /// The recognition rate in the order view (X02), and what was saved (X05, in fen).
    private static let decided = FactRule(
        kind: .recognitionDecision, countsFor: [.recognitionRate, .recognitionSavings]
    ) { entry in
        let fields = try DecisionFields(entry)
        var rate = parts(isRecognised: fields.isRecognised, isCounted: fields.isCounted)
        var saved = fields.isRecognised ? Int64(fields.price?.fen ?? 0) : 0
        if let former = fields.former {
            let before = parts(isRecognised: former.isRecognised, isCounted: former.isCounted)
            rate = (rate.0 - before.0, rate.1 - before.1)
            if former.isRecognised { saved -= Int64(fields.price?.fen ?? 0) }
        }
        return [
            IndicatorFact(.recognitionRate, time: entry.authorTime, numerator: rate.0, denominator: rate.1),
            IndicatorFact(.recognitionSavings, time: entry.authorTime, numerator: saved, denominator: 1),
        ]
    }

    private static func parts(isRecognised: Bool, isCounted: Bool) -> (Int64, Int64) {
        isCounted ? (isRecognised ? 1 : 0, 1) : (0, 0)
    }

    /// Retrievals (X03).
    private static let opened = FactRule(kind: .reportOpened, countsFor: [.resultsRetrieved]) { entry in
        [IndicatorFact(.resultsRetrieved, time: entry.authorTime, numerator: 1, denominator: 1)]
    }

    /// Match coverage (X09): items with a recognisable result ÷ items ordered.
    private static let matched = FactRule(kind: .orderMatched, countsFor: [.matchCoverage]) { entry in
        guard let message = try? PBRecognitionMatchFields(serializedBytes: entry.fields) else { return [] }
        let covered = message.items.count { PeerNumber.label($0.recognisable) > 0 }
        return [
            IndicatorFact(
                .matchCoverage, time: entry.authorTime, numerator: Int64(covered),
                denominator: Int64(message.items.count))
        ]
    }
}

extension IndicatorDefinition {
    fileprivate static let resultsPublished = IndicatorDefinition(
        id: "results-published", chineseName: "检查检验结果发布数", englishName: "results published", chineseUnit: "份",
        englishUnit: "reports", numerator: "reports published, each counted once, at its first version",
        denominator: "the same reports", display: .count)

    fileprivate static let resultsRetrieved = IndicatorDefinition(
        id: "results-retrieved", chineseName: "结果调阅数", englishName: "results retrieved", chineseUnit: "次",
        englishUnit: "openings", numerator: "openings of other institutions' results (X03)",
        denominator: "the same openings", display: .count)

    fileprivate static let recognitionRate = IndicatorDefinition(
        id: "recognition-rate-orders", chineseName: "互认率（按医嘱）", englishName: "recognition rate by orders",
        numerator: "decisions that recognised a result (X02)",
        denominator: "decisions that count, recognised and repeated", display: .rate)

    fileprivate static let recognitionSavings = IndicatorDefinition(
        id: "recognition-savings-fen", chineseName: "互认节约金额", englishName: "savings by recognition",
        chineseUnit: "分", englishUnit: "fen",
        numerator: "the catalogue's prices of recognised results at the moment of the decision, in fen (X05)",
        denominator: "decisions", display: .count)

    fileprivate static let matchCoverage = IndicatorDefinition(
        id: "recognition-match-coverage", chineseName: "可互认结果覆盖率", englishName: "match coverage",
        numerator: "ordered items for which a recognisable result existed (X09)",
        denominator: "items ordered", display: .rate)
}

/// A figure of the statistics as its parts: a numerator and a denominator, never a ratio.
package struct RecognitionFigure: Sendable, Equatable {
    package var numerator: Int
    package var denominator: Int

    package init(_ numerator: Int = 0, of denominator: Int = 0) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Computed where it is shown; `nil` for nothing to count.
    package var ratio: Double? { denominator == 0 ? nil : Double(numerator) / Double(denominator) }

    package static func + (left: RecognitionFigure, right: RecognitionFigure) -> RecognitionFigure {
        RecognitionFigure(
            left.numerator.addingSaturated(right.numerator), of: left.denominator.addingSaturated(right.denominator))
    }
}
