package import Consultation
import EdgeKit
import HL7
package import ServiceKit

/// Writes a report as an ORU^R01 for the hospital that asked: its own order number, its patient, findings and conclusion.
package struct HL7ReportWriter: Sendable {
    private let reported: ReportedConsultation

    package init(_ reported: ReportedConsultation) { self.reported = reported }

    /// The message's text, CR behind each segment.
    package func text(_ header: OutgoingContent.Header) -> String {
        let segments: [[String]] = [
            OutgoingSegments.header(header, "ORU^R01^ORU_R01", unit: reported.unit),
            OutgoingSegments.patient(reported.content.patient),
            ["ORC", "RE", orderNumber, e(reported.number)], request,
        ]
        let lines = ReportPart.allCases.filter { isSaid($0) || wasSaid($0) }.enumerated().map { line($0 + 1, $1) }
        return OutgoingSegments.text(segments + lines)
    }

    private var orderNumber: String { OrderNumber(kept: reported.content.orderNumber)?.hl7 ?? "" }
    private var status: String { reported.isCorrected ? "C" : "F" }

    private var request: [String] {
        var fields = Array(repeating: "", count: 33)
        fields[0] = "OBR"
        fields[1] = "1"
        fields[2] = orderNumber
        fields[3] = e(reported.number)
        fields[4] = e(reported.kind) + "^^99YILIAN"
        fields[7] = OutgoingSegments.time(reported.requestedTime)
        fields[16] = e(reported.practitioner)
        fields[22] = OutgoingSegments.time(reported.report.time)
        fields[25] = status
        fields[32] = [reported.report.report.expert, reported.report.report.expertName].map(e).joined(separator: "&")
        return fields
    }

    private func isSaid(_ part: ReportPart) -> Bool { !part.text(of: reported.report.report).isEmpty }
    private func wasSaid(_ part: ReportPart) -> Bool { reported.earlier.contains { !part.text(of: $0).isEmpty } }

    /// A part of the report; one that an earlier version had and this one has not is deleted (D), or the receiver would
    /// keep the old text.
    private func line(_ number: Int, _ part: ReportPart) -> [String] {
        let (value, status) = isSaid(part) ? (e(part.text(of: reported.report.report)), status) : ("\"\"", "D")
        return [
            "OBX", "\(number)", "TX", "\(part.code)^\(part.display)^LN", "", value, "", "", "", "", "", status, "", "",
            OutgoingSegments.time(reported.report.time),
        ]
    }

    private func e(_ text: String) -> String { HL7Escape.escape(text) }
}
