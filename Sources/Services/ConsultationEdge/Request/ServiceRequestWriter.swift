import Consultation
import EdgeKit
import Effects
import FHIR

/// Writes a request as the ServiceRequest that it was made of, with its patient contained; documents stay where they are.
struct ServiceRequestWriter: Sendable {
    let record: ConsultationRecord
    let content: ConsultationContent

    var json: JSONValue {
        var request = JSONObject()
        request["resourceType"] = "ServiceRequest"
        request["id"] = .string(record.id.description)
        request["meta"] = ["versionId": .string("\(record.entryCount)")]
        var patient = FHIRConsultationPatient.resource(content.patient)
        patient["id"] = "patient"
        request["contained"] = [.object(patient)]
        if let order = OrderNumber(kept: content.orderNumber) {
            request["identifier"] = [FHIRReportWriter.identifier(order)]
        }
        request["status"] = record.isReported ? "completed" : "active"
        request["intent"] = "order"
        request["code"] = [
            "coding": [["system": .string(FHIRRequestMapper.kinds), "code": .string(record.terms.kind)]]
        ]
        request["subject"] = ["reference": "#patient"]
        request["authoredOn"] = .string(record.terms.requestedTime.chinaText)
        if let asking = content.statement?.statement.asking {
            request["requester"] = ["identifier": ["value": .string(asking.practitioner)]]
            if let consent = asking.consent {
                request["supportingInfo"] = [["type": "Consent", "identifier": ["value": .string(consent)]]]
            }
            if let reason = asking.breakGlassReason {
                request["extension"] = [
                    ["url": .string(FHIRRequestMapper.breakGlass), "valueString": .string(reason)]
                ]
            }
        }
        if !content.reason.isEmpty { request["reasonCode"] = [["text": .string(content.reason)]] }
        if !content.clinicalSummary.isEmpty { request["note"] = [["text": .string(content.clinicalSummary)]] }
        return .object(request)
    }
}
