/// The lines of a message, blank ones left out.
///
/// What stands around a line and belongs to none is taken off: MLLP's framing bytes, DOS's end of file (SUB), the zero
/// bytes with which some systems fill up, a mark of byte order.
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
    ///
    /// A header whose CR is the only one stands before segments that end in LF.
    static func ends(of bytes: [UInt8]) -> Ends {
        guard let header = HL7Lines(bytes).first(where: { $0.isSegment(named: "MSH") }) else { return .any }
        let end = header.end
        guard end < bytes.count, bytes[end] == 0x0D else { return .any }
        return bytes[(end + 1)...].contains(0x0D) ? .carriageReturn : .any
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

        /// How many blanks stand before what is a segment else.
        func indentation(separator: UInt8) -> Int? {
            let blanks = bytes[range].prefix { $0 == 0x20 || $0 == 0x09 }.count
            let rest = Line(bytes: bytes, range: (range.lowerBound + blanks)..<range.upperBound, end: end)
            return blanks > 0 && rest.range.count > 3 && rest.isSegment(separator: separator) ? blanks : nil
        }

        /// Whether something in the line that belongs to a segment looks like the beginning of another one and is none.
        ///
        /// Small letters, a blank before the first separator, or the LF of a segment in a message whose segments end in CR:
        /// what follows would be read as fields of the segment before it.
        ///
        /// - Parameter isWhole: whether the line begins in a text; else what stands behind its first LF is looked at.
        func holdsSegment(separator: UInt8, isWhole: Bool) -> Bool {
            let lines = bytes[range].split(separator: 0x0A, omittingEmptySubsequences: false)
            return lines.dropFirst(isWhole ? 0 : 1).contains { line in
                let text = line.drop { $0 == 0x20 || $0 == 0x09 }
                let name = text.prefix(3)
                let behind = text.dropFirst(3).first { $0 != 0x20 && $0 != 0x09 }
                return behind == separator && !name.contains(0x20)
                    && HL7Segment.isKnown(String(decoding: name, as: UTF8.self).uppercased())
            }
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

        /// Without what stands around a line: the LF of CRLF, framing bytes, SUB, zero bytes, marks of byte order.
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
            byte == 0x0A || byte == MLLPDecoder.start || byte == MLLPDecoder.end || byte == 0x1A || byte == 0
        }
    }
}
