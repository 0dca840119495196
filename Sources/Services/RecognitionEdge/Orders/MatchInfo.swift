import Effects
package import Recognition
import Regions

/// A match as hospitals' systems and operators read it: JSON with stable names.
///
/// Times are ISO 8601 in China Standard Time; nothing of the person stands in it but what the candidates' headers say.
package struct MatchInfo: Codable, Sendable, Equatable {
    package var match: String
    package var unit: String
    package var madeAt: String
    package var milliseconds: Int64
    package var items: [ItemInfo]
    /// Codes that neither the institution's mapping nor the catalogue knows.
    package var unknown: [CodeInfo]
    package var reach: SentenceInfo
    package var asked: [String]
    package var unreached: [UnreachedInfo]
    package var isTruncated: Bool

    package struct CodeInfo: Codable, Sendable, Equatable {
        package var system: String
        package var code: String
    }

    package struct UnreachedInfo: Codable, Sendable, Equatable {
        package var node: String
        package var reason: String
        package var since: String?
    }

    package struct ItemInfo: Codable, Sendable, Equatable {
        /// As it was ordered.
        package var ordered: String
        package var item: String
        package var name: String
        package var englishName: String
        package var examinationClass: String
        package var candidates: [CandidateInfo]
    }

    package init(_ match: RecognitionMatch) {
        self.match = match.id
        unit = match.receiver.id.rawValue
        madeAt = match.madeAt.chinaText
        milliseconds = match.milliseconds
        items = match.items.map { found in
            ItemInfo(
                ordered: found.ordered.code, item: found.ordered.item.code, name: found.ordered.item.name,
                englishName: found.ordered.item.englishName,
                examinationClass: found.ordered.item.examinationClass.rawValue,
                candidates: found.candidates.map(CandidateInfo.init))
        }
        unknown = match.unknown.map { CodeInfo(system: $0.system, code: $0.code) }
        reach = SentenceInfo(match.reach)
        asked = match.asked.map(\.rawValue)
        unreached = match.unreached.map {
            UnreachedInfo(node: $0.node.rawValue, reason: $0.reason, since: $0.since?.chinaText)
        }
        isTruncated = match.isTruncated
    }
}

/// One sentence in both languages.
package struct SentenceInfo: Codable, Sendable, Equatable {
    package var zh: String
    package var en: String

    package init(_ text: BilingualText) {
        zh = text.chinese
        en = text.english
    }

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// An existing result with the reasons for and against.
package struct CandidateInfo: Codable, Sendable, Equatable {
    /// What opens it, and what a decision names.
    package var entry: String
    /// The result's id in the FHIR interface.
    package var report: String
    package var version: Int
    package var verdict: String
    package var text: SentenceInfo
    package var issuer: String
    package var issuerName: String
    package var service: String
    /// None where the report says no time that can be read.
    package var reportTime: String?
    package var validUntil: String?
    package var mark: String?
    package var certificate: String?
    package var trail: [StepInfo]

    package struct StepInfo: Codable, Sendable, Equatable {
        package var rule: String
        package var outcome: String
        package var input: String
        package var text: SentenceInfo
    }

    package init(_ candidate: RecognitionCandidate) {
        entry = candidate.summary.entry.description
        report = candidate.summary.fields.reportKey
        version = candidate.summary.fields.version
        verdict = candidate.verdict.rawValue
        text = SentenceInfo(candidate.text)
        issuer = candidate.issuer?.id.rawValue ?? candidate.summary.fields.institution
        issuerName = candidate.issuerName
        service = candidate.summary.fields.service.display
        reportTime = candidate.reportTime?.chinaText
        validUntil = candidate.validUntil?.chinaText
        mark = candidate.mark
        certificate = candidate.certificate
        trail = candidate.trail.map {
            StepInfo(
                rule: $0.rule.rawValue, outcome: $0.outcome.rawValue, input: $0.input, text: SentenceInfo($0.text))
        }
    }
}
