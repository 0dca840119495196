package import Recognition
import Regions

/// Makes the cards that a match shows at order time.
///
/// A card prompts; nothing in it blocks the order. What the rules refuse makes no card, so that cards stay worth
/// reading; the whole match stands in the answer's extension.
package struct CDSCards: Sendable {
    package static let reasonSystem = "urn:yilian:repeat-reason"
    package static let topicSystem = "urn:yilian:topic"
    private static let summaryCharacters = 140

    private let rules: RecognitionRules
    private let baseURL: String
    /// The id of the order's resource behind an ordered code, such as `ServiceRequest/1`.
    private let resources: [String: String]

    package init(rules: RecognitionRules, baseURL: String, resources: [String: String]) {
        self.rules = rules
        self.baseURL = baseURL
        self.resources = resources
    }

    /// The answer where nothing is to be said: no card, and in the extension why.
    package static func nothing(_ notes: [BilingualText]) -> CDSHooks.Answer {
        CDSHooks.Answer(
            cards: [], extension: notes.isEmpty ? nil : CDSHooks.Extension(notes: notes.map(SentenceInfo.init)))
    }

    /// - Parameter notes: about drafts that were left out.
    package func answer(_ match: RecognitionMatch, notes: [BilingualText] = []) -> CDSHooks.Answer {
        var cards = match.items.flatMap { found in
            found.candidates.filter { $0.verdict != .not }.map { card($0, found.ordered, match) }
        }
        if !match.unreached.isEmpty {
            cards.append(
                CDSHooks.Card(
                    uuid: match.id + "|reach", summary: Self.cut(match.reach.chinese), detail: match.reach.english,
                    indicator: "info", source: source))
        }
        return CDSHooks.Answer(
            cards: cards,
            extension: CDSHooks.Extension(
                match: MatchInfo(match), notes: notes.isEmpty ? nil : notes.map(SentenceInfo.init)))
    }

    /// What a card's id says: match, item and version.
    package static func parts(ofCard uuid: String) -> (match: String, item: String, entry: String)? {
        let parts = uuid.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 3 ? (parts[0], parts[1], parts[2]) : nil
    }

    private var source: CDSHooks.Source {
        CDSHooks.Source(
            label: "医联 Yilian",
            topic: CDSHooks.Coding(
                code: "recognition", system: Self.topicSystem, display: "检查检验结果互认 mutual recognition"))
    }

    private func card(
        _ candidate: RecognitionCandidate, _ ordered: OrderedItem, _ match: RecognitionMatch
    ) -> CDSHooks.Card {
        let uuid = [match.id, ordered.item.code, candidate.summary.entry.description].joined(separator: "|")
        let day = candidate.reportTime?.chinaText.prefix(10) ?? "时间不明"
        let verdict = candidate.verdict == .recognised ? "可互认" : "由医师判断"
        let mark = candidate.mark.map { "【\($0)】" } ?? ""
        var card = CDSHooks.Card(
            uuid: uuid,
            summary: Self.cut("\(verdict)：\(mark)\(ordered.item.name)，\(candidate.issuerName)，\(day)"),
            detail: detail(candidate), indicator: candidate.verdict == .recognised ? "warning" : "info",
            source: source)
        if let resource = resources[ordered.code] {
            card.suggestions = [
                CDSHooks.Suggestion(
                    label: "互认该结果，不再开单 · recognise it", uuid: uuid + "|recognise",
                    isRecommended: candidate.verdict == .recognised,
                    actions: [
                        CDSHooks.Action(
                            type: "delete", description: "撤销\(ordered.item.name)的申请 · remove the order",
                            resourceId: resource)
                    ])
            ]
            card.selectionBehavior = "at-most-one"
        }
        card.overrideReasons = rules.reasons.map {
            CDSHooks.Coding(code: $0.code, system: Self.reasonSystem, display: $0.name)
        }
        card.links = [
            CDSHooks.Link(
                label: "调阅报告 · open the result",
                url: baseURL + "/DiagnosticReport/" + candidate.summary.fields.reportKey, type: "absolute")
        ]
        return card
    }

    private func detail(_ candidate: RecognitionCandidate) -> String {
        let text = candidate.text
        let steps = candidate.trail.map { step in
            let sign =
                switch step.outcome {
                case .passed: "✓"
                case .failed: "✗"
                case .doubt: "?"
                case .noted: "·"
                }
            return "- \(sign) \(step.text.chinese)"
        }
        return ([text.chinese, text.english, ""] + steps).joined(separator: "\n")
    }

    private static func cut(_ text: String) -> String {
        text.count <= summaryCharacters ? text : text.prefix(summaryCharacters - 1) + "…"
    }
}
