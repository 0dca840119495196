/// How a segment is compressed; the raw values travel and are never reused.
package enum Codec: UInt8, CaseIterable, Hashable, Sendable, CustomStringConvertible {
    case none = 0
    /// The common tongue: every node reads and writes it (RFC 1950).
    case zlib = 1
    /// Used where both ends speak it (RFC 8878).
    case zstd = 2

    package var description: String {
        switch self {
        case .none: "none"
        case .zlib: "zlib"
        case .zstd: "zstd"
        }
    }
}
