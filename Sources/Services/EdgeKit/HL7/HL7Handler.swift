package import HL7
package import ServiceKit

/// What takes the HL7 v2 messages of one trigger.
///
/// The edge parses the message and refuses what is none of this node's: another character set, no control id, another
/// type, event, processing id or version. It answers a repetition with what was answered the first time, frames the
/// acknowledgements in the number and order that the sender asked for, and remembers what was refused.
package struct HL7Handler: Sendable {
    package let trigger: HL7Trigger
    /// The segment that an acknowledgement names where a message is too large to be kept.
    package let contentSegment: String
    /// Reads a message, and changes nothing: files are looked at in the same way without being taken.
    ///
    /// - Throws: a `Failure`, which is answered by its class: `retry` with "try again", every other one with the reason.
    package let read: @Sendable (HL7Call) async throws -> HL7Reading

    package init(
        _ trigger: HL7Trigger, contentSegment: String = "MSH",
        _ read: @escaping @Sendable (HL7Call) async throws -> HL7Reading
    ) {
        self.trigger = trigger
        self.contentSegment = contentSegment
        self.read = read
    }
}

/// A message on its way to a handler.
package typealias HL7Call = MessageCall<HL7Message>

extension MessageCall where Content == HL7Message {
    package var message: HL7Message { content }
}

/// What a message came to when it was read.
package enum HL7Reading: Sendable {
    /// Nothing of it is taken: AR where it is of another type, event, processing id or version, else AE, with the
    /// problems as ERR segments.
    case refused([HL7Problem], fault: MessageFault = .unacceptable)
    /// It can be taken.
    ///
    /// - `recordCount`: how many things it holds, for whoever only looks.
    /// - `warnings`: what was passed over or read with care; ERR segments of severity W beside AA.
    /// - `take`: does what it asks; on return it is on this node's disk, and AA is answered.
    case readable(
        recordCount: Int, warnings: [HL7Problem] = [],
        take: @Sendable (HL7Keeping) async throws -> HL7Taken)

    /// The acknowledgement that problems make.
    package static func outcome(of problems: [HL7Problem]) -> HL7Outcome {
        if problems.contains(where: { (200...203).contains($0.code.rawValue) }) { return .rejected }
        return problems.isEmpty ? .accepted : .error
    }
}

/// What a handler needs to keep a message together with its answer.
///
/// Both in one transaction: what was taken and not remembered would be taken twice when it comes again.
package struct HL7Keeping: Sendable {
    /// By what a repetition of the message is known; give it to ``ServiceKit/MessageMemory`` in the transaction that
    /// takes the message.
    package let receipt: MessageReceipt
    private let make: @Sendable (_ notices: [HL7Problem], _ reply: HL7Reply?) -> [UInt8]

    package init(
        receipt: MessageReceipt, make: @escaping @Sendable (_ notices: [HL7Problem], _ reply: HL7Reply?) -> [UInt8]
    ) {
        self.receipt = receipt
        self.make = make
    }

    /// The acknowledgements of an acceptance.
    ///
    /// - Parameters:
    ///   - notices: what the sender is told besides the warnings.
    ///   - reply: what the answer is, where it is more than an acknowledgement.
    package func answer(_ notices: [HL7Problem], reply: HL7Reply? = nil) -> [UInt8] { make(notices, reply) }
}

/// What became of a message that was taken.
package struct HL7Taken: Sendable {
    package var records: [TakenRecord]
    /// What the sender is told besides the warnings: the very notices of which the answer was made that is remembered.
    package var notices: [HL7Problem]
    /// The very reply of which that answer was made.
    package var reply: HL7Reply?

    package init(_ records: [TakenRecord] = [], notices: [HL7Problem] = [], reply: HL7Reply? = nil) {
        self.records = records
        self.notices = notices
        self.reply = reply
    }
}
