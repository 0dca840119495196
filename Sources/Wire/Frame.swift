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
