import MessageCorpus

/// Writes extreme values into every field of a message, one field at a time, and into fields that it does not have.
enum ExtremeValues {
    /// What was bent, for whoever looks for the reason, and the bent message.
    struct Variant {
        var place: String
        var bytes: [UInt8]
        /// Whether a number was written over a number: what sums, bounds and times are made of.
        var isNumber = false
    }

    private static let fewNumbers: [UInt64] = [1 << 32 - 1, 1 << 63 - 1, 1 << 63, .max]

    /// - Parameter depth: how deep a field is looked for messages of its own.
    static func variants(of bytes: [UInt8], depth: Int = 3) -> [Variant] {
        guard let message = ProtobufBytes(bytes) else { return [] }
        var all: [Variant] = []
        for index in message.fields.indices {
            all += values(of: message.fields[index], depth: depth).map { value in
                var bent = message
                bent.fields[index].value = value.value
                return Variant(
                    place: "\(message.fields[index].number)\(value.place)", bytes: bent.bytes, isNumber: value.isNumber)
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

    private typealias Value = (place: String, value: ProtobufBytes.Value, isNumber: Bool)

    private static func values(of field: ProtobufBytes.Field, depth: Int) -> [Value] {
        switch field.value {
        case .varint: return ExtremeForms.numbers.map { ("=\($0)", .varint($0), true) }
        case .fixed64: return ExtremeForms.numbers.map { ("=\($0)", .fixed64($0), true) }
        case .fixed32: return fewNumbers.map { ("=\($0)", .fixed32($0), true) }
        case .bytes(let bytes):
            let plain = ExtremeForms.texts.map { text -> Value in
                ("='\(text.prefix(20))'", .bytes(Array(text.utf8)), false)
            }
            guard depth > 0, !bytes.isEmpty else { return plain }
            return plain
                + variants(of: bytes, depth: depth - 1).map { (".\($0.place)", .bytes($0.bytes), $0.isNumber) }
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
