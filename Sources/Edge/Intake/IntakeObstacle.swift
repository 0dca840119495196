import EdgeKit
import Effects

/// Why a message that is in order was not published.
struct IntakeObstacle {
    enum Kind: Equatable {
        /// The node cannot keep anything now; the sender is to try again.
        case tryAgain
        case tooLarge
        /// What the message says is refused, and would be again: it lacks what identity needs, or contradicts what
        /// stands.
        case unacceptable
        /// The node cannot work on this message, now or later; its operator has to look.
        case broken
    }

    var kind: Kind
    var code: String
    var text: String

    init(kind: Kind, code: String, text: String) {
        self.kind = kind
        self.code = code
        self.text = text
    }

    /// Judges what the publication threw, by the failure's class.
    ///
    /// Only what can succeed in a while is answered "try again": a hospital's queue must not stand still behind a
    /// message that is refused for good.
    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self.init(failure)
        case is CancellationError: self.init(kind: .tryAgain, code: "node.stopping", text: Self.tryAgainText)
        default: self.init(kind: .broken, code: "intake.internal", text: Self.brokenText)
        }
    }

    private init(_ failure: Failure) {
        let code = failure.code.rawValue
        switch failure.class {
        case .retry: self.init(kind: .tryAgain, code: code, text: Self.tryAgainText)
        case .broken: self.init(kind: .broken, code: code, text: Self.brokenText)
        case .invalid where Self.sizes.contains(code):
            self.init(kind: .tooLarge, code: code, text: failure.message)
        case .invalid, .forbidden, .absent, .conflict, .tooLate:
            self.init(
                kind: .unacceptable, code: code, text: failure.message + (failure.remedy.map { "; " + $0 } ?? ""))
        }
    }

    /// What an answer over HTTP says of it.
    var fault: MessageFault {
        switch kind {
        case .tooLarge: .tooLarge
        case .broken: .broken
        case .tryAgain, .unacceptable: .unacceptable
        }
    }

    private static let sizes: Set<String> = [
        Failure.messageTooLargeCode.rawValue, "ledger.tooLarge", "attachment.tooLarge",
    ]

    static let tryAgainText = "the node cannot keep the message now; try again in a few seconds"
    static let brokenText = """
        the node cannot work on this message, and sending it again will not help; \
        tell its operator, whose log tells why
        """
}
