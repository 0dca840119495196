import Effects

/// What a node answers to a call.
package enum CallAnswer: Hashable, Sendable {
    case value([UInt8])
    case refused(CallRefusal)
}

/// An answer as it travels.
package struct CallResponse: Hashable, Sendable {
    package var answer: CallAnswer

    package init(_ answer: CallAnswer) {
        self.answer = answer
    }

    package func message() throws -> [UInt8] {
        switch answer {
        case .value(let bytes):
            // The head of a value is empty.
            var message: [UInt8] = []
            message.reserveCapacity(2 + bytes.count)
            message.append(0)
            message.append(0)
            message.append(contentsOf: bytes)
            return message
        case .refused(let refusal):
            var head = PBCallResponseHead()
            head.error = UInt32(refusal.code.rawValue)
            head.correlation = refusal.correlation
            head.tryAgainAfterMilliseconds = refusal.tryAgainAfterMilliseconds ?? 0
            head.deskCode = refusal.deskCode ?? ""
            head.message = refusal.message ?? ""
            head.remedy = refusal.remedy ?? ""
            return try HeadedMessage.join(head: head, body: [])
        }
    }

    /// Reads a message that a peer wrote; what it says in words is cut to printable characters.
    ///
    /// - Throws: `wire.badValue` where the head cannot be read.
    package init(message: [UInt8]) throws {
        if message.count >= 2, message[0] == 0, message[1] == 0 {
            self.init(.value(Array(message[2...])))
            return
        }
        let (head, body): (PBCallResponseHead, [UInt8]) = try HeadedMessage.split(message)
        guard let number = UInt16(exactly: head.error) else { throw ByteStrings.bad("an answer") }
        guard number != 0 else {
            self.init(.value(body))
            return
        }
        let after = head.tryAgainAfterMilliseconds
        var refusal = CallRefusal(
            CallErrorCode(rawValue: number),
            correlation: CallRefusal.printable(head.correlation, limit: CallRequest.nameLimitBytes),
            tryAgainAfterMilliseconds: after == 0 ? nil : after)
        refusal.deskCode = Self.text(head.deskCode, limit: CallRefusal.codeLimit)
        refusal.message = Self.text(head.message, limit: CallRefusal.textLimit)
        refusal.remedy = Self.text(head.remedy, limit: CallRefusal.textLimit)
        self.init(.refused(refusal))
    }

    private static func text(_ text: String, limit: Int) -> String? {
        text.isEmpty ? nil : CallRefusal.printable(text, limit: limit)
    }
}
