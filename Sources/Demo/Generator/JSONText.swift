/// Builds a JSON document as bytes, keeping numbers in the form in which they are given (`0.50`).
struct JSONText: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Whether the next member or element needs a comma before it.
    private var needsComma = false

    init() {
        bytes.reserveCapacity(8192)
    }

    /// An object, as a member where a key is given.
    mutating func object(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
        nest(key, "{", "}", body)
    }

    /// An array, as a member where a key is given.
    mutating func array(_ key: String? = nil, _ body: (inout JSONText) -> Void) {
        nest(key, "[", "]", body)
    }

    /// A string member.
    mutating func string(_ key: String, _ value: String) {
        begin(key)
        quoted(value)
        needsComma = true
    }

    /// A number member; `lexical` must be a JSON number.
    mutating func number(_ key: String, lexical: String) {
        begin(key)
        bytes.append(contentsOf: lexical.utf8)
        needsComma = true
    }

    private mutating func nest(_ key: String?, _ open: String, _ close: String, _ body: (inout JSONText) -> Void) {
        begin(key)
        bytes.append(contentsOf: open.utf8)
        needsComma = false
        body(&self)
        bytes.append(contentsOf: close.utf8)
        needsComma = true
    }

    private mutating func begin(_ key: String?) {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        guard let key else { return }
        quoted(key)
        bytes.append(UInt8(ascii: ":"))
    }

    private mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case 0..<0x20: bytes.append(contentsOf: "\\u00".utf8 + Self.hexadecimal(byte))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
