/// What a frame is for; open, because a newer peer may send types that this program does not know.
///
/// The raw values travel and are never reused. A frame of an unknown type is answered with ``unsupported``.
package struct FrameType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package var rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let hello = FrameType(rawValue: 1)
    package static let welcome = FrameType(rawValue: 2)
    package static let refuse = FrameType(rawValue: 3)
    /// The first fragment of a call: flags, length of the whole message in four bytes, bytes.
    package static let request = FrameType(rawValue: 16)
    /// A further fragment of a call: flags, bytes.
    package static let requestMore = FrameType(rawValue: 17)
    /// The first fragment of an answer, like ``request``.
    package static let response = FrameType(rawValue: 18)
    /// A further fragment of an answer, like ``requestMore``.
    package static let responseMore = FrameType(rawValue: 19)
    /// The caller no longer waits for the call that the frame names.
    package static let cancel = FrameType(rawValue: 20)
    /// Gives back credit: account (0 requests, 1 answers), bytes in four bytes.
    package static let credit = FrameType(rawValue: 21)
    package static let ping = FrameType(rawValue: 32)
    package static let pong = FrameType(rawValue: 33)
    /// The last frame of a side: a `Refuse` message with the reason.
    package static let goodbye = FrameType(rawValue: 34)
    /// The sender does not know the type of a frame: that type in one byte, its lane and call id as they were.
    ///
    /// A peer that is older than this type ignores it; nobody answers it.
    package static let unsupported = FrameType(rawValue: 35)

    package var description: String { "frame type \(rawValue)" }
}
