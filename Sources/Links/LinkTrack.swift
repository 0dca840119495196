import Effects
import Wire

/// Whether credit is for calls or for answers; the raw values travel.
///
/// They are apart because answers must pass while requests wait: two busy nodes would wait for each other.
enum CreditAccount: UInt8, CaseIterable, Sendable {
    case requests = 0
    case answers = 1
}

/// One account of one lane.
struct TrackID: Hashable, Sendable {
    var lane: Lane
    var account: CreditAccount

    var index: Int { Int(lane.rawValue) * CreditAccount.allCases.count + Int(account.rawValue) }

    static let all = Lane.allCases.flatMap { lane in CreditAccount.allCases.map { TrackID(lane: lane, account: $0) } }
}

/// What one account of one lane sends.
struct OutgoingTrack: Sendable {
    var queue = MessageQueue()
    var creditBytes = LinkProtocol.windowBytes
}

/// What one account of one lane receives: messages in pieces, each reserved in full when it begins.
struct IncomingTrack: Sendable {
    struct Partial: Sendable {
        var totalBytes: Int
        var bytes: [UInt8]
        var receivedBytes: Int
        /// Its bytes are dropped as they come: there was no memory for it, or nobody waits for it.
        var isDropped = false

        /// What it takes of the link's memory.
        var heldBytes: Int { isDropped ? 0 : bytes.count + Limits.messageOverheadBytes }
    }

    var partials: [UInt64: Partial] = [:]
    /// What the sender has reserved and not got back, the unpaid part included.
    private(set) var heldBytes = 0
    /// What is to be given back with the next credit frame.
    private(set) var owedBytes = 0

    /// Takes a message's cost off the window.
    ///
    /// - Returns: false where the sender had no credit for it.
    mutating func reserve(_ cost: Int) -> Bool {
        guard heldBytes + cost <= LinkProtocol.windowBytes else { return false }
        heldBytes += cost
        return true
    }

    mutating func release(_ cost: Int) {
        owedBytes += cost
    }

    /// What to give back now: everything once it is worth a frame.
    mutating func takePayment() -> Int? {
        guard owedBytes >= Limits.unpaidCreditBytes else { return nil }
        let payment = owedBytes
        heldBytes -= payment
        owedBytes = 0
        return payment
    }
}
