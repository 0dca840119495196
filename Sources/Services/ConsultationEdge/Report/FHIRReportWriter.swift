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
            report["basedOn"] = [["type": "ServiceRequest", "identifier": Self.identifier(order)]]
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

    static func identifier(_ number: OrderNumber) -> JSONValue {
        var identifier = JSONObject()
        identifier["type"] = [
            "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "PLAC"]]
        ]
        if !number.system.isEmpty { identifier["system"] = .string(number.system) }
        identifier["value"] = .string(number.value)
        return .object(identifier)
    }

    private var patient: JSONObject {
        var patient = FHIRConsultationPatient.resource(reported.content.patient)
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

/// The patient of a request as a FHIR Patient.
enum FHIRConsultationPatient {
    static func resource(_ person: PatientDemographics) -> JSONObject {
        var patient = JSONObject()
        patient["resourceType"] = "Patient"
        patient["identifier"] = .array(
            person.identifiers.map { identifier in
                var item = JSONObject()
                let type = identifier.type == PatientIdentifier.citizenIDType ? "NI" : identifier.type
                item["type"] = [
                    "coding": [["system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": .string(type)]]
                ]
                if !identifier.authority.isEmpty { item["system"] = .string(system(identifier.authority)) }
                item["value"] = .string(identifier.value)
                return .object(item)
            })
        if let name = person.name { patient["name"] = [["text": .string(name)]] }
        switch person.sex {
        case "M": patient["gender"] = "male"
        case "F": patient["gender"] = "female"
        case "O": patient["gender"] = "other"
        case "U": patient["gender"] = "unknown"
        default: break
        }
        if let date = person.birthDate { patient["birthDate"] = .string(date) }
        return patient
    }

    /// An OID as FHIR writes it; everything else as it is.
    private static func system(_ authority: String) -> String {
        let isOID = authority.contains(".") && authority.allSatisfy { $0.isNumber || $0 == "." }
        return isOID ? "urn:oid:" + authority : authority
    }
}
