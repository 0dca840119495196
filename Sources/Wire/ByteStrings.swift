package import Effects

/// Byte strings joined into one, each behind its length in four bytes, the highest first.
package enum ByteStrings {
    package static func join(_ parts: [[UInt8]]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count + 4 })
        for part in parts { try append(part: part, to: &bytes) }
        return bytes
    }

    /// Appends one more part to those that were joined.
    package static func append(part: [UInt8], to bytes: inout [UInt8]) throws {
        guard let length = UInt32(exactly: part.count) else { throw bad("a byte string") }
        bytes.reserveCapacity(bytes.count + 4 + part.count)
        append(length, to: &bytes)
        bytes.append(contentsOf: part)
    }

    /// The parts that were joined.
    ///
    /// - Throws: `wire.badValue` where a length passes the end.
    package static func split(_ bytes: [UInt8]) throws -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let length = integer(UInt32.self, rest), Int(length) <= rest.count - 4 else {
                throw bad("a list")
            }
            let start = rest.startIndex + 4
            parts.append(Array(rest[start..<start + Int(length)]))
            rest = rest[(start + Int(length))...]
        }
        return parts
    }

    /// Appends an integer, its highest byte first.
    @inlinable package static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// The integer that the first bytes stand for, or nil where there are too few.
    @inlinable package static func integer<Value: FixedWidthInteger>(_ type: Value.Type, _ bytes: ArraySlice<UInt8>)
        -> Value?
    {
        let width = Value.bitWidth / 8
        guard bytes.count >= width else { return nil }
        var value: Value = 0
        for byte in bytes.prefix(width) {
            value = (width > 1 ? value << 8 : 0) | Value(truncatingIfNeeded: byte)
        }
        return value
    }

    package static func bad(_ what: String) -> Failure {
        Failure("wire.badValue", "the bytes of a call are not \(what)")
    }
}
