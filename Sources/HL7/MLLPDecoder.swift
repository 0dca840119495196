import Effects

/// Takes the messages out of a stream of MLLP frames: VT, the message, FS, CR.
///
/// A value without a socket: it is fed what arrived, in pieces of any size. VT and FS cannot stand in a message of any
/// supported character set, so FS alone ends a frame and the CR after it is swallowed when it comes.
package struct MLLPDecoder: Sendable {
    package static let start: UInt8 = 0x0B
    package static let end: UInt8 = 0x1C
    package static let carriageReturn: UInt8 = 0x0D

    private let limitBytes: Int
    private var frame: [UInt8] = []
    private var isInFrame = false
    private var mayBeTerminator = false

    /// Bytes between frames that belong to none, and bytes of frames that were begun anew before they ended.
    package private(set) var skippedBytes = 0

    package init(limitBytes: Int = Limits.hl7MessageBytes) {
        self.limitBytes = limitBytes
    }

    /// Whether a frame has begun and not ended.
    package var isInsideFrame: Bool { isInFrame }

    /// Takes one byte.
    ///
    /// - Returns: a message, where the byte ended one.
    /// - Throws: `mllp.tooLong` where a frame exceeds the limit; the connection is of no use then.
    package mutating func feed(_ byte: UInt8) throws -> [UInt8]? {
        let isTerminator = mayBeTerminator && byte == Self.carriageReturn
        mayBeTerminator = false
        if isTerminator { return nil }
        guard isInFrame else {
            if byte == Self.start { isInFrame = true } else { skippedBytes += 1 }
            return nil
        }
        switch byte {
        case Self.end:
            let message = frame
            frame = []
            isInFrame = false
            mayBeTerminator = true
            return message
        case Self.start:
            skippedBytes += frame.count + 1
            frame.removeAll(keepingCapacity: true)
            return nil
        default:
            guard frame.count < limitBytes else {
                throw Failure("mllp.tooLong", "a frame is longer than \(limitBytes) bytes")
            }
            frame.append(byte)
            return nil
        }
    }

    /// Takes a piece of the stream and hands over each message that it completes.
    ///
    /// - Throws: `mllp.tooLong`, or what `take` throws; messages completed before are handed over all the same.
    package mutating func feed(_ bytes: some Sequence<UInt8>, take: ([UInt8]) throws -> Void) throws {
        for byte in bytes {
            if let message = try feed(byte) { try take(message) }
        }
    }
}
