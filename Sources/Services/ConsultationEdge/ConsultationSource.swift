import Consultation
import EdgeKit
import Effects
import FHIR
import Regions
import ServiceKit
import WorkflowKit

/// Requests as ServiceRequest and Task, for the hospital that asks and for the experts'.
struct ConsultationSource: CaseSource {
    static let kinds = FHIRRequestMapper.kinds
    static let states = "urn:yilian:consultation:state"
    static let experts = "urn:yilian:expert"
    static let changing = TaskChange.changing

    let service: ConsultationService
    var book: CaseBook<ConsultationWorkflow> { service.book }

    func isKind(_ code: String) -> Bool { service.context.region.current.serviceLevel(code) != nil }

    /// FHIR's word for a state.
    static func status(_ state: ConsultationState) -> String {
        switch state {
        case .requested: "requested"
        case .opened: "received"
        case .offered: "ready"
        case .claimed: "in-progress"
        case .reported, .acknowledged: "completed"
        case .escalated, .withdrawn: "on-hold"
        }
    }

    /// The institution's own requests, and those that are offered to or had by its experts at this node.
    func visitor(_ principal: Principal) -> CaseVisitor<ConsultationWorkflow> {
        let (node, experts) = (service.context.node, service.experts.experts(of: principal.institution))
        return CaseVisitor(book: book, principal: principal) { record in
            record.attempts.contains { attempt in
                !experts.isDisjoint(with: attempt.offeredTo)
                    || attempt.claimantNode == node && attempt.claimant.map(experts.contains) == true
            }
        }
    }

    func make(_ resource: FHIRResource, _ call: EdgeCall) async throws -> CaseMaking<ConsultationWorkflow> {
        let mapping = FHIRRequestMapper(unit: call.principal.institution, now: service.context.now).map(resource)
        guard var draft = mapping.draft else { return .refused(mapping.problems) }
        draft.asking.system = call.principal.system
        return .made(try await service.create(draft), warnings: mapping.warnings)
    }

    func resource(
        _ record: ConsultationRecord, _ call: EdgeCall, _ visitor: CaseVisitor<ConsultationWorkflow>
    ) async throws -> JSONValue? {
        try await file(record, call, visitor).content.map { ServiceRequestWriter(record: record, content: $0).json }
    }

    /// The request with its content; it stands in the audit ledger.
    ///
    /// Another institution's is opened for an expert of this one alone, also where both are at one node.
    private func file(
        _ record: ConsultationRecord, _ call: EdgeCall, _ visitor: CaseVisitor<ConsultationWorkflow>
    ) async throws -> ConsultationService.File {
        try await service.read(
            record.id, by: try call.ground().practitioner, of: call.principal.institution,
            system: call.principal.system, isExpert: !visitor.isOwn(record))
    }

    /// The newest report, as a DiagnosticReport; 404 as long as there is none.
    func report(_ call: EdgeCall) async throws -> EdgeResponse {
        let visitor = visitor(call.principal)
        let record = try await visitor.record(call.captured[0])
        let file = try await file(record, call, visitor)
        guard let content = file.content, let report = file.reports.last else {
            throw ConsultationWorkflow.table.failure(
                .notHere, "what is asked about request \(record.id) has not come to this node")
        }
        let unit = record.request?.fields.organizationUnit ?? ""
        let reported = ReportedConsultation(
            request: record.id, kind: record.terms.kind, requestedTime: record.terms.requestedTime, content: content,
            report: report, unit: unit, practitioner: content.statement?.statement.asking.practitioner ?? "")
        return EdgeResponse(200, .object(FHIRReportWriter(reported).resource))
    }

    /// The expert who has claimed it.
    func holder(_ record: ConsultationRecord, _ receipt: ConsultationReceipt?) -> CaseHolder? {
        if let attempt = record.attempts.last(where: { $0.claimant != nil }), let claimant = attempt.claimant {
            return CaseHolder(
                system: Self.experts, value: claimant, node: attempt.claimantNode?.rawValue ?? "",
                since: attempt.claimedTime)
        }
        guard let receipt, receipt.state == .claimed else { return nil }
        return CaseHolder(system: Self.experts, value: receipt.actor, node: "", since: receipt.time)
    }

    func perform(
        _ elements: TaskElements, on record: ConsultationRecord, _ call: EdgeCall,
        _ visitor: CaseVisitor<ConsultationWorkflow>
    ) async throws -> ConsultationReceipt {
        let unit = call.principal.institution
        switch try TaskChange(elements).command() {
        case .claim(let expert):
            try service.experts.check(expert: expert, of: unit)
            return try await service.claim(record.id, expert: expert, seen: record)
        case .report(let expert, let text):
            try service.experts.check(expert: expert, of: unit)
            return try await service.report(record.id, expert: expert, text: text, seen: record)
        case .acknowledge:
            guard visitor.isOwn(record) else {
                throw Failure(
                    "consultation.notTheRequester", "the request was made by another institution",
                    remedy: "acknowledge the report where the request was made")
            }
            let practitioner = try call.ground().practitioner
            try service.context.check(practitioner: practitioner, of: unit, at: service.context.node)
            return try await service.acknowledge(record.id, practitioner: practitioner, seen: record)
        }
    }
}
