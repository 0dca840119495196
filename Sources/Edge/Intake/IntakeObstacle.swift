import Effects

/// Why a message that is in order was not published.
struct IntakeObstacle {
    enum Kind: Equatable {
        /// The node cannot keep anything now; the sender is to try again.
        case tryAgain
        case tooLarge
        /// The message lacks what identity needs.
        case unacceptable
    }

    var kind: Kind
    var code: String
    var text: String

    init(kind: Kind, code: String, text: String) {
        self.kind = kind
        self.code = code
        self.text = text
    }

    /// Judges what the publication threw: whatever is not the message's own fault may be tried again.
    init(_ error: any Error) {
        guard let failure = error as? Failure else {
            self.init(kind: .tryAgain, code: "intake.internal", text: Self.tryAgainText)
            return
        }
        let code = failure.code.rawValue
        switch failure.code {
        case "ledger.tooLarge":
            self.init(kind: .tooLarge, code: code, text: failure.message)
        case "recognition.noPatient", "recognition.noOrderNumber", "recognition.ambiguous", "recognition.otherTime",
            "recognition.noService", "recognition.tooManyReports", "patient.emptyIdentifier":
            self.init(
                kind: .unacceptable, code: code, text: failure.message + (failure.remedy.map { "; " + $0 } ?? ""))
        default:
            self.init(kind: .tryAgain, code: code, text: Self.tryAgainText)
        }
    }

    static let tryAgainText = "the node cannot keep the message now; try again in a few seconds"
}
