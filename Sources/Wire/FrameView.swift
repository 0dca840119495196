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
