/// The 32 bytes that a suite's digest function makes of a message; which suite, the context says.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are exactly 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: `nil` unless the text is 64 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    /// What a digest function of this module returned; both functions make 32 bytes by their standard.
    init(trusted bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}
