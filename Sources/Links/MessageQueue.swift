/// Messages of one account of one lane that wait to be cut into frames.
///
/// Messages begin in the order in which they came. Those that have begun go on by turns, a fragment each, and new ones
/// take turns with them: a long message holds nobody up by more than the others' fragments.
struct MessageQueue: Sendable {
    struct Message: Sendable {
        var callID: UInt64
        var bytes: [UInt8]
        var sentBytes = 0
        /// Credit of the request that this answer belongs to, given back when the answer has been sent.
        var requestCostBytes = 0
        /// Whether the answer ends a call that was counted as under way.
        var endsCall = false
        /// What was taken of the link's memory for it.
        var heldBytes = 0
    }

    /// The next fragment, and the message that it is of, as it was before.
    struct Piece {
        var message: Message
        var end: Int
        var isFirst: Bool { message.sentBytes == 0 }
        var isLast: Bool { end == message.bytes.count }
    }

    private var fresh: [Message] = []
    private var start = 0
    private var begun: [Message] = []
    private var isTurnOfBegun = false
    private(set) var waitingBytes = 0

    var isEmpty: Bool { start == fresh.count && begun.isEmpty }
    var count: Int { fresh.count - start + begun.count }

    mutating func append(_ message: Message) {
        fresh.append(message)
        waitingBytes += message.bytes.count
    }

    /// Takes up to `limit` bytes of the message whose turn it is; a message leaves with its last byte.
    ///
    /// - Parameter credit: what a message that begins may cost.
    mutating func take(limit: Int, credit: Int) -> Piece? {
        let mayBegin =
            start < fresh.count && LinkProtocol.cost(fresh[start].bytes.count) <= credit
            && begun.count < LinkProtocol.interleavedMessages
        guard mayBegin || !begun.isEmpty else { return nil }
        let goesOn = !begun.isEmpty && (isTurnOfBegun || !mayBegin)
        isTurnOfBegun = !goesOn
        let message = goesOn ? begun.removeFirst() : takeFresh()
        let piece = Piece(message: message, end: min(message.bytes.count, message.sentBytes + limit))
        if piece.isLast {
            waitingBytes -= message.bytes.count
        } else {
            var rest = message
            rest.sentBytes = piece.end
            begun.append(rest)
        }
        return piece
    }

    /// Takes a message out wherever it stands.
    mutating func remove(_ callID: UInt64, onlyUnstarted: Bool) -> (message: Message, hasBegun: Bool)? {
        if let index = fresh[start...].firstIndex(where: { $0.callID == callID }) {
            let message = fresh.remove(at: index)
            waitingBytes -= message.bytes.count
            return (message, false)
        }
        guard !onlyUnstarted, let index = begun.firstIndex(where: { $0.callID == callID }) else { return nil }
        let message = begun.remove(at: index)
        waitingBytes -= message.bytes.count
        return (message, true)
    }

    private mutating func takeFresh() -> Message {
        let message = fresh[start]
        fresh[start].bytes = []
        start += 1
        if start == fresh.count {
            fresh.removeAll(keepingCapacity: start <= 4_096)
            start = 0
        } else if start > 256, start * 2 > fresh.count {
            fresh.removeFirst(start)
            start = 0
        }
        return message
    }
}
