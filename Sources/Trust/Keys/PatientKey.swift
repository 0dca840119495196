/// A person's identifier made unreadable: what headers and indexes carry instead of a name or a number.
///
/// Equal keys under one epoch's secret mean equal identifiers; without the secret neither direction can be guessed.
package struct PatientKey: Hashable, Sendable, CustomStringConvertible {
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

    init(code: [UInt8]) {
        bytes = code
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}
