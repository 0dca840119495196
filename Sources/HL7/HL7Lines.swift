/// The lines of a message, blank ones left out.
///
/// What stands around a line and belongs to none is taken off: MLLP's framing bytes, DOS's end of file (SUB), a mark of
/// byte order.
struct HL7Lines: Sequence {
    /// What ends a line.
    enum Ends {
        /// CR, LF or both.
        case any
        /// CR, or CR and LF; LF alone is text.
        case carriageReturn
    }

    let bytes: [UInt8]
    let ends: Ends

    init(_ bytes: [UInt8], ends: Ends = .any) {
        self.bytes = bytes
        self.ends = ends
    }

    /// What ends the lines of a message: where its header ends in CR, every segment does, and LF is text.
    static func ends(of bytes: [UInt8]) -> Ends {
        guard let header = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }) else { return .any }
        let end = header.end
        return end < bytes.count && bytes[end] == 0x0D ? .carriageReturn : .any
    }

    /// One line, as a range of the bytes.
    struct Line {
        let bytes: [UInt8]
        let range: Range<Int>
        /// Where the byte lies that ends the line; the count of the bytes where they end.
        let end: Int

        /// Whether the line starts with three letters or digits and the field separator, or is just the name of a segment
        /// that HL7 or a site has.
        ///
        /// Other three capitals (`NEG`) are text.
        func isSegment(separator: UInt8) -> Bool {
            guard range.count >= 3 else { return false }
            let start = range.lowerBound
            guard Self.isLetter(bytes[start]), Self.isLetterOrDigit(bytes[start + 1]),
                Self.isLetterOrDigit(bytes[start + 2])
            else { return false }
            guard range.count == 3 else { return bytes[start + 3] == separator }
            return HL7Segment.isKnown(String(decoding: bytes[range], as: UTF8.self))
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

    func makeIterator() -> Iterator { Iterator(bytes: bytes, ends: ends) }

    struct Iterator: IteratorProtocol {
        let bytes: [UInt8]
        let ends: Ends
        var position = 0

        init(bytes: [UInt8], ends: Ends) {
            self.bytes = bytes
            self.ends = ends
        }

        mutating func next() -> Line? {
            while position < bytes.count {
                let start = position
                while position < bytes.count, !isEnd(bytes[position]) { position += 1 }
                let range = stripped(start..<position)
                let end = position
                position += 1
                if bytes[range].contains(where: { $0 != 0x20 && $0 != 0x09 }) {
                    return Line(bytes: bytes, range: range, end: end)
                }
            }
            return nil
        }

        private func isEnd(_ byte: UInt8) -> Bool { byte == 0x0D || (byte == 0x0A && ends == .any) }

        /// Without what stands around a line: the LF of CRLF, framing bytes, SUB, marks of byte order.
        private func stripped(_ range: Range<Int>) -> Range<Int> {
            var (start, end) = (range.lowerBound, range.upperBound)
            while start < end {
                if Self.isAround(bytes[start]) {
                    start += 1
                } else if bytes[start..<end].starts(with: HL7Encoding.byteOrderMark) {
                    start += HL7Encoding.byteOrderMark.count
                } else if bytes[start..<end].starts(with: HL7Encoding.byteOrderMarkOfGB18030) {
                    start += HL7Encoding.byteOrderMarkOfGB18030.count
                } else {
                    break
                }
            }
            while end > start, Self.isAround(bytes[end - 1]) { end -= 1 }
            return start..<end
        }

        private static func isAround(_ byte: UInt8) -> Bool {
            byte == 0x0A || byte == MLLPDecoder.start || byte == MLLPDecoder.end || byte == 0x1A
        }
    }
}
