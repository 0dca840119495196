/// The lines of a message: what stands between CR, LF, MLLP's framing bytes and DOS's end of file (SUB), blank lines
/// left out.
struct HL7Lines: Sequence {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// One line, as a range of the bytes.
    struct Line {
        let bytes: [UInt8]
        let range: Range<Int>

        /// Whether the line starts with three letters or digits and the field separator, or is just a name.
        func isSegment(separator: UInt8) -> Bool {
            guard range.count >= 3 else { return false }
            let start = range.lowerBound
            guard Self.isLetter(bytes[start]), Self.isLetterOrDigit(bytes[start + 1]),
                Self.isLetterOrDigit(bytes[start + 2])
            else { return false }
            return range.count == 3 || bytes[start + 3] == separator
        }

        /// Whether the line starts with this name and something that can be a field separator.
        func isSegment(named name: String) -> Bool {
            guard range.count >= 4, bytes[range].starts(with: name.utf8) else { return false }
            let byte = bytes[range.lowerBound + 3]
            return !Self.isLetterOrDigit(byte) && byte > 0x20 && byte < 0x7F
        }

        private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
            isLetter(byte) || (0x30...0x39).contains(byte)
        }
    }

    func makeIterator() -> Iterator { Iterator(bytes: bytes) }

    struct Iterator: IteratorProtocol {
        let bytes: [UInt8]
        var position: Int

        init(bytes: [UInt8]) {
            self.bytes = bytes
            position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        }

        mutating func next() -> Line? {
            while position < bytes.count {
                let start = position
                var isBlank = true
                while position < bytes.count, !Self.isEnd(bytes[position]) {
                    if bytes[position] != 0x20, bytes[position] != 0x09 { isBlank = false }
                    position += 1
                }
                let line = Line(bytes: bytes, range: start..<position)
                position += 1
                if !isBlank { return line }
            }
            return nil
        }

        private static func isEnd(_ byte: UInt8) -> Bool {
            byte == 0x0D || byte == 0x0A || byte == 0x0B || byte == 0x1C || byte == 0x1A
        }
    }
}
