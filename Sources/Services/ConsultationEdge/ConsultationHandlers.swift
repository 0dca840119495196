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
        let requests = ServiceRequestHandlers(service: service)
        try registry.add(.create("ServiceRequest") { try await requests.create($0) })
        try registry.add(.read("ServiceRequest") { try await requests.read($0) })
        try registry.add(
            EdgeRoute.search("ServiceRequest", [Self.identifier]) { try await requests.search($0, $1) })
        try registry.add(
            EdgeRoute(
                .fhir, "GET", "ServiceRequest/*/$report", name: "ServiceRequest report",
                capability: FHIRCapability("ServiceRequest", operation: report),
                handler: .system { try await requests.report($0) }))
        let tasks = TaskHandlers(service: service)
        try registry.add(.read("Task") { try await tasks.read($0) })
        try registry.add(
            EdgeRoute.search("Task", [Self.identifier, focus, businessStatus]) { try await tasks.search($0, $1) })
        try registry.add(.update("Task") { try await tasks.update($0) })
        try registry.add(
            EdgeRoute(
                .fhir, "PATCH", "Task/*", name: "patch Task", capability: FHIRCapability("Task", "patch"),
                handler: .system { try await tasks.patch($0) }))
    }

    private static let identifier = CapabilityStatement.SearchParameter(
        name: "identifier", type: "token", documentation: "the hospital's own number of the order")
    private static let focus = CapabilityStatement.SearchParameter(
        name: "focus", type: "reference", documentation: "the ServiceRequest")
    private static let businessStatus = CapabilityStatement.SearchParameter(
        name: "business-status", type: "token", documentation: "requested, opened, offered, claimed, reported …")
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
