package import SwiftProtobuf

/// A value that travels as an argument or an answer of a call.
///
/// It is the `SerializationRequirement` of Yilian's distributed actors. Decoding is given bytes of a peer: it throws
/// and never traps.
package protocol WireValue: Sendable {
    /// The value as bytes.
    func wireBytes() throws -> [UInt8]

    /// The value that `bytes` stand for.
    ///
    /// - Throws: `wire.badValue`, or what the type's own check throws.
    init(wireBytes bytes: [UInt8]) throws

    /// A list of values as bytes; a type whose lists have a shorter form says so here.
    static func wireBytes(ofList list: [Self]) throws -> [UInt8]

    /// The list of values that `bytes` stand for.
    static func list(wireBytes bytes: [UInt8]) throws -> [Self]
}

extension WireValue {
    package static func wireBytes(ofList list: [Self]) throws -> [UInt8] {
        try ByteStrings.join(list.map { try $0.wireBytes() })
    }

    package static func list(wireBytes bytes: [UInt8]) throws -> [Self] {
        try ByteStrings.split(bytes).map { try Self(wireBytes: $0) }
    }
}

/// The answer of a call that answers nothing.
package struct WireVoid: WireValue, Hashable {
    package init() {}

    package func wireBytes() throws -> [UInt8] { [] }

    package init(wireBytes bytes: [UInt8]) throws {
        guard bytes.isEmpty else { throw ByteStrings.bad("nothing") }
    }
}

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

/// A model type that travels as a protobuf message; the mapping stands in its `X+Wire.swift`.
package protocol ProtobufWireValue: WireValue {
    associatedtype WireMessage: SwiftProtobuf.Message

    /// The checked model of a message that a peer wrote.
    init(wire message: WireMessage) throws

    func wire() throws -> WireMessage
}

extension ProtobufWireValue {
    package func wireBytes() throws -> [UInt8] {
        try wire().serializedBytes()
    }

    package init(wireBytes bytes: [UInt8]) throws {
        let message: WireMessage
        do {
            message = try WireMessage(serializedBytes: bytes)
        } catch {
            throw ByteStrings.bad("a \(WireMessage.protoMessageName) message")
        }
        try self.init(wire: message)
    }
}
