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
        ByteStrings.append(UInt32(clamping: Frame.countedOverheadBytes + frame.payload.count), to: &bytes)
        bytes.append(frame.type.rawValue)
        bytes.append(frame.laneByte)
        ByteStrings.append(frame.callID, to: &bytes)
        bytes.append(contentsOf: frame.payload)
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
        let rest = buffer[start...]
        guard let announced = ByteStrings.integer(UInt32.self, rest) else { return nil }
        let length = Int(announced)
        guard length + 4 <= limitBytes else {
            throw Failure(
                "wire.frameTooLong", "the peer announced a frame of \(length) bytes; \(limitBytes) are allowed")
        }
        guard length >= Frame.countedOverheadBytes else {
            throw Failure("wire.frameTooShort", "the peer announced a frame of \(length) bytes, less than its head")
        }
        guard rest.count >= length + 4, let callID = ByteStrings.integer(UInt64.self, rest.dropFirst(6)) else {
            return nil
        }
        let type = FrameType(rawValue: rest[start + 4])
        let lane = rest[start + 5]
        let payload = Array(rest[(start + Frame.overheadBytes)..<(start + 4 + length)])
        start += 4 + length
        return Frame(type, laneByte: lane, callID: callID, payload: payload)
    }
}
