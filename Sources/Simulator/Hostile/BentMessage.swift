package import Effects

/// A message of protobuf's binary format, taken apart as far as its numbers, which are bent without knowing what they
/// mean.
package struct BentMessage {
    private enum Field {
        case number(key: UInt64, value: UInt64)
        case other([UInt8])
    }

    private var fields: [Field] = []

    /// Numbers at which some type ends, or the sum of two of them does.
    static let extremes: [UInt64] = [
        0, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 53, 1 << 62, 1 << 63 - 1, 1 << 63, .max,
    ]

    /// - Returns: the message with one of its numbers bent; the message itself where it has none.
    package static func bend(_ bytes: [UInt8], _ random: any RandomSource) -> [UInt8] {
        guard var message = BentMessage(bytes) else { return bytes }
        let places = message.fields.indices.filter {
            if case .number = message.fields[$0] { true } else { false }
        }
        guard !places.isEmpty else { return bytes }
        let place = places[Int(random.number(below: UInt64(places.count)))]
        guard case .number(let key, _) = message.fields[place] else { return bytes }
        message.fields[place] = .number(key: key, value: extremes[Int(random.number(below: UInt64(extremes.count)))])
        return message.bytes
    }

    private init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let start = rest
            guard let key = Self.varint(&rest) else { return nil }
            switch key & 7 {
            case 0:
                guard let value = Self.varint(&rest) else { return nil }
                fields.append(.number(key: key, value: value))
                continue
            case 1: rest = rest.dropFirst(8)
            case 5: rest = rest.dropFirst(4)
            case 2:
                guard let length = Self.varint(&rest), length <= UInt64(rest.count) else { return nil }
                rest = rest.dropFirst(Int(length))
            default: return nil
            }
            fields.append(.other(Array(start.prefix(start.count - rest.count))))
        }
    }

    private var bytes: [UInt8] {
        fields.flatMap { field in
            switch field {
            case .number(let key, let value): Self.varint(key) + Self.varint(value)
            case .other(let bytes): bytes
            }
        }
    }

    private static func varint(_ number: UInt64) -> [UInt8] {
        var (rest, bytes) = (number, [UInt8]())
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
