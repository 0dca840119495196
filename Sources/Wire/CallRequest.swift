import Effects

/// A call as it travels: its head and its arguments.
package struct CallRequest: Hashable, Sendable {
    package var method: UInt16
    /// The name of the desk at the node that is called.
    package var desk: String
    /// What remains until the caller stops waiting; a duration, because two nodes' clocks differ.
    package var deadlineMilliseconds: Int64
    package var correlation: String
    /// The arguments' bytes, joined as ``ByteStrings`` says.
    package var arguments: [UInt8]

    package init(
        method: UInt16, desk: String, deadlineMilliseconds: Int64, correlation: String, arguments: [UInt8]
    ) {
        self.method = method
        self.desk = desk
        self.deadlineMilliseconds = deadlineMilliseconds
        self.correlation = correlation
        self.arguments = arguments
    }

    package func message() throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24 + desk.utf8.count + correlation.utf8.count + arguments.count)
        bytes.append(0)
        bytes.append(0)
        CallHead.encode(self, into: &bytes)
        guard let length = UInt16(exactly: bytes.count - 2) else { throw ByteStrings.bad("a short head") }
        bytes[0] = UInt8(length >> 8)
        bytes[1] = UInt8(length & 0xFF)
        bytes.append(contentsOf: arguments)
        return bytes
    }

    /// Reads a message that a peer wrote.
    ///
    /// - Throws: `wire.badValue` where the head cannot be read or passes its bounds.
    package init(message: [UInt8]) throws {
        if message.count >= 2 {
            let end = 2 + (Int(message[0]) << 8 | Int(message[1]))
            if end <= message.count, let fields = CallHead.decode(message[2..<end]) {
                try self.init(fields, body: Array(message[end...]))
                return
            }
        }
        let (head, body): (PBCallRequestHead, [UInt8]) = try HeadedMessage.split(message)
        let fields = CallHead.Fields(
            method: UInt64(head.method), desk: head.desk, deadline: UInt64(head.deadlineMilliseconds),
            correlation: head.correlation)
        try self.init(fields, body: body)
    }

    private init(_ head: CallHead.Fields, body: [UInt8]) throws {
        guard let method = UInt16(exactly: head.method), head.desk.utf8.count <= Self.nameLimitBytes,
            head.correlation.utf8.count <= Self.nameLimitBytes
        else {
            throw ByteStrings.bad("a call")
        }
        let isPlain = head.correlation.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        self.init(
            method: method, desk: head.desk, deadlineMilliseconds: Int64(head.deadline),
            correlation: isPlain
                ? head.correlation : CallRefusal.printable(head.correlation, limit: Self.nameLimitBytes),
            arguments: body)
    }

    static let nameLimitBytes = 128
}
