package import Consultation
import EdgeKit
import Effects
package import FHIR
package import ServiceKit

/// Writes a report as a DiagnosticReport for the hospital that asked, with its patient and the expert contained.
package struct FHIRReportWriter: Sendable {
    /// The system of the experts' numbers of reports.
    package static let reports = "urn:yilian:consultation:report"

    private let reported: ReportedConsultation

    package init(_ reported: ReportedConsultation) { self.reported = reported }

    /// The update that a FHIR server is asked for: later versions replace earlier ones.
    package var update: OutgoingContent.Update {
        let target = "DiagnosticReport?identifier=" + PercentCoding.encode(Self.reports + "|" + reported.number)
        return OutgoingContent.Update(target: target, body: JSONPrinter.bytes(.object(resource)))
    }

    package var resource: JSONObject {
        var report = JSONObject()
        report["resourceType"] = "DiagnosticReport"
        report["contained"] = .array([.object(patient), .object(expert)] + findings.map { .object($0) })
        report["identifier"] = [["system": .string(Self.reports), "value": .string(reported.number)]]
        if let order = OrderNumber(kept: reported.content.orderNumber) {
            report["basedOn"] = [["type": "ServiceRequest", "identifier": order.fhir]]
        }
        report["status"] = reported.isCorrected ? "corrected" : "final"
        report["code"] = [
            "coding": [["system": .string(FHIRRequestMapper.kinds), "code": .string(reported.kind)]]
        ]
        report["subject"] = ["reference": "#patient"]
        report["effectiveDateTime"] = .string(reported.requestedTime.chinaText)
        report["issued"] = .string(reported.report.time.chinaText)
        report["resultsInterpreter"] = [["reference": "#expert"]]
        if !findings.isEmpty { report["result"] = [["reference": "#findings"]] }
        let conclusion = reported.report.report.text.conclusion
        if !conclusion.isEmpty { report["conclusion"] = .string(conclusion) }
        return report
    }

    private var patient: JSONObject {
        var patient = FHIROrderWriter.patient(reported.content.patient)
        patient["id"] = "patient"
        return patient
    }

    private var expert: JSONObject {
        let report = reported.report.report
        var expert = JSONObject()
        expert["resourceType"] = "Practitioner"
        expert["id"] = "expert"
        expert["identifier"] = [["system": "urn:yilian:expert", "value": .string(report.expert)]]
        if !report.expertName.isEmpty { expert["name"] = [["text": .string(report.expertName)]] }
        return expert
    }

    /// What the expert sees, as an Observation: none where nothing is said.
    private var findings: [JSONObject] {
        let text = ReportPart.findings.text(of: reported.report.report)
        guard !text.isEmpty else { return [] }
        var observation = JSONObject()
        observation["resourceType"] = "Observation"
        observation["id"] = "findings"
        observation["status"] = reported.isCorrected ? "corrected" : "final"
        observation["code"] = [
            "coding": [
                [
                    "system": "http://loinc.org", "code": .string(ReportPart.findings.code),
                    "display": .string(ReportPart.findings.display),
                ]
            ]
        ]
        observation["subject"] = ["reference": "#patient"]
        observation["valueString"] = .string(text)
        return [observation]
    }
}
