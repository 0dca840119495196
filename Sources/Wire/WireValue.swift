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
