import Consultation

extension ReportedConsultation {
    /// The number of the report: the same for all its versions, and no other report's, also where two homes took the
    /// request on and both reported.
    var number: String { "\(request).\(report.attempt).\(report.entry.author)" }
    var isCorrected: Bool { report.version > 1 }
}

/// Codes of the parts of a report.
enum ReportPart: CaseIterable {
    case findings
    case conclusion

    /// LOINC.
    var code: String {
        switch self {
        case .findings: "59776-5"
        case .conclusion: "55110-1"
        }
    }

    var display: String {
        switch self {
        case .findings: "Procedure findings"
        case .conclusion: "Conclusions"
        }
    }

    func text(of report: ConsultationReport) -> String {
        switch self {
        case .findings: report.text.findings
        case .conclusion: report.text.conclusion
        }
    }
}
