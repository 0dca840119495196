/// Writes extreme values into every field of a message, one field at a time, and into fields that it does not have.
enum ExtremeValues {
    /// What was bent, for whoever looks for the reason, and the bent message.
    struct Variant {
        var place: String
        var bytes: [UInt8]
    }

    /// Numbers at which some type ends, or the sum of two of them does.
    static let numbers: [UInt64] = [
        0, 1, 1 << 31 - 1, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 53, 1 << 62, 1 << 63 - 1, 1 << 63, .max,
    ]
    private static let fewNumbers: [UInt64] = [1 << 32 - 1, 1 << 63 - 1, 1 << 63, .max]

    static let texts: [String] = [
        "", "-", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "00000000000000",
        "99991231235959.9999+1400", "9999-12-31T23:59:59.999+14:00", "0001-01-01T00:00:00-14:00", "9999", "0000Q0",
        "jucheng/ffffffffffffffff/bulk/18446744073709551615/4294967295", String(repeating: "长", count: 2_000),
    ]

    /// - Parameter depth: how deep a field is looked for messages of its own.
    static func variants(of bytes: [UInt8], depth: Int = 3) -> [Variant] {
        guard let message = ProtobufBytes(bytes) else { return [] }
        var all: [Variant] = []
        for index in message.fields.indices {
            all += values(of: message.fields[index], depth: depth).map { value in
                var bent = message
                bent.fields[index].value = value.value
                return Variant(place: "\(message.fields[index].number)\(value.place)", bytes: bent.bytes)
            }
            all += repetitions(of: message, at: index)
        }
        let known = Set(message.fields.map(\.number))
        for number in UInt64(1)...31 where !known.contains(number) {
            for extreme in fewNumbers {
                var bent = message
                bent.fields.append(.init(number: number, value: .varint(extreme)))
                all.append(Variant(place: "+\(number)=\(extreme)", bytes: bent.bytes))
            }
        }
        return all
    }

    private static func values(
        of field: ProtobufBytes.Field, depth: Int
    ) -> [(place: String, value: ProtobufBytes.Value)] {
        switch field.value {
        case .varint: return numbers.map { ("=\($0)", .varint($0)) }
        case .fixed64: return numbers.map { ("=\($0)", .fixed64($0)) }
        case .fixed32: return fewNumbers.map { ("=\($0)", .fixed32($0)) }
        case .bytes(let bytes):
            let plain = texts.map { ("='\($0.prefix(20))'", ProtobufBytes.Value.bytes(Array($0.utf8))) }
            guard depth > 0, !bytes.isEmpty else { return plain }
            return plain + variants(of: bytes, depth: depth - 1).map { (".\($0.place)", .bytes($0.bytes)) }
        }
    }

    /// The message without a field, with it twice, and with it many times.
    private static func repetitions(of message: ProtobufBytes, at index: Int) -> [Variant] {
        [0, 2, 300].map { count in
            var bent = message
            bent.fields.replaceSubrange(
                index...index, with: Array(repeating: message.fields[index], count: count))
            return Variant(place: "\(message.fields[index].number)×\(count)", bytes: bent.bytes)
        }
    }
}
