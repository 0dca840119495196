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
        var head = PBCallRequestHead()
        head.method = UInt32(method)
        head.desk = desk
        head.deadlineMilliseconds = UInt32(clamping: deadlineMilliseconds)
        head.correlation = correlation
        return try HeadedMessage.join(head: head, body: arguments)
    }

    /// Reads a message that a peer wrote.
    ///
    /// - Throws: `wire.badValue` where the head cannot be read or passes its bounds.
    package init(message: [UInt8]) throws {
        let (head, body): (PBCallRequestHead, [UInt8]) = try HeadedMessage.split(message)
        guard let method = UInt16(exactly: head.method), head.desk.utf8.count <= Self.nameLimitBytes,
            head.correlation.utf8.count <= Self.nameLimitBytes
        else {
            throw ByteStrings.bad("a call")
        }
        self.init(
            method: method, desk: head.desk, deadlineMilliseconds: Int64(head.deadlineMilliseconds),
            correlation: CallRefusal.printable(head.correlation, limit: Self.nameLimitBytes), arguments: body)
    }

    static let nameLimitBytes = 128
}
