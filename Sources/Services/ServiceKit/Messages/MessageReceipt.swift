package import Effects

/// A hospital's message that is taken in one command, with what is needed to answer its repetition.
package struct MessageReceipt: Sendable {
    /// Who sent it: listener, application and facility (HL7: MSH-3, MSH-4), or the token's system.
    package var source: String
    /// For which institution the source speaks; only it may look the message up.
    package var institution: String
    /// MSH-10 or the Bundle's identifier.
    package var messageID: String
    /// The message's bytes.
    package var bytes: [UInt8]

    package init(source: String, institution: String, messageID: String, bytes: [UInt8]) {
        self.source = source
        self.institution = institution
        self.messageID = messageID
        self.bytes = bytes
    }
}

/// What became of an earlier message.
package struct StoredAnswer: Sendable, Equatable {
    package var outcome: String
    package var answer: [UInt8]
    package var receivedTime: WallTime

    package init(outcome: String, answer: [UInt8], receivedTime: WallTime) {
        self.outcome = outcome
        self.answer = answer
        self.receivedTime = receivedTime
    }
}
