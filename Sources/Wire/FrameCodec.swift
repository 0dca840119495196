import Effects

/// Turns frames into bytes, and the bytes of a peer, in pieces of any size, into frames.
///
/// A length is checked before memory is taken for what it announces; the buffer never holds more than one frame and
/// the piece that was fed last.
package struct FrameCodec: Sendable {
    private let limitBytes: Int
    private var buffer: [UInt8] = []
    private var start = 0

    package init(limitBytes: Int = Limits.frameBytes) {
        self.limitBytes = limitBytes
    }

    /// Appends the bytes of `frame` to `bytes`.
    package static func encode(_ frame: Frame, into bytes: inout [UInt8]) {
        encodeHead(
            frame.type, laneByte: frame.laneByte, callID: frame.callID, payloadBytes: frame.payload.count, into: &bytes)
        bytes.append(contentsOf: frame.payload)
    }

    /// Appends what stands before a payload of `payloadBytes`, which the caller appends.
    package static func encodeHead(
        _ type: FrameType, _ lane: Lane, callID: UInt64, payloadBytes: Int, into bytes: inout [UInt8]
    ) {
        encodeHead(type, laneByte: lane.rawValue, callID: callID, payloadBytes: payloadBytes, into: &bytes)
    }

    private static func encodeHead(
        _ type: FrameType, laneByte: UInt8, callID: UInt64, payloadBytes: Int, into bytes: inout [UInt8]
    ) {
        ByteStrings.append(UInt32(clamping: Frame.countedOverheadBytes + payloadBytes), to: &bytes)
        bytes.append(type.rawValue)
        bytes.append(laneByte)
        ByteStrings.append(callID, to: &bytes)
    }

    package static func encode(_ frame: Frame) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Frame.overheadBytes + frame.payload.count)
        encode(frame, into: &bytes)
        return bytes
    }

    /// Takes what arrived.
    package mutating func feed(_ bytes: [UInt8]) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole frame, or nil where more bytes are needed.
    ///
    /// - Throws: `wire.frameTooLong` or `wire.frameTooShort`; the stream cannot be read any further.
    package mutating func next() throws -> Frame? {
        guard let view = try nextView() else { return nil }
        return Frame(view.type, laneByte: view.laneByte, callID: view.callID, payload: Array(view.payload))
    }

    /// The same without a copy of the payload; it must be gone before the next bytes are fed.
    package mutating func nextView() throws -> FrameView? {
        let available = buffer.count - start
        guard available >= 4 else { return nil }
        let length = Int(number(at: start, bytes: 4))
        guard length + 4 <= limitBytes else {
            throw Failure(
                "wire.frameTooLong", "the peer announced a frame of \(length) bytes; \(limitBytes) are allowed")
        }
        guard length >= Frame.countedOverheadBytes else {
            throw Failure("wire.frameTooShort", "the peer announced a frame of \(length) bytes, less than its head")
        }
        guard available >= length + 4 else { return nil }
        let callID = number(at: start + 6, bytes: 8)
        let type = FrameType(rawValue: buffer[start + 4])
        let lane = buffer[start + 5]
        let payload = buffer[(start + Frame.overheadBytes)..<(start + 4 + length)]
        start += 4 + length
        return FrameView(type: type, laneByte: lane, callID: callID, payload: payload)
    }

    private func number(at position: Int, bytes: Int) -> UInt64 {
        var value: UInt64 = 0
        for byte in buffer[position..<position + bytes] { value = value << 8 | UInt64(byte) }
        return value
    }
}
