package import Effects

/// Reads protobuf's binary format field by field.
///
/// For the few messages that a node reads for every report. Fields that the caller does not know are passed over, as
/// generated code does; bytes that are no protobuf throw and never trap.
package struct ProtobufReader {
    /// One field as it stands in the bytes.
    package struct Field {
        package var number: UInt32
        fileprivate var type: UInt8
        fileprivate var number64: UInt64
        fileprivate var range: Range<Int>
    }

    private let bytes: UnsafeRawBufferPointer
    private var offset: Int
    private let end: Int

    /// Reads a message; the reader does not outlive `body`.
    package static func read<Value>(
        _ bytes: [UInt8], _ body: (inout ProtobufReader) throws -> Value
    ) throws -> Value {
        try bytes.withUnsafeBytes { buffer in
            var reader = ProtobufReader(bytes: buffer, offset: 0, end: buffer.count)
            return try body(&reader)
        }
    }

    private init(bytes: UnsafeRawBufferPointer, offset: Int, end: Int) {
        self.bytes = bytes
        self.offset = offset
        self.end = end
    }

    /// The next field, or nil at the end.
    ///
    /// - Throws: `wire.badProtobuf`.
    package mutating func next() throws -> Field? {
        guard offset < end else { return nil }
        let tag = try varint()
        guard let number = UInt32(exactly: tag >> 3), number > 0, number < 1 << 29 else { throw Self.bad }
        let type = UInt8(tag & 7)
        var field = Field(number: number, type: type, number64: 0, range: offset..<offset)
        switch type {
        case 0: field.number64 = try varint()
        case 1: field.number64 = try fixed(8)
        case 5: field.number64 = try fixed(4)
        case 2:
            let length = try varint()
            guard length <= UInt64(end - offset) else { throw Self.bad }
            field.range = offset..<(offset + Int(length))
            offset += Int(length)
        default:
            throw Self.bad
        }
        return field
    }

    /// A number from 0 to a limit; nil where the field is of another type.
    ///
    /// - Throws: `wire.outOfRange`.
    package func count(_ field: Field, atMost limit: Int, _ what: String) throws -> Int? {
        try integer(field).map { try PeerNumber.count($0, atMost: limit, what) }
    }

    /// A moment in milliseconds since 1970; nil where the field is of another type.
    ///
    /// - Throws: `wire.outOfRange`.
    package func time(_ field: Field) throws -> WallTime? {
        try integer(field).map { try PeerNumber.time(Int64(bitPattern: $0)) }
    }

    /// The integer of a field of type uint64, as it stands there; nil where the field is of another type.
    ///
    /// What is computed with is read by ``count(_:atMost:_:)`` or ``time(_:)``.
    package func integer(_ field: Field) -> UInt64? { field.type == 0 ? field.number64 : nil }

    /// The integer of a field of type uint32: what does not fit loses its high bits, as protobuf says.
    package func integer32(_ field: Field) -> UInt32? { integer(field).map { UInt32(truncatingIfNeeded: $0) } }

    package func fixed64(_ field: Field) -> UInt64? { field.type == 1 ? field.number64 : nil }

    package func data(_ field: Field) -> [UInt8]? { field.type == 2 ? Array(bytes[field.range]) : nil }

    /// - Throws: `wire.badProtobuf` where the bytes are no UTF-8.
    package func text(_ field: Field) throws -> String? {
        guard field.type == 2 else { return nil }
        guard let text = String(validating: bytes[field.range], as: UTF8.self) else { throw Self.bad }
        return text
    }

    /// A reader of the message in a field.
    package func message(_ field: Field) -> ProtobufReader? {
        field.type == 2
            ? ProtobufReader(bytes: bytes, offset: field.range.lowerBound, end: field.range.upperBound) : nil
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard offset < end else { throw Self.bad }
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw Self.bad
    }

    private mutating func fixed(_ count: Int) throws -> UInt64 {
        guard count <= end - offset else { throw Self.bad }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        offset += count
        return value
    }

    private static let bad = Failure("wire.badProtobuf", "the bytes are no message of protobuf's binary format")
}
