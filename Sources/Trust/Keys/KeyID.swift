/// The short name of a public key: the first 16 bytes of its suite's digest.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 16

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are exactly 16 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: `nil` unless the text is 32 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(of publicBytes: [UInt8], suite: Suite) {
        bytes = Array(suite.digest(publicBytes).bytes.prefix(Self.byteCount))
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}
