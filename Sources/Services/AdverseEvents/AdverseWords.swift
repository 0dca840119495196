package import Ledgers
import WorkflowKit

/// Where an adverse event stands.
package enum AdverseState: String, CaseWord {
    /// Somebody has reported it; no controller has looked at it yet.
    case reported
    /// Nobody looked at it in time: everybody above is to see that.
    case escalated
    /// A controller says that it is one, and what it did to the patient.
    case accepted
    /// It is known why it happened.
    case analysed
    /// Something is being done about it, by a day that is named.
    case acting
    /// It was done, and helped.
    case closed
    /// It is none, or stands elsewhere.
    case dismissed
}

/// What happens to an adverse event; each is an entry of its own kind.
package enum AdverseAction: String, CaseWord {
    case accepted
    case escalated
    case dismissed
    case analysed
    case planned
    case closed
    /// The authority was told, as the law wants it.
    case notified
}

/// In which role somebody acts.
package enum AdverseRole: String, CaseWord {
    /// Whoever reports; they need not say who they are.
    case reporter
    /// A quality controller of the unit or of those above it.
    case controller
    /// The node of the unit, by itself.
    case home
}

/// What kind of thing happened.
package enum AdverseClass: String, CaseIterable, Sendable {
    case medication, transfusion, surgery, anaesthesia, fall, pressureInjury, tube, infection, device, specimen
    case examination, identification, information, security, other
}

extension EntryKind {
    package static let adverseReported = EntryKind(240)
    package static let adverseAccepted = EntryKind(241)
    package static let adverseEscalated = EntryKind(242)
    package static let adverseDismissed = EntryKind(243)
    package static let adverseAnalysed = EntryKind(244)
    package static let adversePlanned = EntryKind(245)
    package static let adverseClosed = EntryKind(246)
    package static let adverseNotified = EntryKind(247)
}
