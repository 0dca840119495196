import Consultation
import EdgeKit
import Effects
import FHIR
import ServiceKit

/// Answers about ServiceRequests: makes a request of one, and gives it back to the institution that made it.
struct ServiceRequestHandlers: Sendable {
    let service: ConsultationService

    /// 201 for a new request, 200 for the same order again, 409 where the number was used for other content, 422 where the
    /// resource can be read and is no such order.
    func create(_ call: EdgeCall) async throws -> EdgeResponse {
        let resource = try await call.resource("ServiceRequest", limitBytes: Limits.serviceRequestBytes)
        let mapping = FHIRRequestMapper(unit: call.principal.institution, now: service.context.now).map(resource)
        guard var draft = mapping.draft else {
            return EdgeResponse(422, OperationOutcome(mapping.problems).answer(call.correlation))
        }
        draft.asking.system = call.principal.system
        let created = try await service.create(draft)
        let record = try await service.show(created.id)
        let headers = [
            "Location": "\(call.request.baseURL)/ServiceRequest/\(created.id)", "ETag": TaskWriter(record: record).tag,
        ]
        let words = created.isDuplicate ? "this order had made the request before" : "the request is made"
        let told = OperationOutcome.Issue(
            .informational, "\(words): ServiceRequest/\(created.id), Task/\(created.id)", severity: .information)
        return EdgeResponse(
            created.isDuplicate ? 200 : 201,
            OperationOutcome([told] + mapping.warnings).answer(call.correlation), headers: headers)
    }

    func read(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        let record = try await visitor.record(call.captured[0])
        let file = try await visitor.file(record, try call.ground())
        guard let content = file.content else { throw Self.notHere(record.id) }
        return EdgeResponse(
            200, ServiceRequestWriter(record: record, content: content).json,
            headers: ["ETag": TaskWriter(record: record).tag])
    }

    /// The institution's own requests of an order's number; each is opened, and stands in the audit ledger.
    func search(_ call: EdgeCall, _ query: FHIRQuery) async throws -> EdgeResponse {
        try SearchParameters.check(query, ["identifier"], call.request)
        let search = try RequestSearch(query)
        guard search.namesOrder else {
            throw FHIRRefusal(
                400, .required, "say which order: identifier=system|value", expression: "identifier")
        }
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        let ground = try call.ground()
        let page = try await search.page(for: visitor)
        var found: [(String, JSONValue)] = []
        for record in page.found.map(\.record) where visitor.isOwn(record) {
            guard let content = try await visitor.file(record, ground).content else { continue }
            found.append(
                ("ServiceRequest/\(record.id)", ServiceRequestWriter(record: record, content: content).json))
        }
        return SearchParameters.bundle(found, "ServiceRequest", query, next: page.next, call.request)
    }

    /// The newest report, as a DiagnosticReport; 404 as long as there is none.
    func report(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = ConsultationVisitor(service: service, principal: call.principal)
        let record = try await visitor.record(call.captured[0])
        let file = try await visitor.file(record, try call.ground())
        guard let content = file.content, let report = file.reports.last else { throw Self.notHere(record.id) }
        let unit = record.request?.fields.organizationUnit ?? ""
        let reported = ReportedConsultation(
            request: record.id, kind: record.terms.kind, requestedTime: record.terms.requestedTime, content: content,
            report: report, unit: unit, practitioner: content.statement?.statement.asking.practitioner ?? "")
        return EdgeResponse(200, .object(FHIRReportWriter(reported).resource))
    }

    private static func notHere(_ id: ConsultationID) -> Failure {
        Failure("consultation.notHere", "what is asked about request \(id) has not come to this node")
    }
}
