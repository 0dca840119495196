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

    func isExpertsHere(_ record: ConsultationRecord) -> Bool {
        let node = service.context.node
        let here = Set(
            service.context.region.current.rosters.flatMap(\.experts).filter { $0.node == node }.map(\.id))
        return record.attempts.contains { attempt in
            attempt.claimantNode == node || !here.isDisjoint(with: attempt.offeredTo)
        }
    }

    /// The request with its content; it stands in the audit ledger.
    ///
    /// Another institution's is opened for its expert alone, also where both are at one node.
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

    /// Those of its own requests that an order's number made.
    func records(ofOrder token: String) async throws -> [ConsultationRecord] {
        let parts = token.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let number = parts.count > 1 && !parts[0].isEmpty ? parts[1] + "^" + parts[0] : parts.last ?? ""
        guard !number.isEmpty, number.utf8.count <= OrderNumber.limitBytes else {
            throw FHIRRefusal(400, .value, "write the number as system|value or value", expression: "identifier")
        }
        var records: [ConsultationRecord] = []
        for id in try await service.requests(ofOrder: number, unit: principal.institution) {
            records.append(try await service.show(id))
        }
        return records
    }
}
