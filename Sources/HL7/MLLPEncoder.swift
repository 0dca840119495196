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
