import EdgeKit
import Effects
import FHIR
import Referral
import Regions
import ServiceKit
import WorkflowKit

/// Referrals as ServiceRequest and Task, for the hospital that refers and for those that are asked.
struct ReferralSource: CaseSource {
    static let kinds = "urn:yilian:referral:kind"
    static let states = "urn:yilian:referral:state"
    /// The coding system of the fields of forms.
    static let fields = "urn:yilian:referral:field"
    static let changing = ReferralChange.changing

    let service: ReferralService
    var book: CaseBook<ReferralWorkflow> { service.book }

    func isKind(_ code: String) -> Bool { service.context.region.current.referralLevel(code) != nil }

    /// FHIR's word for a state.
    static func status(_ state: ReferralState) -> String {
        switch state {
        case .drafted: "draft"
        case .offered, .downOffered: "requested"
        case .questioned: "received"
        case .declined: "rejected"
        case .accepted, .downTaken: "accepted"
        case .arrived, .admitted, .discharged, .followedUp: "in-progress"
        case .notArrived, .lost: "on-hold"
        case .closed: "completed"
        case .withdrawn: "cancelled"
        }
    }

    /// The institution's own referrals; those that it was asked last to take, and those that it had.
    func visitor(_ principal: Principal) -> CaseVisitor<ReferralWorkflow> {
        let (node, unit) = (service.context.node, principal.institution)
        return CaseVisitor(book: book, principal: principal) { record in
            guard let course = record.attempts.last else { return false }
            return course.steps.contains { step in
                guard let receiver = ReferralReceiver(step), receiver.node == node,
                    receiver.unit.isEmpty || receiver.unit == unit
                else { return false }
                return step.entry == course.asking?.entry || course.home == node || course.formerHomes.contains(node)
            }
        }
    }

    func make(_ resource: FHIRResource, _ call: EdgeCall) async throws -> CaseMaking<ReferralWorkflow> {
        let mapping = FHIRReferralMapper(unit: call.principal.institution, now: service.context.now).map(resource)
        guard var draft = mapping.draft else { return .refused(mapping.problems) }
        draft.asking.system = call.principal.system
        return .made(try await draft.write(to: service), warnings: mapping.warnings)
    }

    func resource(
        _ record: ReferralRecord, _ call: EdgeCall, _ visitor: CaseVisitor<ReferralWorkflow>
    ) async throws -> JSONValue? {
        var asking = try call.ground()
        asking.purpose = .treatment
        let file = try await service.read(record.id, asking, isOwn: visitor.isOwn(record))
        return FHIRReferralWriter(file).json
    }

    /// Whoever was asked last, from the question on; before that, and where nobody takes the patient, whoever wrote it.
    func holder(_ record: ReferralRecord, _ receipt: ReferralReceipt?) -> CaseHolder? {
        let course = record.attempts.last
        switch receipt?.state ?? record.state {
        case .drafted, .questioned, .declined, .withdrawn:
            return record.creation.map { creation in
                CaseHolder(
                    system: FHIRSystems.institutions, value: creation.fields.organizationUnit,
                    node: record.id.origin.rawValue, since: course?.last?.authorTime)
            }
        default:
            return course?.receiver.map { receiver in
                CaseHolder(
                    system: FHIRSystems.institutions,
                    value: receiver.unit.isEmpty ? receiver.node.rawValue : receiver.unit,
                    node: receiver.node.rawValue, since: course?.last?.authorTime)
            }
        }
    }

    func perform(
        _ elements: TaskElements, on record: ReferralRecord, _ call: EdgeCall,
        _ visitor: CaseVisitor<ReferralWorkflow>
    ) async throws -> ReferralReceipt {
        let change = try ReferralChange(elements, of: record, holder: holder(record, nil)?.value)
        return try await change.perform(
            on: record, by: try call.ground().practitioner, of: call.principal.institution, at: service)
    }
}
