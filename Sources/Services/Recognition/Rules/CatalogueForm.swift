import Regions

/// The forms of what a catalogue is written with.
enum CatalogueForm {
    static let codeLimit = 64
    static let factorLimit = 24

    /// The region's codes of items and panels: ASCII letters, digits, dots, hyphens, underscores.
    static func acceptsCode(_ text: String) -> Bool {
        (1...codeLimit).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x2D, 0x2E, 0x5F].contains(byte)
            }
    }

    /// A decimal number above zero in its plain form: digits, and digits after a point where there is one.
    static func isPositiveDecimal(_ text: String) -> Bool {
        guard text.utf8.count <= factorLimit else { return false }
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        let areDigits = parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
        return parts.count <= 2 && areDigits && text.utf8.contains { (0x31...0x39).contains($0) }
    }

    /// Yuan with at most two decimals, in fen.
    static func fen(_ text: String) -> Int? {
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count <= 2, text.utf8.count <= 16, let yuan = whole(parts[0]) else { return nil }
        guard parts.count == 2 else { return yuan * 100 }
        guard let decimals = whole(parts[1]), parts[1].count <= 2 else { return nil }
        return yuan * 100 + (parts[1].count == 1 ? decimals * 10 : decimals)
    }

    private static func whole(_ digits: Substring.UTF8View) -> Int? {
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Two digits.
    static func acceptsReason(_ text: String) -> Bool {
        text.utf8.count == 2 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// The form of a LOINC code: digits, a hyphen, and a check digit (Mod 10, LOINC Users' Guide, appendix C).
enum LOINCForm {
    static func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (3...8).contains(bytes.count), bytes[bytes.count - 2] == 0x2D else { return false }
        let digits = bytes.filter { (0x30...0x39).contains($0) }.map { Int($0 - 0x30) }
        guard digits.count == bytes.count - 1, let check = digits.last else { return false }
        var sum = 0
        for (position, digit) in digits.dropLast().reversed().enumerated() {
            let doubled = digit * 2
            sum += position % 2 == 0 ? doubled / 10 + doubled % 10 : digit
        }
        return (10 - sum % 10) % 10 == check
    }
}
