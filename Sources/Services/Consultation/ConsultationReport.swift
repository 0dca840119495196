import Effects

/// What an expert answers.
package struct ConsultationReportText: Sendable, Equatable {
    package var findings: String
    package var conclusion: String

    package init(findings: String, conclusion: String) {
        self.findings = findings
        self.conclusion = conclusion
    }

    /// - Throws: `consultation.emptyReport`, `consultation.tooLarge`.
    func check() throws {
        guard !findings.isEmpty || !conclusion.isEmpty else {
            throw Failure(
                "consultation.emptyReport", "a report needs findings or a conclusion", remedy: "write what you see")
        }
        guard [findings, conclusion].allSatisfy({ $0.utf8.count <= Limits.textFieldBytes }) else {
            throw Failure(
                "consultation.tooLarge", "findings and conclusion may have \(Limits.textFieldBytes) bytes each",
                remedy: "shorten the text")
        }
    }
}

/// A report as it is kept: the payload of a `reported` event.
package struct ConsultationReport: Sendable, Equatable {
    package var text: ConsultationReportText
    /// The expert's id in the roster, and the name under which the report is signed.
    package var expert: String
    package var expertName: String

    package init(text: ConsultationReportText, expert: String, expertName: String) {
        self.text = text
        self.expert = expert
        self.expertName = expertName
    }
}
