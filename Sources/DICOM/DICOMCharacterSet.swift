import Effects

/// The character set of a data set's texts: the terms of Specific Character Set (0008,0005), PS3.3, C.12.1.1.2.
package struct DICOMCharacterSet: Hashable, Sendable {
    /// The terms as they stand there; none is ISO 646, the standard's default.
    package let terms: [String]

    package init(terms: [String]) {
        self.terms = terms
    }

    package static let standard = DICOMCharacterSet(terms: [])
    package static let utf8 = DICOMCharacterSet(terms: ["ISO_IR 192"])
    package static let gb18030 = DICOMCharacterSet(terms: ["GB18030"])

    /// What the value of (0008,0005) says.
    init(value bytes: [UInt8]) {
        let terms = String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
            .split(separator: "\\", omittingEmptySubsequences: false)
            .map { $0.filter { !$0.isWhitespace || $0 == " " }.trimmed }
        self.init(terms: terms.allSatisfy(\.isEmpty) ? [] : terms)
    }

    /// A single one that needs no escape sequences, by the C library's name; `nil` where there are several, or none.
    private var whole: String? {
        guard terms.count == 1, let term = terms.first else { return nil }
        return Self.wholeSets[term]
    }

    static let wholeSets: [String: String] = [
        "ISO_IR 100": "ISO-8859-1", "ISO_IR 101": "ISO-8859-2", "ISO_IR 109": "ISO-8859-3", "ISO_IR 110": "ISO-8859-4",
        "ISO_IR 144": "ISO-8859-5", "ISO_IR 127": "ISO-8859-6", "ISO_IR 126": "ISO-8859-7", "ISO_IR 138": "ISO-8859-8",
        "ISO_IR 148": "ISO-8859-9", "ISO_IR 203": "ISO-8859-15", "ISO_IR 166": "TIS-620", "ISO_IR 192": "UTF-8",
        "GB18030": "GB18030", "GBK": "GB18030",
    ]

    /// The text that a value's bytes stand for, its backslashes included.
    ///
    /// A data set that names no set and holds other characters all the same is read as UTF-8 or GB 18030 where it can be
    /// that, and the text is marked as guessed. Likewise one that says ISO 8859-1 and holds Chinese.
    package func decode(_ bytes: [UInt8]) -> DICOMText {
        guard bytes.contains(where: { $0 >= 0x80 || $0 == 0x1B }) else {
            return DICOMText(String(decoding: bytes, as: UTF8.self))
        }
        guard let name = whole else {
            return terms.isEmpty ? Self.guess(bytes) : DICOMCodeExtension(terms: terms).decode(bytes)
        }
        if name == "UTF-8", let text = String(validating: bytes, as: UTF8.self) { return DICOMText(text) }
        if name == "ISO-8859-1", Self.isChinese(bytes), let read = Self.decode(bytes, from: "GB18030"),
            read.isWhole
        {
            return DICOMText(read.text, doubt: .guessed)
        }
        return Self.converted(bytes, from: name)
    }

    static func converted(_ bytes: [UInt8], from name: String) -> DICOMText {
        guard let read = Self.decode(bytes, from: name) else {
            let text = String(decoding: bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
            return DICOMText(text, doubt: .damaged)
        }
        return DICOMText(read.text, doubt: read.isWhole ? .none : .damaged)
    }

    private static func guess(_ bytes: [UInt8]) -> DICOMText {
        if let text = String(validating: bytes, as: UTF8.self) { return DICOMText(text, doubt: .guessed) }
        if isChinese(bytes), let read = Self.decode(bytes, from: "GB18030"), read.isWhole {
            return DICOMText(read.text, doubt: .guessed)
        }
        return DICOMText(converted(bytes, from: "ISO-8859-1").text, doubt: .guessed)
    }

    /// Whether all bytes beyond ASCII stand in pairs of GB 2312 and two ideographs stand together.
    private static func isChinese(_ bytes: [UInt8]) -> Bool {
        var first: UInt8?
        var ideographs = 0
        var hasWord = false
        for byte in bytes {
            if let lead = first {
                guard (0xA1...0xFE).contains(byte) else { return false }
                ideographs = lead >= 0xB0 ? ideographs + 1 : 0
                if ideographs > 1 { hasWord = true }
                first = nil
            } else if byte >= 0x80 {
                guard (0xA1...0xF7).contains(byte) else { return false }
                first = byte
            } else {
                ideographs = 0
            }
        }
        return hasWord && first == nil
    }

    /// A text as bytes of this set, for what is sent: UTF-8, GB 18030 and the parts of ISO 8859 alone.
    ///
    /// - Returns: `nil` where a character is not in it.
    package func encode(_ text: String) -> [UInt8]? {
        if text.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x1B }) { return Array(text.utf8) }
        guard let name = whole else { return nil }
        if name == "UTF-8" { return Array(text.utf8) }
        guard case .converted(let bytes) = CharacterConversion(from: "UTF-8", to: name).convert(Array(text.utf8)) else {
            return nil
        }
        return bytes
    }

    /// A byte that belongs to no character becomes U+FFFD.
    ///
    /// - Returns: `nil` where the system does not have the set.
    private static func decode(_ bytes: [UInt8], from name: String) -> (text: String, isWhole: Bool)? {
        let read = CharacterConversion(from: name, to: "UTF-8").convert(bytes, replacement: [0xEF, 0xBF, 0xBD])
        return read.map { (String(decoding: $0.bytes, as: UTF8.self), $0.isWhole) }
    }
}

extension StringProtocol {
    /// Without the blanks and zero bytes around it, which only pad.
    var trimmed: String {
        let padding: (Character) -> Bool = { $0 == " " || $0 == "\0" }
        var rest = self[...]
        while let last = rest.last, padding(last) { rest.removeLast() }
        return String(rest.drop(while: padding))
    }
}
