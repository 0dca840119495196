import Effects

/// Reads numbers and texts of a unit in network order, and never beyond its end.
struct ByteCursor {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    static var malformed: Failure { Failure("dimse.malformed", "a unit of the association is malformed") }

    mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw Self.malformed }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() throws -> UInt8 {
        guard let byte = rest.popFirst() else { throw Self.malformed }
        return byte
    }

    mutating func short() throws -> UInt16 { try bytes(2).reduce(0) { $0 << 8 | UInt16($1) } }

    mutating func long() throws -> UInt32 { try bytes(4).reduce(0) { $0 << 8 | UInt32($1) } }

    /// A text of ASCII without what pads it.
    mutating func text(_ count: Int) throws -> String {
        let bytes = try bytes(count)
        guard bytes.allSatisfy({ $0 < 0x80 }) else { throw Self.malformed }
        return String(decoding: bytes, as: UTF8.self).trimmed
    }

    /// An item with its type: a byte that is kept free and the length stand before what it holds.
    mutating func item() throws -> (type: UInt8, content: ByteCursor) {
        let type = try byte()
        _ = try byte()
        return (type, ByteCursor(try bytes(Int(try short()))))
    }

    /// All that is left, as a text.
    mutating func text() throws -> String { try text(rest.count) }
}
