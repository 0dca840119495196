import SwiftProtobuf

/// A protobuf head behind its length in two bytes, and a body.
enum HeadedMessage {
    static func join(head: some Message, body: [UInt8]) throws -> [UInt8] {
        let head: [UInt8] = try head.serializedBytes()
        guard let length = UInt16(exactly: head.count) else { throw ByteStrings.bad("a short head") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 + head.count + body.count)
        ByteStrings.append(length, to: &bytes)
        bytes.append(contentsOf: head)
        bytes.append(contentsOf: body)
        return bytes
    }

    static func split<Head: Message>(_ bytes: [UInt8]) throws -> (head: Head, body: [UInt8]) {
        guard let length = ByteStrings.integer(UInt16.self, bytes[...]), Int(length) <= bytes.count - 2 else {
            throw ByteStrings.bad("a message with a head")
        }
        guard let head = try? Head(serializedBytes: Array(bytes[2..<2 + Int(length)])) else {
            throw ByteStrings.bad("a message with a head")
        }
        return (head, Array(bytes[(2 + Int(length))...]))
    }
}
