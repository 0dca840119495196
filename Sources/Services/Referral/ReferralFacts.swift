import Effects
import Ledgers
import ServiceKit
import WorkflowKit

/// What is counted of referrals: at the node that decided, whatever its tier.
enum ReferralFacts {
    static let all = [offered, arrived, downTaken, closed, declined, downDeclined]

    private static let downRate = IndicatorDefinition(
        id: "referral-down-rate", chineseName: "双向转诊下转率", englishName: "patients referred back down",
        numerator: "patients whom a township or a care home took after they had been referred up",
        denominator: "patients who arrived where they were referred up to", display: .rate)

    private static let completion = IndicatorDefinition(
        id: "referral-completion", chineseName: "转诊闭环完成率", englishName: "referrals that came to their end",
        numerator: "referrals that were closed", denominator: "referrals that were offered for the first time",
        display: .rate)

    private static let loop = IndicatorDefinition(
        id: "referral-loop", chineseName: "转诊闭环时长", englishName: "time until a referral is closed",
        chineseUnit: "时长", englishUnit: "duration", numerator: "milliseconds from writing to closing, summed",
        denominator: "referrals that were closed", display: .meanDuration)

    /// Refusals by the codes of the form, in its order.
    private static let refusals: [(code: String, definition: IndicatorDefinition)] = [
        refusal("noBed", "no-bed", "无床位", "no bed"),
        refusal("notOurField", "not-our-field", "非本院诊疗范围", "not the hospital's field"),
        refusal("notNeeded", "not-needed", "无需转诊", "not needed"),
        refusal("elsewhere", "elsewhere", "宜转他处", "better elsewhere"),
        refusal("incomplete", "incomplete", "资料不全", "incomplete"),
        refusal("other", "other", "其他原因", "another reason"),
    ]

    private static func refusal(
        _ code: String, _ word: String, _ chinese: String, _ english: String
    ) -> (code: String, definition: IndicatorDefinition) {
        (
            code,
            IndicatorDefinition(
                id: "referral-refused-\(word)", chineseName: "转诊被拒：\(chinese)", englishName: "refused: \(english)",
                chineseUnit: "次", englishUnit: "refusals",
                numerator: "refusals of referrals, up or down, for this reason",
                denominator: "the same refusals", display: .count)
        )
    }

    private static let offered = FactRule(kind: .referralOffered, countsFor: [completion]) { entry in
        let fields = try CaseFields<ReferralWorkflow>(bytes: entry.fields)
        return fields.ordinal == 1
            ? [IndicatorFact(completion, time: entry.authorTime, numerator: 0, denominator: 1)] : []
    }

    private static let arrived = FactRule(kind: .referralArrived, countsFor: [downRate]) { entry in
        try isUp(entry) ? [IndicatorFact(downRate, time: entry.authorTime, numerator: 0, denominator: 1)] : []
    }

    private static let downTaken = FactRule(kind: .referralDownTaken, countsFor: [downRate]) { entry in
        try isUp(entry) ? [IndicatorFact(downRate, time: entry.authorTime, numerator: 1, denominator: 0)] : []
    }

    private static let closed = FactRule(kind: .referralClosed, countsFor: [completion, loop]) { entry in
        let fields = try CaseFields<ReferralWorkflow>(bytes: entry.fields)
        let milliseconds = entry.authorTime.milliseconds(since: fields.terms.madeTime)
        return [
            IndicatorFact(completion, time: entry.authorTime, numerator: 1, denominator: 0),
            IndicatorFact(loop, time: entry.authorTime, numerator: max(0, milliseconds), denominator: 1),
        ]
    }

    private static let declined = refusalRule(of: .referralDeclined)
    private static let downDeclined = refusalRule(of: .referralDownDeclined)

    private static func refusalRule(of kind: EntryKind) -> FactRule {
        FactRule(kind: kind, countsFor: refusals.map(\.definition)) { entry in
            let why = try entry.payload.map { try CaseContent(wireBytes: $0)["why"] }
            guard let refusal = refusals.first(where: { $0.code == why }) else { return [] }
            return [IndicatorFact(refusal.definition, time: entry.authorTime, numerator: 1, denominator: 1)]
        }
    }

    private static func isUp(_ entry: Entry) throws -> Bool {
        try CaseFields<ReferralWorkflow>(bytes: entry.fields).terms.direction == .up
    }
}
