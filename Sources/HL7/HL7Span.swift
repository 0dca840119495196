/// A range of a message's text together with what is needed to read it.
package struct HL7Span: Sendable {
    /// The whole message as UTF-8.
    let bytes: [UInt8]
    let range: Range<Int>
    let delimiters: HL7Delimiters
    let encoding: HL7Encoding

    var isEmpty: Bool { range.isEmpty }

    var isNull: Bool {
        range.count == 2 && bytes[range.lowerBound] == UInt8(ascii: "\"")
            && bytes[range.lowerBound + 1] == UInt8(ascii: "\"")
    }

    var raw: String { String(decoding: bytes[range], as: UTF8.self) }

    /// The text with its escapes resolved; every line end in it is a line feed.
    var text: String {
        let text = HL7Escape.resolve(bytes[range], delimiters: delimiters, encoding: encoding)
        guard text.utf8.contains(0x0D) else { return text }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    func part(_ range: Range<Int>) -> HL7Span {
        HL7Span(bytes: bytes, range: range, delimiters: delimiters, encoding: encoding)
    }

    /// The piece at `index`, from 0, between `separator`s; empty where there are fewer.
    func piece(_ index: Int, _ separator: UInt8) -> HL7Span {
        guard index >= 0 else { return part(range.upperBound..<range.upperBound) }
        var start = range.lowerBound
        var remaining = index
        while remaining > 0 {
            guard let cut = bytes[start..<range.upperBound].firstIndex(of: separator) else {
                return part(range.upperBound..<range.upperBound)
            }
            start = cut + 1
            remaining -= 1
        }
        let end = bytes[start..<range.upperBound].firstIndex(of: separator) ?? range.upperBound
        return part(start..<end)
    }

    func pieces(_ separator: UInt8) -> [HL7Span] {
        var all: [HL7Span] = []
        var start = range.lowerBound
        while let cut = bytes[start..<range.upperBound].firstIndex(of: separator) {
            all.append(part(start..<cut))
            start = cut + 1
        }
        all.append(part(start..<range.upperBound))
        return all
    }
}
