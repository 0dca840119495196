extension String: WireValue {
    package func wireBytes() throws -> [UInt8] { Array(utf8) }

    package init(wireBytes bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw ByteStrings.bad("UTF-8 text") }
        self = text
    }
}

extension Bool: WireValue {
    package func wireBytes() throws -> [UInt8] { [self ? 1 : 0] }

    package init(wireBytes bytes: [UInt8]) throws {
        switch bytes {
        case [0]: self = false
        case [1]: self = true
        default: throw ByteStrings.bad("a truth value")
        }
    }
}

extension WireValue where Self: FixedWidthInteger {
    package func wireBytes() throws -> [UInt8] {
        var bytes: [UInt8] = []
        ByteStrings.append(self, to: &bytes)
        return bytes
    }

    package init(wireBytes bytes: [UInt8]) throws {
        guard bytes.count == Self.bitWidth / 8, let value = ByteStrings.integer(Self.self, bytes[...]) else {
            throw ByteStrings.bad("an integer of \(Self.bitWidth) bits")
        }
        self = value
    }
}

extension Int64: WireValue {}
extension UInt64: WireValue {}
extension Int32: WireValue {}
extension UInt32: WireValue {}

/// A byte is a wire value so that `[UInt8]` is one; a list of bytes travels as it is.
extension UInt8: WireValue {
    package static func wireBytes(ofList list: [UInt8]) throws -> [UInt8] { list }

    package static func list(wireBytes bytes: [UInt8]) throws -> [UInt8] { bytes }
}

extension Array: WireValue where Element: WireValue {
    package func wireBytes() throws -> [UInt8] { try Element.wireBytes(ofList: self) }

    package init(wireBytes bytes: [UInt8]) throws {
        self = try Element.list(wireBytes: bytes)
    }
}

/// Nothing is the byte 0; something is the byte 1 and the value.
extension Optional: WireValue where Wrapped: WireValue {
    package func wireBytes() throws -> [UInt8] {
        guard let value = self else { return [0] }
        return try [1] + value.wireBytes()
    }

    package init(wireBytes bytes: [UInt8]) throws {
        switch bytes.first {
        case 0 where bytes.count == 1: self = nil
        case 1: self = try Wrapped(wireBytes: Array(bytes.dropFirst()))
        default: throw ByteStrings.bad("an optional value")
        }
    }
}
