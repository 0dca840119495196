package import FHIR
package import Recognition

/// What a FHIR resource came to: reports to publish, or the reasons why it is refused.
///
/// A bundle is taken whole or not at all.
package struct FHIRReportMapping: Sendable {
    /// One for each DiagnosticReport, in their order; empty where the bundle is refused.
    package var submissions: [ReportSubmission]
    /// Why it is refused; empty where it is not.
    package var issues: [OperationOutcome.Issue]
    /// What was passed over or read with care.
    package var warnings: [OperationOutcome.Issue]
    /// `Bundle.identifier` or the resource's id, for looking up what became of it.
    package var messageID: String

    package var isAccepted: Bool { issues.isEmpty }
}
