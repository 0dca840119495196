/// What became of a message, as its acknowledgement tells it.
package enum HL7Outcome: Equatable, Sendable {
    /// On this node's disk.
    case accepted
    /// Something in the message is wrong; sent again unchanged, it would be refused again.
    case error
    /// The message as such is not for this listener, or cannot be taken now.
    case rejected
}

/// A code of MSA-1 (table 0008).
package enum HL7AcknowledgementCode: String, Equatable, Sendable {
    case applicationAccept = "AA"
    case applicationError = "AE"
    case applicationReject = "AR"
    case commitAccept = "CA"
    case commitError = "CE"
    case commitReject = "CR"
}

/// Which acknowledgements a sender asked for (MSH-15 and MSH-16).
///
/// Both empty is the original mode: one application acknowledgement, always. Otherwise the enhanced mode: MSH-15 says
/// when a commit acknowledgement is wanted and MSH-16 when an application acknowledgement is; an empty one means never.
package struct HL7AcknowledgementMode: Equatable, Sendable {
    /// A condition of table 0155.
    package enum Condition: String, Equatable, Sendable {
        case always = "AL"
        case never = "NE"
        case onError = "ER"
        case onSuccess = "SU"

        func isMet(by outcome: HL7Outcome) -> Bool {
            switch self {
            case .always: true
            case .never: false
            case .onError: outcome != .accepted
            case .onSuccess: outcome == .accepted
            }
        }
    }

    package var isEnhanced: Bool
    package var commit: Condition
    package var application: Condition

    /// The original mode, which also answers what has no readable header.
    package static let original = HL7AcknowledgementMode(isEnhanced: false, commit: .never, application: .always)

    package init(isEnhanced: Bool, commit: Condition, application: Condition) {
        self.isEnhanced = isEnhanced
        self.commit = commit
        self.application = application
    }

    /// The mode that a message asks for.
    ///
    /// A condition that HL7 does not have is taken as "always".
    package init(of message: HL7Message) {
        let commit = message.header.field(15).value
        let application = message.header.field(16).value
        guard commit != nil || application != nil else {
            self = .original
            return
        }
        isEnhanced = true
        self.commit = commit.map { Condition(rawValue: $0.uppercased()) ?? .always } ?? .never
        self.application = application.map { Condition(rawValue: $0.uppercased()) ?? .always } ?? .never
    }

    /// The acknowledgements to send, in their order; none where the sender wants none.
    package func codes(for outcome: HL7Outcome) -> [HL7AcknowledgementCode] {
        var codes: [HL7AcknowledgementCode] = []
        if isEnhanced, commit.isMet(by: outcome) {
            switch outcome {
            case .accepted: codes.append(.commitAccept)
            case .error: codes.append(.commitError)
            case .rejected: codes.append(.commitReject)
            }
        }
        if application.isMet(by: outcome) {
            switch outcome {
            case .accepted: codes.append(.applicationAccept)
            case .error: codes.append(.applicationError)
            case .rejected: codes.append(.applicationReject)
            }
        }
        return codes
    }
}
