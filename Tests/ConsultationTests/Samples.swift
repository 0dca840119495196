import Effects
import ServiceKit
import Testing

@testable import Consultation

/// A request about an invented patient whose name must stand in no header.
enum Samples {
    static let patientName = "测试患者王某某"
    static let patientNumber = "MR-774411"
    static let summary = "胸痛两小时，血压一百八"

    static func draft(orderNumber: String = "", reason: String = "请阅心电图") -> ConsultationDraft {
        ConsultationDraft(
            kind: "ecg-emergency",
            content: ConsultationContent(
                patient: PatientDemographics(
                    identifiers: [.init(type: "MR", authority: "hill-wsy", value: patientNumber)], name: patientName,
                    birthDate: "1961-02-03", sex: "M"),
                clinicalSummary: summary, reason: reason,
                attachments: [
                    ConsultationAttachment(
                        contentType: "application/pdf", title: "ECG", bytes: Array(repeating: 7, count: 2_000))
                ], orderNumber: orderNumber),
            asking: Asking(
                practitioner: "D-102", organizationUnit: "hill-wsy", purpose: .consultation,
                consent: "signed on paper"))
    }

    static let report = ConsultationReportText(findings: "V1–V4 导联 ST 段抬高", conclusion: "考虑急性前壁心肌梗死，请立即转诊")
    static let otherReport = ConsultationReportText(findings: "复阅：ST 段抬高", conclusion: "前间壁心肌梗死")
}

/// Runs `body` and gives the failure that it throws.
///
/// Not to be called inside `#expect(…)`: the compiler (6.3.1) then mixes up the closures of one function.
func failure(_ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> Failure? {
    do {
        try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
        return nil
    } catch let failure as Failure {
        return failure
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}
