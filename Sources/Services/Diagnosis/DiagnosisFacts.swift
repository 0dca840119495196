import Effects
import Ledgers
import ServiceKit
import WorkflowKit

/// What is counted of diagnoses: at the home that led them.
enum DiagnosisFacts {
    static let all = [reported, audited]

    private static let diagnoses = IndicatorDefinition(
        id: "diagnoses-reported", chineseName: "远程检查诊断报告数", englishName: "diagnoses reported to others",
        chineseUnit: "份", englishUnit: "reports",
        numerator: "first reports on what others examined, at the centre that led them",
        denominator: "the same reports", display: .count)

    private static let turnaround = IndicatorDefinition(
        id: "diagnosis-turnaround", chineseName: "远程检查诊断回报时长", englishName: "turnaround of diagnoses",
        chineseUnit: "时长", englishUnit: "duration", numerator: "milliseconds from request to first report, summed",
        denominator: "first reports", display: .meanDuration)

    private static let inTime = IndicatorDefinition(
        id: "diagnosis-in-time", chineseName: "远程检查诊断按时率", englishName: "diagnoses reported in time",
        numerator: "first reports within the time to claim, to report and to audit that was agreed",
        denominator: "first reports", display: .rate)

    private static let agreement = IndicatorDefinition(
        id: "diagnosis-audit-agreement", chineseName: "初审与终审符合率", englishName: "audits that agree with the draft",
        numerator: "audits that found no discrepancy, or a minor one", denominator: "audits", display: .rate)

    private static let reported = FactRule(kind: .diagnosisReported, countsFor: [diagnoses, turnaround, inTime]) {
        try first($0)
    }

    private static let audited = FactRule(
        kind: .diagnosisAudited, countsFor: [diagnoses, turnaround, inTime, agreement]
    ) { entry in
        let grade = try entry.payload.map { try CaseContent(wireBytes: $0)["discrepancy"] }
        let agrees = grade.map { grade in
            IndicatorFact(
                agreement, time: entry.authorTime, numerator: ["none", "minor"].contains(grade) ? 1 : 0,
                denominator: 1)
        }
        return try first(entry) + [agrees].compactMap { $0 }
    }

    private static func first(_ entry: Entry) throws -> [IndicatorFact] {
        let fields = try CaseFields<DiagnosisWorkflow>(bytes: entry.fields)
        guard fields.ordinal == 1 else { return [] }
        let milliseconds = max(0, entry.authorTime.milliseconds(since: fields.terms.madeTime))
        let terms = fields.terms
        let agreed = [terms.claimSeconds, terms.reportSeconds, terms.auditSeconds ?? 0]
        let seconds = agreed.reduce(Int64(0)) { $0 + Int64($1) }
        return [
            IndicatorFact(diagnoses, time: entry.authorTime, numerator: 1, denominator: 1),
            IndicatorFact(turnaround, time: entry.authorTime, numerator: milliseconds, denominator: 1),
            IndicatorFact(
                inTime, time: entry.authorTime, numerator: milliseconds <= seconds * 1_000 ? 1 : 0, denominator: 1),
        ]
    }
}
