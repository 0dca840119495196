/// Writes protobuf's binary format straight into a byte string.
///
/// For the few messages that a node writes for every report: it makes the same bytes as the generated code (fields in
/// the order of their numbers, default values left out), which tests compare, in a fraction of its time.
package struct ProtobufWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reservingBytes count: Int = 0) {
        bytes.reserveCapacity(count)
    }

    /// A text field; the empty text is left out.
    package mutating func text(_ number: UInt32, _ value: String) {
        if !value.isEmpty { element(number, value) }
    }

    /// A text field; no text is left out like the empty one.
    package mutating func text(_ number: UInt32, _ value: String?) {
        if let value { text(number, value) }
    }

    /// An element of a repeated text field, written also where it is empty.
    package mutating func element(_ number: UInt32, _ value: String) {
        var value = value
        tag(number, 2)
        value.withUTF8 { text in
            varint(UInt64(text.count))
            bytes.append(contentsOf: text)
        }
    }

    /// A field of bytes; no bytes are left out.
    package mutating func data(_ number: UInt32, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        tag(number, 2)
        varint(UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    /// An integer field; 0 is left out.
    package mutating func integer(_ number: UInt32, _ value: UInt64) {
        guard value != 0 else { return }
        tag(number, 0)
        varint(value)
    }

    /// An integer field of type int64; 0 is left out.
    package mutating func integer(_ number: UInt32, _ value: Int64) {
        integer(number, UInt64(bitPattern: value))
    }

    package mutating func truth(_ number: UInt32, _ value: Bool) {
        integer(number, UInt64(value ? 1 : 0))
    }

    package mutating func fixed64(_ number: UInt32, _ value: UInt64) {
        guard value != 0 else { return }
        tag(number, 1)
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A field that holds a message; written also where the message is empty.
    package mutating func message(_ number: UInt32, _ write: (inout ProtobufWriter) throws -> Void) rethrows {
        tag(number, 2)
        bytes.append(0)
        let start = bytes.count
        try write(&self)
        let count = bytes.count - start
        guard count >= 0x80 else {
            bytes[start - 1] = UInt8(count)
            return
        }
        var length: [UInt8] = []
        Self.append(varint: UInt64(count), to: &length)
        bytes.replaceSubrange((start - 1)..<start, with: length)
    }

    private mutating func tag(_ number: UInt32, _ type: UInt32) { varint(UInt64(number << 3 | type)) }

    private mutating func varint(_ value: UInt64) { Self.append(varint: value, to: &bytes) }

    private static func append(varint value: UInt64, to bytes: inout [UInt8]) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: value))
    }
}
