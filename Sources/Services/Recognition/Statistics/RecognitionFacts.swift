import Effects
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
    private static let published = FactRule(kind: .report, countsFor: ["results-published"]) { entry in
        guard try ReportFields(bytes: entry.fields).version == 1 else { return [] }
        return [IndicatorFact(indicator: "results-published", time: entry.authorTime, numerator: 1, denominator: 1)]
    }

    /// The recognition rate in the order view (X02), and what was saved (X05, in fen).
    private static let decided = FactRule(
        kind: .recognitionDecision, countsFor: ["recognition-rate-orders", "recognition-savings-fen"]
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
            IndicatorFact(
                indicator: "recognition-rate-orders", time: entry.authorTime, numerator: rate.0, denominator: rate.1),
            IndicatorFact(
                indicator: "recognition-savings-fen", time: entry.authorTime, numerator: saved, denominator: 1),
        ]
    }

    private static func parts(isRecognised: Bool, isCounted: Bool) -> (Int64, Int64) {
        isCounted ? (isRecognised ? 1 : 0, 1) : (0, 0)
    }

    /// Retrievals (X03).
    private static let opened = FactRule(kind: .reportOpened, countsFor: ["results-retrieved"]) { entry in
        [IndicatorFact(indicator: "results-retrieved", time: entry.authorTime, numerator: 1, denominator: 1)]
    }

    /// Match coverage (X09): items with a recognisable result ÷ items ordered.
    private static let matched = FactRule(kind: .orderMatched, countsFor: ["recognition-match-coverage"]) { entry in
        guard let message = try? PBRecognitionMatchFields(serializedBytes: entry.fields) else { return [] }
        let covered = message.items.count { PeerNumber.label($0.recognisable) > 0 }
        return [
            IndicatorFact(
                indicator: "recognition-match-coverage", time: entry.authorTime, numerator: Int64(covered),
                denominator: Int64(message.items.count))
        ]
    }
}
