/// Texts in which escape sequences lead from one character set to another (ISO 2022; PS3.5, 6.1.2.5).
struct DICOMCodeExtension {
    /// What the bytes of one half of the code table mean.
    private enum Half: Equatable {
        case ascii
        /// Half-width katakana and romaji of JIS X 0201.
        case katakana
        /// One byte a character, in the upper half.
        case single(String)
        /// Two bytes a character in the lower half: JIS X 0208, or its supplement JIS X 0212.
        case kanji(isSupplement: Bool)
        /// Two bytes a character in the upper half.
        case double(String)
    }

    private let initial: Half

    /// The first term says what holds before any escape sequence.
    init(terms: [String]) {
        let first = terms.first ?? ""
        let term = first.hasPrefix("ISO 2022 IR ") ? "ISO_IR " + first.dropFirst(12) : first
        if term == "ISO_IR 13" {
            initial = .katakana
        } else if term == "ISO_IR 149" {
            initial = .double("EUC-KR")
        } else if term == "ISO_IR 58" {
            initial = .double("GB18030")
        } else if let name = DICOMCharacterSet.wholeSets[term] {
            initial = .single(name)
        } else {
            initial = .ascii
        }
    }

    private static let sequences: [(bytes: [UInt8], isUpper: Bool, half: Half)] = [
        (Array("(B".utf8), false, .ascii), (Array("(J".utf8), false, .ascii), (Array(")I".utf8), true, .katakana),
        (Array("$B".utf8), false, .kanji(isSupplement: false)), (Array("$@".utf8), false, .kanji(isSupplement: false)),
        (Array("$(D".utf8), false, .kanji(isSupplement: true)),
        (Array("$)C".utf8), true, .double("EUC-KR")), (Array("$)A".utf8), true, .double("GB18030")),
        (Array("-A".utf8), true, .single("ISO-8859-1")), (Array("-B".utf8), true, .single("ISO-8859-2")),
        (Array("-C".utf8), true, .single("ISO-8859-3")), (Array("-D".utf8), true, .single("ISO-8859-4")),
        (Array("-L".utf8), true, .single("ISO-8859-5")), (Array("-G".utf8), true, .single("ISO-8859-6")),
        (Array("-F".utf8), true, .single("ISO-8859-7")), (Array("-H".utf8), true, .single("ISO-8859-8")),
        (Array("-M".utf8), true, .single("ISO-8859-9")), (Array("-b".utf8), true, .single("ISO-8859-15")),
        (Array("-T".utf8), true, .single("TIS-620")),
    ]

    /// What ends a part of a text, after which the first set holds again.
    private static let delimiters: Set<UInt8> = [0x09, 0x0A, 0x0C, 0x0D, 0x5C, 0x5E, 0x3D]

    func decode(_ bytes: [UInt8]) -> DICOMText {
        var text = DICOMText("")
        var (lower, upper) = (Half.ascii, initial)
        var rest = bytes[...]
        while let byte = rest.first {
            if byte == 0x1B {
                guard let found = Self.sequences.first(where: { rest.dropFirst().starts(with: $0.bytes) }) else {
                    text.append(DICOMText("\u{FFFD}", doubt: .damaged))
                    rest = rest.dropFirst()
                    continue
                }
                if found.isUpper { upper = found.half } else { lower = found.half }
                rest = rest.dropFirst(1 + found.bytes.count)
            } else if byte >= 0x80 {
                let run = rest.prefix { $0 >= 0x80 }
                text.append(Self.read(run, upper))
                rest = rest[run.endIndex...]
            } else if case .kanji = lower, byte > 0x20 {
                let run = rest.prefix { $0 > 0x20 && $0 < 0x80 }
                text.append(Self.read(run, lower))
                rest = rest[run.endIndex...]
            } else {
                text.text.unicodeScalars.append(Unicode.Scalar(byte))
                if Self.delimiters.contains(byte) { (lower, upper) = (.ascii, initial) }
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// A run of bytes of one half.
    private static func read(_ run: ArraySlice<UInt8>, _ half: Half) -> DICOMText {
        switch half {
        case .single(let name), .double(let name):
            return DICOMCharacterSet.converted(Array(run), from: name)
        case .katakana:
            return DICOMCharacterSet.converted(Array(run), from: "SHIFT_JIS")
        case .kanji(let isSupplement):
            var bytes: [UInt8] = []
            var pair = run
            while let first = pair.popFirst() {
                if isSupplement { bytes.append(0x8F) }
                bytes.append(first | 0x80)
                if let second = pair.popFirst() { bytes.append(second | 0x80) }
            }
            return DICOMCharacterSet.converted(bytes, from: "EUC-JP")
        case .ascii:
            return DICOMText(String(repeating: "\u{FFFD}", count: run.count), doubt: .damaged)
        }
    }
}
