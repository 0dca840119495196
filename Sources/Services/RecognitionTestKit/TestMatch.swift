import Ledgers
import Recognition
import Regions
public import YilianTestKit

/// Which existing results of a person might spare what is ordered, and why.
public struct TestMatch: Sendable {
    /// One item that is ordered, with the results that there are.
    public struct Item: Sendable {
        /// The code as it was ordered; a panel's stands at each of its items.
        public let ordered: String
        /// The catalogue's code.
        public let item: String
        /// The catalogue's Chinese name.
        public let name: String
        /// The best first.
        public let candidates: [Candidate]
    }

    /// An existing result with what speaks for and against it.
    public struct Candidate: Sendable {
        /// The entry of the version that is offered; a decision names it.
        public let entry: String
        /// `recognised`, `discretion` or another word of the policy.
        public let verdict: String
        /// What the doctor reads first, in English and in Chinese.
        public let sentence: (english: String, chinese: String)
        /// Every rule that was applied, with how it came out: `("window", "passed")`.
        public let rules: [(rule: String, outcome: String)]
        let match: String
        let item: String
    }

    /// What a decision speaks of.
    public let id: String
    /// What was ordered, item by item.
    public let items: [Item]
    /// Codes that neither the unit's own list nor the catalogue knows.
    public let unknown: [String]
    /// The nodes that could not be asked, or refused.
    public let unreached: [String]
    /// Whether more results exist than were looked at.
    public let isTruncated: Bool

    init(_ match: RecognitionMatch) {
        id = match.id
        items = match.items.map { found in
            Item(
                ordered: found.ordered.code, item: found.ordered.item.code, name: found.ordered.item.name,
                candidates: found.candidates.map { Candidate($0, of: match.id, item: found.ordered.item.code) })
        }
        unknown = match.unknown.map(\.code)
        unreached = match.unreached.map(\.node.rawValue)
        isTruncated = match.isTruncated
    }
}

extension TestMatch.Candidate {
    init(_ candidate: RecognitionCandidate, of match: String, item: String) {
        self.init(
            entry: candidate.summary.entry.description, verdict: candidate.verdict.rawValue,
            sentence: (candidate.text.english, candidate.text.chinese),
            rules: candidate.trail.map { ($0.rule.rawValue, $0.outcome.rawValue) }, match: match, item: item)
    }
}

/// What became of a doctor's decision.
public struct TestDecision: Hashable, Sendable {
    /// The same for the same unit, patient, order and item.
    public let id: String
    /// The entry that was written, as a trace names it.
    public let entry: String
    /// 1; 2 where an earlier decision was changed.
    public let number: Int
    /// Whether the same had been decided before and nothing was written.
    public let isRepetition: Bool
}

extension TestNode {
    /// Asks which existing results might spare what is ordered for a person.
    ///
    /// - Parameters:
    ///   - codes: the region's, the unit's own, or LOINC; items or panels.
    ///   - order: the hospital's number of the order.
    public func match(
        _ codes: String..., for patient: TestPatient, order: String? = nil, by inquirer: TestInquirer = TestInquirer()
    ) async throws -> TestMatch {
        try await TestFailure.translating {
            let order = MatchOrder(
                number: order, unit: try OrgUnitID(id),
                codes: codes.map { MatchOrder.Code(code: $0) })
            return TestMatch(
                try await node.service(RecognitionService.self).match(
                    order, inquirer.asking, about: [patient.key]))
        }
    }

    /// Writes down that a candidate is recognised or, with a reason, that its examination is repeated.
    ///
    /// - Parameters:
    ///   - reason: a code of the region's table of reasons for repeating.
    ///   - text: words, for a reason that needs them.
    @discardableResult
    public func decide(
        _ candidate: TestMatch.Candidate, repeatingFor reason: String? = nil, text: String? = nil,
        by practitioner: String = "doctor"
    ) async throws -> TestDecision {
        try await TestFailure.translating {
            let request = DecisionRequest(
                match: candidate.match, item: candidate.item, entry: try EntryID(candidate.entry), reason: reason,
                text: text, practitioner: practitioner)
            let receipt = try await node.service(RecognitionService.self).decide(request)
            return TestDecision(
                id: receipt.decision, entry: receipt.entry.description, number: receipt.number,
                isRepetition: receipt.isRepetition)
        }
    }
}
