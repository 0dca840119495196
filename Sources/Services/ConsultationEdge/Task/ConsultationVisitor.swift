import Consultation
import EdgeKit
import Effects
import FHIR
import ServiceKit

/// What one hospital's system may see of requests: those of its own institution, and those that are offered to or had by
/// experts of this node.
struct ConsultationVisitor: Sendable {
    let service: ConsultationService
    let principal: Principal
    /// The experts of the institution.
    private let experts: Set<String>

    init(service: ConsultationService, principal: Principal) {
        self.service = service
        self.principal = principal
        experts = service.experts(of: principal.institution)
    }

    /// - Throws: `consultation.unknownRequest` also where the request is another institution's: nobody learns that it is
    ///   there.
    func record(_ text: String) async throws -> ConsultationRecord {
        let id = try ConsultationID(text)
        let record = try await service.show(id)
        guard isOwn(record) || isExpertsHere(record) else {
            throw Failure("consultation.unknownRequest", "this institution has no request \(id)")
        }
        return record
    }

    func isOwn(_ record: ConsultationRecord) -> Bool {
        record.requester == service.context.node && record.request?.fields.organizationUnit == principal.institution
    }

    /// Whether it is offered to an expert of the institution, or one of them has it.
    func isExpertsHere(_ record: ConsultationRecord) -> Bool {
        let node = service.context.node
        return record.attempts.contains { attempt in
            !experts.isDisjoint(with: attempt.offeredTo)
                || attempt.claimantNode == node && attempt.claimant.map(experts.contains) == true
        }
    }

    /// The request with its content; it stands in the audit ledger.
    ///
    /// Another institution's is opened for an expert of this one alone, also where both are at one node.
    func file(_ record: ConsultationRecord, _ ground: Asking) async throws -> ConsultationService.File {
        try await service.read(
            record.id, by: ground.practitioner, of: principal.institution, system: principal.system,
            isExpert: !isOwn(record))
    }

    /// The hospital's own number of the order, where the request is its own.
    func order(_ record: ConsultationRecord) async throws -> OrderNumber? {
        guard isOwn(record) else { return nil }
        return try await service.orderNumber(of: record.id, unit: principal.institution).flatMap(
            OrderNumber.init(kept:))
    }

    /// Those of its own requests that an order's number made, behind an id.
    func requests(
        of order: ConsultationService.OrderToken, after id: String, limit: Int
    ) async throws -> [ConsultationID] {
        try await service.requests(ofOrder: order, unit: principal.institution, after: id, limit: limit)
    }

    /// A request of which this node knows; `nil` where it knows of none.
    func known(_ id: ConsultationID) async throws -> ConsultationRecord? {
        do { return try await service.show(id) } catch let failure as Failure
            where failure.code == "consultation.unknownRequest"
        { return nil }
    }
}
