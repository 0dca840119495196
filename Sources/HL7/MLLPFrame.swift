/// What stood between VT and FS.
package struct MLLPFrame: Equatable, Sendable {
    package var bytes: [UInt8]
    /// Whether FS was followed by its CR; otherwise nobody knows whether the message goes on.
    package var isWhole: Bool

    package init(bytes: [UInt8], isWhole: Bool) {
        self.bytes = bytes
        self.isWhole = isWhole
    }

    /// Nothing but blanks: a sign of life, which is not answered.
    package var isHeartbeat: Bool { bytes.allSatisfy { $0 <= 0x20 } }
}
