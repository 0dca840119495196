/// Brings messages to one hospital's system; the drivers stand above, tests have their own.
package protocol DestinationClient: Sendable {
    /// Sends one message and waits for what the system says to it.
    ///
    /// It ends within the time that ``Effects/Limits/deliveryAnswerMilliseconds`` gives. The same message may come again:
    /// after a crash, or where an acknowledgement was lost.
    ///
    /// - Throws: `CancellationError` alone; everything else is an outcome.
    func send(_ message: WaitingMessage) async throws -> DeliveryOutcome
}

/// How one attempt to bring a message to a hospital's system ended.
package enum DeliveryOutcome: Sendable, Equatable {
    /// The system has it: AA or CA, or a status below 300.
    case accepted
    /// The system will never take it: AR or CR, or a status that says so.
    case refused(Words)
    /// The system could not take this message: AE or CE, or a status from 500 on. Another message may go.
    case failed(Words)
    /// The system took the message and said nothing about it, or ended the connection over it. Another message may go: it
    /// may be this one's fault, or the system's.
    case unanswered(Words)
    /// The system cannot be reached, or does not believe this node. No message goes now.
    case unreachable(Words, retryAfterSeconds: Int? = nil)

    /// What an operator is told: a code, and the reason in words.
    package struct Words: Sendable, Equatable {
        /// From a closed set, such as `AE`, `422`, `no connection`.
        package var code: String
        /// This node's own sentence: a receiver's words may name a patient, and are not kept.
        package var text: String

        package init(code: String, text: String) {
            self.code = code
            self.text = text
        }
    }
}
