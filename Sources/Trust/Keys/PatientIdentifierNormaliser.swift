/// Brings the spellings of one identifier together before it becomes a patient key.
///
/// In this order, and nothing else:
/// 1. full-width ASCII (U+FF01 to U+FF5E) becomes ASCII, the ideographic space (U+3000) a space;
/// 2. leading and trailing characters that Unicode calls white space are dropped;
/// 3. in a value of type `citizenID`, `a` to `z` become `A` to `Z` (the check character `x`).
///
/// What stays: inner spaces, hyphens, leading zeros, the case of every other identifier; no other Unicode
/// normalisation is made. Changing a rule changes every key, so a change needs a new epoch.
package enum PatientIdentifierNormaliser {
    /// The identifier type of citizen identity numbers (GB 11643).
    package static let citizenIDType = "citizenID"

    /// Rules 1 and 2.
    package static func normalise(_ text: String) -> String {
        if isPlain(text) { return text }
        let folded = text.unicodeScalars.map(fold)
        guard let first = folded.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = folded.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: folded[first...last])
        return String(result)
    }

    /// Rules 1 to 3.
    package static func normalise(_ value: String, ofType type: String) -> String {
        let plain = normalise(value)
        guard type == citizenIDType else { return plain }
        let bytes = plain.utf8.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether neither rule has anything to do: printable ASCII without a space at either end.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = text.utf8
        return bytes.first != 0x20 && bytes.last != 0x20 && bytes.allSatisfy { (0x20...0x7E).contains($0) }
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
        case 0x3000: " "
        default: scalar
        }
    }
}
