import Effects
package import ServiceKit
package import WorkflowKit

extension ConsultationWorkflow {
    /// What a requester writes.
    static let requestForm = CaseForm([
        .init("clinicalSummary", .text(limitBytes: Limits.textFieldBytes), "findings so far", "病情摘要"),
        .init("reason", .text(limitBytes: Limits.textFieldBytes), "what is asked", "会诊目的"),
    ])

    /// What an expert answers.
    static let reportForm = CaseForm(
        [
            .init("findings", .text(limitBytes: Limits.textFieldBytes), "findings", "所见"),
            .init("conclusion", .text(limitBytes: Limits.textFieldBytes), "conclusion", "结论"),
        ], needsAny: true)
}

/// What a requester tells the expert: the payload of a request, for those up to the city and the claimant.
extension CaseContent {
    package init(
        patient: PatientDemographics, clinicalSummary: String, reason: String,
        attachments: [ConsultationAttachment] = [], orderNumber: String = ""
    ) {
        self.init(
            patient: patient, values: ["clinicalSummary": clinicalSummary, "reason": reason], attachments: attachments,
            orderNumber: orderNumber)
    }

    package var clinicalSummary: String {
        get { self["clinicalSummary"] }
        set { self["clinicalSummary"] = newValue }
    }
    /// What is asked.
    package var reason: String {
        get { self["reason"] }
        set { self["reason"] = newValue }
    }
}

/// What an expert answers, in words.
package struct ConsultationReportText: Sendable, Equatable {
    package var findings: String
    package var conclusion: String

    package init(findings: String, conclusion: String) {
        self.findings = findings
        self.conclusion = conclusion
    }

    package var content: CaseContent { CaseContent(values: ["findings": findings, "conclusion": conclusion]) }
}

/// A report with the name under which it is signed.
package struct ConsultationReport: Sendable, Equatable {
    package var text: ConsultationReportText
    /// The expert's id in the roster.
    package var expert: String
    package var expertName: String

    package init(text: ConsultationReportText, expert: String, expertName: String) {
        self.text = text
        self.expert = expert
        self.expertName = expertName
    }

    init(_ content: CaseContent) {
        self.init(
            text: ConsultationReportText(findings: content["findings"], conclusion: content["conclusion"]),
            expert: content.actor, expertName: content.actorName)
    }
}
