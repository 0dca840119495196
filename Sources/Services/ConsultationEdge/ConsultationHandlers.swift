import Consultation
package import EdgeKit
import Effects
import FHIR
import HL7
package import ServiceKit

/// What consultations answer to hospitals' systems: orders by ORM^O01 and ServiceRequest, and where a request stands by
/// Task.
package enum ConsultationHandlers: HospitalHandlers {
    package static func register(with registry: inout HandlerRegistry, of node: any ServiceDirectory) throws {
        let service = try node.service(ConsultationService.self)
        try registry.add(orders(service))
        let source = ConsultationSource(service: service)
        try registry.add(CaseHandlers(source))
        try registry.add(
            EdgeRoute(
                .fhir, "GET", "ServiceRequest/*/$report", name: "ServiceRequest report",
                capability: FHIRCapability("ServiceRequest", operation: report),
                handler: .system { try await source.report($0) }))
    }

    private static let report = CapabilityStatement.Operation(
        name: "report", definition: "urn:yilian:fhir:operation:report",
        documentation: "the report that answers the request, as a DiagnosticReport")

    /// Orders over HL7 v2.
    private static func orders(_ service: ConsultationService) -> HL7Handler {
        HL7Handler(HL7Trigger("ORM", "O01", "orders of remote diagnoses"), contentSegment: "OBX") { call in
            let mapping = HL7RequestMapper(unit: call.principal.institution, now: call.now).map(call.message)
            guard var draft = mapping.draft else { return .refused(mapping.problems) }
            draft.asking.system = call.principal.system
            if let failure = try await service.objection(to: draft), let problem = HL7Problem(failure) {
                return .refused([problem])
            }
            let suite = service.context.region.suite
            return .readable(recordCount: 1, warnings: mapping.warnings) { [draft] keeping in
                let created = try await service.create(draft) { created, transaction in
                    try MessageMemory.remember(
                        keeping.receipt, outcome: created.word, answer: keeping.answer([]), suite: suite,
                        in: transaction)
                }
                return HL7Taken([
                    TakenRecord(
                        word: created.word, entry: created.entry, key: created.id.description, version: 1,
                        location: "ServiceRequest/\(created.id)")
                ])
            }
        }
    }
}

extension CreatedConsultation {
    var word: String { isDuplicate ? "duplicate" : "accepted" }
}

extension HL7Problem {
    /// Where an order says what is refused, and the code of table 0357 for it; `nil` for what the edge judges by its class.
    fileprivate init?(_ failure: Failure) {
        let text = failure.message + (failure.remedy.map { "; " + $0 } ?? "")
        switch failure.code {
        case "consultation.orderNumberUsed": self.init(.duplicateKey, segment: "ORC", field: 2, text: text)
        case "consultation.unknownKind":
            self.init(.tableValueNotFound, segment: "OBR", field: 4, component: 1, text: text)
        case "consultation.noPatient": self.init(.requiredFieldMissing, segment: "PID", field: 3, text: text)
        case "consultation.tooLarge": self.init(.dataType, segment: "OBX", field: 5, text: text)
        default: return nil
        }
    }
}
