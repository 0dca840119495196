package import Effects
import Ledgers
package import Regions
package import WorkflowKit

package typealias ConsultationID = CaseID<ConsultationWorkflow>
package typealias ConsultationRecord = CaseRecord<ConsultationWorkflow>
package typealias ConsultationAttempt = CaseAttempt<ConsultationWorkflow>
package typealias ConsultationStep = CaseStep<ConsultationWorkflow>
package typealias ConsultationFields = CaseFields<ConsultationWorkflow>
package typealias ConsultationCommand = CaseCommand<ConsultationWorkflow>
package typealias ConsultationReceipt = CaseReceipt<ConsultationWorkflow>
package typealias ConsultationContent = CaseContent
package typealias ConsultationAttachment = CaseAttachment
package typealias ConsultationFilter = CaseFilter<ConsultationWorkflow>
package typealias ConsultationAnswers = CaseAnswers<ConsultationWorkflow>
package typealias ConsultationProjection = CaseProjection<ConsultationWorkflow>
package typealias ConsultationWatch = CaseWatch<ConsultationWorkflow>
package typealias CreatedConsultation = CreatedCase<ConsultationWorkflow>

extension CaseFilter where W == ConsultationWorkflow {
    package init(
        state: ConsultationState? = nil, specialty: String?, limit: Int = Limits.queryResults, after: Position? = nil
    ) {
        self.init(state: state, topic: specialty, limit: limit, after: after)
    }
}

extension CaseFilter.Position where W == ConsultationWorkflow {
    package init(requestedTime: WallTime, id: ConsultationID) { self.init(madeTime: requestedTime, id: id) }

    package var requestedTime: WallTime { madeTime }
}

extension CaseID where W == ConsultationWorkflow {
    package var requester: NodeID { origin }
}

extension CaseFields where W == ConsultationWorkflow {
    package init(request: ConsultationID, home: NodeID, terms: ConsultationTerms) {
        self.init(id: request, home: home, terms: terms)
    }

    package var request: ConsultationID {
        get { id }
        set { id = newValue }
    }
    package var offeredTo: [String] { candidates }
    package var reportVersion: Int {
        get { ordinal }
        set { ordinal = newValue }
    }
}

extension CaseReceipt where W == ConsultationWorkflow {
    package var request: ConsultationID { id }
    /// Which version of the report it is, or how many there are.
    package var reportVersion: Int { writings }
}

extension CaseRecord where W == ConsultationWorkflow {
    package var requester: NodeID { id.origin }
    /// The request's own entry; `nil` where it has not come here (yet).
    package var request: ConsultationStep? { creation }
    package var isReported: Bool { isSettled }
}

extension CaseAttempt where W == ConsultationWorkflow {
    private var holder: SeatHolder? { holders(of: ConsultationWorkflow.claimant).first }

    package var claimant: String? { holder?.actor }
    package var claimantNode: NodeID? { holder?.node }
    package var claimedTime: WallTime? { holder?.since }
    /// The versions of the report, oldest first.
    package var reports: [ConsultationStep] { steps(.reported) }
    package var isReported: Bool { isSettled }
    package var offeredTo: [String] { steps(.offered).first?.fields.candidates ?? [] }
    package var escalationReason: EscalationReason? {
        steps.last { $0.event == .escalated || $0.event == .withdrawn }
            .flatMap { EscalationReason(rawValue: $0.fields.reason) }
    }
}

extension ConsultationService {
    package typealias OrderToken = WorkflowKit.OrderToken
}
