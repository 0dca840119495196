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
            if isHeader(line, in: bytes, isFirst: start == nil) || (isEnvelope(name) && line.isSegment(named: name)) {
                if let start { messages.append(Array(bytes[start..<end])) }
                start = name == "MSH" ? line.range.lowerBound : nil
            }
            end = line.range.upperBound
        }
        if let start { messages.append(Array(bytes[start..<end])) }
        return messages.isEmpty ? [bytes] : messages
    }

    /// Whether a message begins with a line.
    ///
    /// A line of a text may begin with the letters; the delimiters of a header tell.
    private static func isHeader(_ line: HL7Lines.Line, in bytes: [UInt8], isFirst: Bool) -> Bool {
        guard line.isSegment(named: "MSH") else { return false }
        return isFirst || (try? HL7Delimiters.declared(in: bytes[line.range])) != nil || isBehindCarriageReturn(line)
    }

    private static func isBehindCarriageReturn(_ line: HL7Lines.Line) -> Bool {
        var index = line.range.lowerBound - 1
        while index >= 0, line.bytes[index] != 0x0D {
            guard line.bytes[index] != 0x0A || (index > 0 && line.bytes[index - 1] == 0x0D) else { return false }
            index -= 1
        }
        return index >= 0
    }
}
