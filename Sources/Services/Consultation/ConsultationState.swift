/// Where an attempt at a request stands.
package enum ConsultationState: String, CaseIterable, Sendable {
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
package enum ConsultationEvent: String, CaseIterable, Sendable {
    case opened
    case offered
    case claimed
    case reported
    case acknowledged
    case escalated
    case withdrawn
}

/// In which role somebody makes an event happen.
package enum ConsultationRole: String, CaseIterable, Sendable {
    /// The node where the patient is.
    case requester
    /// The node whose dispatch desk took the attempt on.
    case home
    /// An expert to whom it is offered; from the claim on, the one who has it.
    case claimant
    /// The region's dispatcher.
    case dispatcher
}
