/// Messages that wait to be cut into frames, first in, first out.
struct MessageQueue: Sendable {
    struct Message: Sendable {
        var callID: UInt64
        var bytes: [UInt8]
        var sentBytes = 0
        /// Credit of the request that this answer belongs to, given back when the answer has been sent.
        var requestCostBytes = 0
        /// Whether the answer ends a call that was counted as under way.
        var endsCall = false

        var hasStarted: Bool { sentBytes > 0 }
    }

    private var messages: [Message] = []
    private var start = 0
    private(set) var waitingBytes = 0

    var first: Message? { start < messages.count ? messages[start] : nil }
    var isEmpty: Bool { start == messages.count }

    mutating func append(_ message: Message) {
        messages.append(message)
        waitingBytes += message.bytes.count
    }

    /// Takes up to `limit` bytes of the first message; the message leaves with its last byte.
    mutating func takeFragment(limit: Int) -> (message: Message, fragment: ArraySlice<UInt8>, isLast: Bool)? {
        guard let message = first else { return nil }
        let end = min(message.bytes.count, message.sentBytes + limit)
        let fragment = message.bytes[message.sentBytes..<end]
        let isLast = end == message.bytes.count
        if isLast {
            removeFirst()
        } else {
            messages[start].sentBytes = end
        }
        return (message, fragment, isLast)
    }

    /// Takes a message out wherever it stands.
    mutating func remove(_ callID: UInt64, onlyUnstarted: Bool) -> Message? {
        guard let index = messages[start...].firstIndex(where: { $0.callID == callID }) else { return nil }
        let message = messages[index]
        if onlyUnstarted, message.hasStarted { return nil }
        messages.remove(at: index)
        waitingBytes -= message.bytes.count
        return message
    }

    private mutating func removeFirst() {
        waitingBytes -= messages[start].bytes.count
        messages[start].bytes = []
        start += 1
        if start > 64, start * 2 > messages.count {
            messages.removeFirst(start)
            start = 0
        }
    }
}
