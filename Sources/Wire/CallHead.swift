import SwiftProtobuf

/// The head of a call in the bytes of `CallRequestHead`, written and read without the general protobuf machinery.
///
/// Every call has one; the general machinery costs more than all else on the way. What is not exactly what `encode`
/// writes is left to the general reader.
enum CallHead {
    /// The same bytes that `PBCallRequestHead` serialises to.
    static func encode(_ request: CallRequest, into bytes: inout [UInt8]) {
        number(1, UInt64(request.method), &bytes)
        text(2, request.desk, &bytes)
        number(3, UInt64(UInt32(clamping: request.deadlineMilliseconds)), &bytes)
        text(4, request.correlation, &bytes)
    }

    struct Fields {
        var method: UInt64 = 0
        var desk = ""
        var deadline: UInt64 = 0
        var correlation = ""
    }

    /// - Returns: nil where the bytes are not fields 1 to 4, each once at most and in their order.
    static func decode(_ bytes: ArraySlice<UInt8>) -> Fields? {
        var fields = Fields()
        var rest = Reader(bytes: bytes, position: bytes.startIndex)
        var last: UInt8 = 0
        while let tag = rest.byte() {
            guard tag > last else { return nil }
            last = tag
            switch tag {
            case 0x08: guard rest.number(into: &fields.method) else { return nil }
            case 0x12: guard rest.text(into: &fields.desk) else { return nil }
            case 0x18: guard rest.number(into: &fields.deadline), fields.deadline <= UInt32.max else { return nil }
            case 0x22: guard rest.text(into: &fields.correlation) else { return nil }
            default: return nil
            }
        }
        return fields
    }

    private static func number(_ field: UInt8, _ value: UInt64, _ bytes: inout [UInt8]) {
        guard value != 0 else { return }
        bytes.append(field << 3)
        varint(value, &bytes)
    }

    private static func text(_ field: UInt8, _ value: String, _ bytes: inout [UInt8]) {
        let utf8 = value.utf8
        guard !utf8.isEmpty else { return }
        bytes.append(field << 3 | 2)
        varint(UInt64(utf8.count), &bytes)
        bytes.append(contentsOf: utf8)
    }

    private static func varint(_ value: UInt64, _ bytes: inout [UInt8]) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private struct Reader {
        let bytes: ArraySlice<UInt8>
        var position: Int

        mutating func byte() -> UInt8? {
            guard position < bytes.endIndex else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        mutating func number(into value: inout UInt64) -> Bool {
            value = 0
            for shift in stride(from: UInt64(0), through: 28, by: 7) {
                guard let next = byte() else { return false }
                value |= UInt64(next & 0x7F) << shift
                if next & 0x80 == 0 { return true }
            }
            return false
        }

        mutating func text(into value: inout String) -> Bool {
            var length: UInt64 = 0
            guard number(into: &length), Int(length) <= bytes.endIndex - position else { return false }
            let part = bytes[position..<position + Int(length)]
            if part.allSatisfy({ $0 < 0x80 }) {
                value = String(decoding: part, as: UTF8.self)
            } else {
                guard let text = String(validating: part, as: UTF8.self) else { return false }
                value = text
            }
            position += Int(length)
            return true
        }
    }
}

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
