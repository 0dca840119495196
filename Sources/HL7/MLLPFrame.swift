import Effects

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

/// Wraps messages in MLLP frames.
package enum MLLPEncoder {
    package static func frame(_ message: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(message.count + 3)
        bytes.append(MLLPDecoder.start)
        bytes.append(contentsOf: message)
        bytes.append(MLLPDecoder.end)
        bytes.append(MLLPDecoder.carriageReturn)
        return bytes
    }
}

/// Takes the messages out of a stream of MLLP frames: VT, the message, FS, CR.
///
/// A value without a socket: it is fed what arrived, in pieces of any size. FS ends a frame only with its CR. FS and VT
/// that stand within a frame stay in it, so that reading the message refuses it: what a sender cut off or let slip into a
/// text is never half a result.
package struct MLLPDecoder: Sendable {
    package static let start: UInt8 = 0x0B
    package static let end: UInt8 = 0x1C
    package static let carriageReturn: UInt8 = 0x0D

    private let limitBytes: Int
    private var frame: [UInt8] = []
    private var isInFrame = false
    /// The last byte of the frame was FS.
    private var isAtEnd = false
    /// Where in the frame the byte after the last VT lies.
    private var lastStart: Int?

    /// Bytes between frames that belong to none, and bytes of frames that were begun anew before they ended.
    package private(set) var skippedBytes = 0

    package init(limitBytes: Int = Limits.hl7MessageBytes) {
        self.limitBytes = limitBytes
    }

    /// Whether a frame has begun and not ended.
    package var isInsideFrame: Bool { isInFrame }
    /// What has come of a frame that has not ended.
    package var unfinished: [UInt8] { frame }

    /// Takes one byte.
    ///
    /// - Returns: a frame, where the byte ended one.
    /// - Throws: `mllp.tooLong` where a frame exceeds the limit; the connection is of no use then.
    package mutating func feed(_ byte: UInt8) throws -> MLLPFrame? {
        guard isInFrame else {
            if byte == Self.start { isInFrame = true } else { skippedBytes += 1 }
            return nil
        }
        if isAtEnd {
            isAtEnd = false
            if byte == Self.carriageReturn { return finish(isWhole: true) }
            if byte == Self.start {
                let broken = finish(isWhole: false)
                isInFrame = true
                return broken
            }
            try append(Self.end)
        }
        switch byte {
        case Self.end: isAtEnd = true
        case Self.start:
            try append(byte)
            lastStart = frame.count
        default:
            try append(byte)
            beginAnewIfHeader()
        }
        return nil
    }

    /// The end of the stream.
    ///
    /// - Returns: a frame that ended in FS and lacks its CR.
    package mutating func end() -> MLLPFrame? { isAtEnd ? finish(isWhole: false) : nil }

    /// Takes a piece of the stream and hands over each message that it completes, as whoever asked for it takes answers.
    ///
    /// - Throws: `mllp.tooLong`, or what `take` throws; messages completed before are handed over all the same.
    package mutating func feed(_ bytes: some Sequence<UInt8>, take: ([UInt8]) throws -> Void) throws {
        for byte in bytes {
            if let frame = try feed(byte) { try take(frame.bytes) }
        }
    }

    private mutating func append(_ byte: UInt8) throws {
        guard frame.count < limitBytes else {
            throw Failure("mllp.tooLong", "a frame is longer than \(limitBytes) bytes")
        }
        frame.append(byte)
    }

    /// A VT and a header within a frame: the sender gave the frame up and began anew.
    private mutating func beginAnewIfHeader() {
        guard let start = lastStart else { return }
        let count = frame.count - start
        guard count == 3 || count == 6 else {
            if count > 6 { lastStart = nil }
            return
        }
        let mark = HL7Encoding.byteOrderMark
        let name = frame[start...].starts(with: mark) ? frame[(start + mark.count)...] : frame[start...]
        guard ["MSH", "FHS", "BHS"].contains(where: { name.elementsEqual($0.utf8) }) else { return }
        skippedBytes += start
        frame.removeFirst(start)
        lastStart = nil
    }

    private mutating func finish(isWhole: Bool) -> MLLPFrame {
        let bytes = frame
        frame = []
        isInFrame = false
        isAtEnd = false
        lastStart = nil
        return MLLPFrame(bytes: bytes, isWhole: isWhole)
    }
}
