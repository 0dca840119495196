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
    /// Blinds what the expert's node signed of the text.
    package var nonce: [UInt8]

    package init(text: ConsultationReportText, expert: String, expertName: String, nonce: [UInt8] = []) {
        self.text = text
        self.expert = expert
        self.expertName = expertName
        self.nonce = nonce
    }

    /// The report without what differs when the same is sent again.
    var said: ConsultationReport { ConsultationReport(text: text, expert: expert, expertName: expertName) }
}
