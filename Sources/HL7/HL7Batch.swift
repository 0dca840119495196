/// Files that hold several messages, with or without the batch headers and trailers of HL7 (FHS, BHS, BTS, FTS).
package enum HL7Batch {
    static func isEnvelope(_ name: String) -> Bool {
        name == "FHS" || name == "BHS" || name == "BTS" || name == "FTS"
    }

    /// The messages of a file, each from its MSH segment to the next one.
    ///
    /// Works on bytes, before anything is decoded: messages of one file may differ in character set.
    ///
    /// - Returns: the whole file where it has no MSH segment, so that reading it says what is wrong.
    package static func messages(in bytes: [UInt8]) -> [[UInt8]] {
        var messages: [[UInt8]] = []
        var start: Int?
        var end = 0
        for line in HL7Lines(bytes) {
            let name = String(decoding: bytes[line.range].prefix(3), as: UTF8.self)
            if line.isSegment(named: "MSH") || (isEnvelope(name) && line.isSegment(named: name)) {
                if let start { messages.append(Array(bytes[start..<end])) }
                start = name == "MSH" ? line.range.lowerBound : nil
            }
            end = line.range.upperBound
        }
        if let start { messages.append(Array(bytes[start..<end])) }
        return messages.isEmpty ? [bytes] : messages
    }
}
