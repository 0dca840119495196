/// The escape sequences of HL7 v2 (chapter 2, "Use of escape sequences in text fields").
package enum HL7Escape {
    /// The text of `bytes` with its escapes resolved.
    ///
    /// `\F\ \S\ \T\ \R\ \E\ \P\ \.br\` and `\Xhh..\` (bytes in the message's character set) are resolved; every other
    /// sequence, and a hexadecimal one that is not text or holds a zero byte, is kept as it stands.
    static func resolve(_ bytes: ArraySlice<UInt8>, delimiters: HL7Delimiters, encoding: HL7Encoding) -> String {
        guard bytes.contains(delimiters.escape) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            guard byte == delimiters.escape,
                let end = bytes[(position + 1)...].firstIndex(of: delimiters.escape),
                let replacement = replacement(
                    for: bytes[(position + 1)..<end], delimiters: delimiters, encoding: encoding)
            else {
                text.append(byte)
                position += 1
                continue
            }
            text.append(contentsOf: replacement)
            position = end + 1
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func replacement(
        for sequence: ArraySlice<UInt8>, delimiters: HL7Delimiters, encoding: HL7Encoding
    ) -> [UInt8]? {
        guard let first = sequence.first else { return nil }
        if sequence.count == 1 {
            switch first {
            case UInt8(ascii: "F"): return [delimiters.field]
            case UInt8(ascii: "S"): return [delimiters.component]
            case UInt8(ascii: "T"): return [delimiters.subcomponent]
            case UInt8(ascii: "R"): return [delimiters.repetition]
            case UInt8(ascii: "E"): return [delimiters.escape]
            case UInt8(ascii: "P"): return delimiters.truncation.map { [$0] }
            default: return nil
            }
        }
        if sequence.elementsEqual(".br".utf8) || sequence.elementsEqual(".BR".utf8) { return [0x0A] }
        if first == UInt8(ascii: "X"), let bytes = hexadecimal(sequence.dropFirst()), !bytes.contains(0) {
            return try? encoding.decode(bytes)
        }
        return nil
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard !digits.isEmpty, digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | UInt8(value))
                high = nil
            } else {
                high = UInt8(value)
            }
        }
        return bytes
    }

    /// `text` so that it can stand in a field: delimiters escaped, line ends as `\.br\`, control characters dropped.
    package static func escape(_ text: String, delimiters: HL7Delimiters = .usual) -> String {
        let mark = String(UnicodeScalar(delimiters.escape))
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A: result += mark + ".br" + mark
            case 0..<0x20, 0x7F: continue
            case UInt32(delimiters.field): result += mark + "F" + mark
            case UInt32(delimiters.component): result += mark + "S" + mark
            case UInt32(delimiters.subcomponent): result += mark + "T" + mark
            case UInt32(delimiters.repetition): result += mark + "R" + mark
            case UInt32(delimiters.escape): result += mark + "E" + mark
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
