/// A message of protobuf's binary format, taken apart without knowing what it means.
///
/// So every field that a message has can be bent, also those that its sender's generated code would never write.
struct ProtobufBytes {
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt64)
        case bytes([UInt8])
    }

    struct Field {
        var number: UInt64
        var value: Value
    }

    var fields: [Field]

    init(fields: [Field]) {
        self.fields = fields
    }

    /// - Returns: nil where the bytes are no such message.
    init?(_ bytes: [UInt8]) {
        fields = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let tag = Self.varint(&rest), (1..<1 << 29).contains(tag >> 3) else { return nil }
            switch tag & 7 {
            case 0:
                guard let number = Self.varint(&rest) else { return nil }
                fields.append(Field(number: tag >> 3, value: .varint(number)))
            case 1:
                guard let number = Self.fixed(8, &rest) else { return nil }
                fields.append(Field(number: tag >> 3, value: .fixed64(number)))
            case 5:
                guard let number = Self.fixed(4, &rest) else { return nil }
                fields.append(Field(number: tag >> 3, value: .fixed32(number)))
            case 2:
                guard let length = Self.varint(&rest), length <= UInt64(rest.count) else { return nil }
                fields.append(Field(number: tag >> 3, value: .bytes(Array(rest.prefix(Int(length))))))
                rest = rest.dropFirst(Int(length))
            default:
                return nil
            }
        }
    }

    var bytes: [UInt8] {
        var all: [UInt8] = []
        for field in fields {
            switch field.value {
            case .varint(let number):
                Self.append(field.number << 3, to: &all)
                Self.append(number, to: &all)
            case .fixed64(let number):
                Self.append(field.number << 3 | 1, to: &all)
                for index in 0..<8 { all.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
            case .fixed32(let number):
                Self.append(field.number << 3 | 5, to: &all)
                for index in 0..<4 { all.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
            case .bytes(let bytes):
                Self.append(field.number << 3 | 2, to: &all)
                Self.append(UInt64(bytes.count), to: &all)
                all += bytes
            }
        }
        return all
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
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

    private static func fixed(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard rest.count >= count else { return nil }
        let value = rest.prefix(count).enumerated().reduce(UInt64(0)) {
            $0 | UInt64($1.element) << UInt64(8 * $1.offset)
        }
        rest = rest.dropFirst(count)
        return value
    }
}
