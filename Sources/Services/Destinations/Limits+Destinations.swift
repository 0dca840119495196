package import Effects

extension Limits {
    /// The first wait before a message is tried again, and the longest.
    package static let deliveryFirstMilliseconds: Int64 = 1_000
    package static let deliveryCapMilliseconds: Int64 = 300_000
    /// The longest pause that a receiver may ask for.
    package static let deliveryAskedMilliseconds: Int64 = 900_000
    /// The longest pause where several messages in a row came to nothing and nobody knows why.
    package static let deliveryDoubtMilliseconds: Int64 = 30_000
    /// How many messages in a row a system may refuse before it is asked whether it refuses everything.
    package static let deliveryRefusals = 3
    /// How often one message may be at fault before it is held.
    package static let deliveryAttempts = 10
    /// How long a receiver may take to answer.
    package static let deliveryAnswerMilliseconds: Int64 = 30_000
    /// How long the body of an answer may take that has begun.
    package static let deliveryBodyMilliseconds: Int64 = 10_000
    /// One outgoing message, and what is read of an answer to it.
    package static let outgoingMessageBytes = 4 << 20
    package static let deliveryAnswerBytes = 64 << 10
    /// What of a patient a message may be known by.
    package static let outgoingPatientNames = 64
    /// Messages that a source names at once.
    package static let outgoingPageCount = 100
    /// Messages of one destination that lie beside its queue; the oldest go first, and that is said.
    package static let messagesBeside = 1_000
    /// How long what was delivered or lies beside is remembered.
    package static let outgoingMemoryDays: Int64 = 90
    /// Messages of one page of a list, unless fewer are asked for.
    package static let messagesShown = 50
    /// How many a list may be asked for at once.
    package static let messagesListed: UInt32 = 1_000
}
