import Effects
import Ledgers
package import ServiceKit

/// What is counted at the home, once per attempt that was reported: the diagnosis, and how long it took from the request.
enum ConsultationFacts {
    static let all = [reported]

    private static let diagnoses = IndicatorDefinition(
        id: "remote-diagnoses-reported", chineseName: "远程诊断报告数", englishName: "remote diagnoses reported",
        chineseUnit: "份", englishUnit: "reports",
        numerator: "remote diagnoses reported, at the unit whose dispatch desk led them (national monitor 2024, 2.2)",
        denominator: "the same diagnoses", display: .count)

    private static let turnaround = IndicatorDefinition(
        id: "turnaround", chineseName: "远程诊断回报时长", englishName: "turnaround of remote diagnoses",
        chineseUnit: "时长", englishUnit: "duration", numerator: "milliseconds from request to report, summed",
        denominator: "remote diagnoses reported", display: .meanDuration)

    private static let reported = FactRule(kind: .consultationReported, countsFor: [diagnoses, turnaround]) { entry in
        let fields = try ConsultationFields(bytes: entry.fields)
        guard fields.reportVersion == 1 else { return [] }
        let milliseconds = entry.authorTime.milliseconds(since: fields.terms.requestedTime)
        return [
            IndicatorFact(diagnoses, time: entry.authorTime, numerator: 1, denominator: 1),
            IndicatorFact(turnaround, time: entry.authorTime, numerator: max(0, milliseconds), denominator: 1),
        ]
    }
}

extension AccessStatement.Purpose {
    /// Somebody asks for a consultation about a patient, or is asked for one.
    package static let consultation = AccessStatement.Purpose(rawValue: "consultation")
}
