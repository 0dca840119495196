/// The unit of a link: a type, a lane, the call it belongs to and a payload.
///
/// ```
/// length   4 bytes, the highest first: what follows, 10 + payload
/// type     1 byte
/// lane     1 byte
/// call id  8 bytes, the highest first; 0 where the frame belongs to no call
/// payload
/// ```
package struct Frame: Hashable, Sendable {
    package var type: FrameType
    /// The lane's raw value; only frame types that are known are asked for a lane that is known.
    package var laneByte: UInt8
    package var callID: UInt64
    package var payload: [UInt8]

    package init(_ type: FrameType, lane: Lane = .control, callID: UInt64 = 0, payload: [UInt8] = []) {
        self.init(type, laneByte: lane.rawValue, callID: callID, payload: payload)
    }

    package init(_ type: FrameType, laneByte: UInt8, callID: UInt64, payload: [UInt8]) {
        self.type = type
        self.laneByte = laneByte
        self.callID = callID
        self.payload = payload
    }

    package var lane: Lane? { Lane(rawValue: laneByte) }

    /// Bytes of a frame besides its payload, the length included.
    package static let overheadBytes = 14
    /// Bytes of a frame besides its payload, as its length counts them.
    static let countedOverheadBytes = 10
}

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

/// A frame whose payload still stands among the bytes that it came with.
package struct FrameView: Sendable {
    package var type: FrameType
    package var laneByte: UInt8
    package var callID: UInt64
    package var payload: ArraySlice<UInt8>

    package init(type: FrameType, laneByte: UInt8, callID: UInt64, payload: ArraySlice<UInt8>) {
        self.type = type
        self.laneByte = laneByte
        self.callID = callID
        self.payload = payload
    }

    package init(_ frame: Frame) {
        self.init(type: frame.type, laneByte: frame.laneByte, callID: frame.callID, payload: frame.payload[...])
    }

    package var lane: Lane? { Lane(rawValue: laneByte) }
}
