import ConsoleKit
import Effects
import RecognitionEdge
import ServiceKit

/// A match as the session keeps it for the page of its cards, so that looking at the page again is no new match.
///
/// What one result holds of the order is one card, as far as the rules say the same of it: a blood count is one sheet of
/// paper and one decision, not twenty-two.
struct KeptMatch: Codable, Equatable {
    struct Card: Codable, Equatable {
        struct Line: Codable, Equatable {
            var item: String
            var name: SentenceInfo
            var validUntil: String?
        }

        struct Reason: Codable, Equatable {
            var outcome: String
            var text: SentenceInfo
        }

        /// What was decided about it from this page.
        struct Decision: Codable, Equatable {
            var outcome: String
            var at: String
            /// 2 where it was changed; then it stands.
            var number: Int
        }

        var entry: String
        var verdict: String
        var text: SentenceInfo
        var service: String
        var issuerName: String
        var reportTime: String?
        var version: Int
        var mark: String?
        var certificate: String?
        var lines: [Line]
        var reasons: [Reason]
        var decision: Decision?
    }

    var match: String
    var madeAt: String
    var cards: [Card]
    /// What nobody has a result of.
    var missing: [SentenceInfo]
    /// What stands in no catalogue.
    var unknown: [String]
    var reach: SentenceInfo
    var isReachWhole: Bool
    /// There is more than is kept.
    var isShortened: Bool

    init(_ match: MatchInfo) {
        self.match = match.match
        madeAt = match.madeAt
        reach = match.reach
        isReachWhole = match.unreached.isEmpty
        isShortened = match.isTruncated
        unknown = match.unknown.map(\.code)
        missing = match.items.filter(\.candidates.isEmpty).map { SentenceInfo(zh: $0.name, en: $0.englishName) }
        cards = []
        for item in match.items {
            for candidate in item.candidates { add(candidate, of: item) }
        }
        // What can be done first; in that, the order of the items.
        let ranks = ["recognised": 0, "discretion": 1]
        cards = cards.enumerated().sorted {
            (ranks[$0.element.verdict] ?? 2, $0.offset) < (ranks[$1.element.verdict] ?? 2, $1.offset)
        }.map(\.element)
    }

    private mutating func add(_ candidate: CandidateInfo, of item: MatchInfo.ItemInfo) {
        let line = Card.Line(
            item: item.item, name: SentenceInfo(zh: item.name, en: item.englishName), validUntil: candidate.validUntil)
        let reasons = candidate.trail.map { Card.Reason(outcome: $0.outcome, text: $0.text) }
        let place = cards.firstIndex {
            $0.entry == candidate.entry && $0.verdict == candidate.verdict && $0.mark == candidate.mark
                && $0.certificate == candidate.certificate
        }
        guard let place else {
            cards.append(
                Card(
                    entry: candidate.entry, verdict: candidate.verdict, text: candidate.text,
                    service: candidate.service, issuerName: candidate.issuerName, reportTime: candidate.reportTime,
                    version: candidate.version, mark: candidate.mark, certificate: candidate.certificate,
                    lines: [line], reasons: reasons))
            return
        }
        let known = cards[place].reasons
        cards[place].lines.append(line)
        cards[place].reasons += reasons.filter { !known.contains($0) }
    }

    // MARK: In the session

    private static let name = "match"
    /// What a session keeps is bounded; the person and a notice need their part of it.
    static let limitBytes = 40_000

    /// The text that is kept: what holds goes first where it is too long, then the cards that come last.
    func text(limitBytes: Int = KeptMatch.limitBytes) throws -> String {
        var kept = self
        var text = try OperatorJSON.text(kept)
        if text.utf8.count > limitBytes {
            for place in kept.cards.indices { kept.cards[place].reasons.removeAll { $0.outcome == "passed" } }
            text = try OperatorJSON.text(kept)
        }
        while text.utf8.count > limitBytes, !kept.cards.isEmpty {
            kept.cards.removeLast()
            kept.isShortened = true
            text = try OperatorJSON.text(kept)
        }
        return text
    }

    func keep(of person: AskedPerson, _ visit: PageVisit) throws {
        try visit.memory.keep(person.key(Self.name), try text())
    }

    /// What is kept of a person who was asked for; nil where nothing is, or where it is older than an access statement
    /// may be.
    static func standing(of person: AskedPerson, _ visit: PageVisit) throws -> KeptMatch? {
        guard let text = visit.memory[person.key(name)] else { return nil }
        let kept = try OperatorJSON.value(KeptMatch.self, from: Array(text.utf8), place: nil)
        let made = try WallTime(text: kept.madeAt)
        return visit.now.milliseconds(since: made) <= AccessStatement.validMilliseconds ? kept : nil
    }
}
