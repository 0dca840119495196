import Consultation
import EdgeKit
import FHIR

/// Writes a request as the ServiceRequest that it was made of.
struct ServiceRequestWriter: Sendable {
    let record: ConsultationRecord
    let content: ConsultationContent

    var json: JSONValue {
        var request = FHIROrderWriter.request(
            record, content, kinds: FHIRRequestMapper.kinds, isDone: record.isReported)
        if !content.reason.isEmpty { request["reasonCode"] = [["text": .string(content.reason)]] }
        if !content.clinicalSummary.isEmpty { request["note"] = [["text": .string(content.clinicalSummary)]] }
        return .object(request)
    }
}
