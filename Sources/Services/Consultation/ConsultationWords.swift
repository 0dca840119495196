package import Ledgers
import WorkflowKit

/// Where an attempt at a request stands.
package enum ConsultationState: String, CaseWord {
    /// The request is made; nobody has taken it on yet.
    case requested
    /// A home has taken it on and looks for experts.
    case opened
    /// The home's experts of the specialty may claim it.
    case offered
    /// One expert has it.
    case claimed
    /// The expert has reported.
    case reported
    /// The requester has taken note of the report.
    case acknowledged
    /// A deadline was missed, or the home has no expert: another attempt is needed.
    case escalated
    /// Nobody had claimed it when another attempt was reported.
    case withdrawn
}

/// What happens to an attempt; each is an entry of its own kind.
package enum ConsultationEvent: String, CaseWord {
    case opened
    case offered
    case claimed
    case reported
    case acknowledged
    case escalated
    case withdrawn
}

/// In which role somebody makes an event happen.
package enum ConsultationRole: String, CaseWord {
    /// The node where the patient is.
    case requester
    /// The node whose dispatch desk took the attempt on.
    case home
    /// An expert to whom it is offered; from the claim on, the one who has it.
    case claimant
    /// The region's dispatcher.
    case dispatcher
}

/// Why an attempt was given up.
package enum EscalationReason: String, Sendable {
    case noExpert
    case claimDeadline
    case reportDeadline
    /// Not a failure: another attempt was reported.
    case reportedElsewhere
}

extension EntryKind {
    /// A request for a remote diagnosis.
    package static let consultationRequest = EntryKind(200)
    /// A home takes a request on: an attempt.
    package static let consultationOpened = EntryKind(201)
    package static let consultationOffered = EntryKind(202)
    package static let consultationClaimed = EntryKind(203)
    package static let consultationReported = EntryKind(204)
    package static let consultationAcknowledged = EntryKind(205)
    package static let consultationEscalated = EntryKind(206)
    package static let consultationWithdrawn = EntryKind(207)
}
