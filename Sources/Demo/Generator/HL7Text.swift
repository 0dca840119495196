/// Builds an HL7 v2 message byte by byte: CR ends segments, reserved characters are escaped.
struct HL7Text: Sendable {
    private(set) var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(4096)
    }

    /// Appends syntax: segment names, separators, codes that need no escape.
    mutating func syntax(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends content, escaping the reserved characters of `|^~\&` and line feeds (`\.br\`).
    mutating func content(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "|"): syntax("\\F\\")
            case UInt8(ascii: "^"): syntax("\\S\\")
            case UInt8(ascii: "~"): syntax("\\R\\")
            case UInt8(ascii: "\\"): syntax("\\E\\")
            case UInt8(ascii: "&"): syntax("\\T\\")
            case UInt8(ascii: "\n"): syntax("\\.br\\")
            default: bytes.append(byte)
            }
        }
    }

    /// Appends a number of field separators.
    mutating func bars(_ count: Int) {
        for _ in 0..<count { bytes.append(UInt8(ascii: "|")) }
    }

    mutating func endSegment() {
        bytes.append(UInt8(ascii: "\r"))
    }
}
