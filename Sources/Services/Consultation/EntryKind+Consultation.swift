package import Ledgers

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

extension ConsultationEvent {
    var kind: EntryKind {
        switch self {
        case .opened: .consultationOpened
        case .offered: .consultationOffered
        case .claimed: .consultationClaimed
        case .reported: .consultationReported
        case .acknowledged: .consultationAcknowledged
        case .escalated: .consultationEscalated
        case .withdrawn: .consultationWithdrawn
        }
    }

    /// Who may write it.
    var authorRule: AuthorRule {
        switch self {
        case .opened: .consultationOpened
        case .offered, .escalated, .withdrawn: .consultationHome
        case .claimed, .reported, .acknowledged: .consultationActor
        }
    }

    init?(_ kind: EntryKind) {
        guard let event = Self.allCases.first(where: { $0.kind == kind }) else { return nil }
        self = event
    }
}
