package import Effects
package import Ledgers

/// Whoever has messages for hospitals' systems.
///
/// A source keeps what is due in its tables, in order, until it is marked; whoever delivers asks it again whenever
/// a commit has changed what it reads.
package protocol OutgoingSource: Sendable {
    /// What it reads to say what is due and what that says.
    var reads: Set<LedgerPart> { get }

    /// What is due and stands behind a position, in order.
    func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice]

    /// A message that was due before, by its key, to be made anew; `nil` where it is another source's.
    func message(_ key: String) async throws -> OutgoingNotice?

    /// What a message says; asked where a system wants it, and each asking is an access to the patient's data.
    ///
    /// - Parameter systems: the systems that get it, as the node's file calls them; they stand in the audit ledger.
    /// - Returns: `nil` where nothing is left to be said; it is marked then.
    /// - Throws: a failure of class `retry` where it can be asked again later; any other keeps it from going out, and the
    ///   operator is told.
    func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent?

    /// It lies in the queue of every system that wants it; it is due no more.
    func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws

    /// What does not go by itself: it came more than ``Effects/Limits/outgoingFreshMilliseconds`` after it was written.
    ///
    /// A node that was made anew from nothing gets back what was written for years, and nobody knows any more what its
    /// hospitals have had: what is fresh goes once more, everything else waits for an operator.
    func heldMessages() async throws -> [HeldMessages]

    /// Makes what is held due, or takes it out for good.
    ///
    /// - Parameter time: only what was written then or later.
    /// - Returns: how many messages it were.
    func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int
}

/// How much of one kind is held, and when the first and the last of it were written.
package struct HeldMessages: Sendable, Equatable {
    package var kind: OutgoingKind
    package var count: Int
    package var first: WallTime
    package var last: WallTime

    package init(kind: OutgoingKind, count: Int, first: WallTime, last: WallTime) {
        self.kind = kind
        self.count = count
        self.first = first
        self.last = last
    }
}

extension Limits {
    /// How long after it was written something may come here and still go to a hospital's system by itself: as long as a
    /// queue keeps it where nothing else is said.
    package static let outgoingFreshMilliseconds: Int64 = 7 * 86_400_000
}

/// A queue that does not lead to a neighbour, for whoever shows what waits.
package protocol QueueOffer: Sendable {
    func queues() async throws -> [OfferedQueue]
    /// Items that do not go on by themselves, the oldest first.
    func stuckItems(limit: Int) async throws -> [OfferedItem]
    /// What an operator should look at, in sentences.
    func concerns() async throws -> [String]
}

/// What waits for one receiver, and why.
package struct OfferedQueue: Sendable, Equatable {
    package var receiver: String
    package var what: String
    package var count: Int
    package var bytes: Int
    package var oldest: WallTime?
    package var reason: String

    package init(receiver: String, what: String, count: Int, bytes: Int, oldest: WallTime?, reason: String) {
        self.receiver = receiver
        self.what = what
        self.count = count
        self.bytes = bytes
        self.oldest = oldest
        self.reason = reason
    }
}

/// One item of a queue that needs somebody.
package struct OfferedItem: Sendable, Equatable {
    package enum State: Sendable, Equatable {
        /// The receiver refused it for good; it lies beside the queue.
        case refused
        /// What is behind it waits for it.
        case stopped
    }

    package var state: State
    package var item: String
    package var receiver: String
    package var since: WallTime
    package var code: String
    package var reason: String
    package var wayOut: String

    package init(
        state: State, item: String, receiver: String, since: WallTime, code: String, reason: String, wayOut: String
    ) {
        self.state = state
        self.item = item
        self.receiver = receiver
        self.since = since
        self.code = code
        self.reason = reason
        self.wayOut = wayOut
    }
}
