package import EdgeKit

/// What became of one message, and the bytes that its sender is answered with.
package struct IntakeResult: Sendable, Equatable {
    package enum Outcome: String, Sendable {
        /// On this node's disk.
        case accepted
        /// The same message, or nothing but what is here already.
        case duplicate
        /// Something is wrong with the message; the same bytes would be refused again.
        case refused
        /// Nothing is wrong with the message as far as could be seen; it could not be kept now.
        case notStored
    }

    package var form: MessageForm
    package var outcome: Outcome
    /// What the sender is answered with.
    ///
    /// HL7: the acknowledgements one after the other; empty where the sender wants none. FHIR: the JSON.
    package var answer: [UInt8]
    /// MSH-10, or the Bundle's identifier; empty where it could not be read.
    package var controlID: String
    /// Empty for a repetition of an HL7 message, whose stored answer does not name them.
    package var records: [TakenRecord] = []
    /// How many things the message holds, also where it was only looked at.
    package var recordCount = 0
    package var problems: [MessageProblem] = []
    /// What was passed over or read with care.
    package var warnings: [MessageProblem] = []
    package var fault: MessageFault?
    /// Ties the answer to the node's log.
    package var correlation: String

    package init(
        form: MessageForm, outcome: Outcome, answer: [UInt8], controlID: String, correlation: String
    ) {
        self.form = form
        self.outcome = outcome
        self.answer = answer
        self.controlID = controlID
        self.correlation = correlation
    }

    /// The answer cut into messages: an enhanced-mode sender may want two acknowledgements, each in its own frame.
    package var answers: [[UInt8]] { form == .hl7v2 ? HL7Answer.split(answer) : [answer] }
}
