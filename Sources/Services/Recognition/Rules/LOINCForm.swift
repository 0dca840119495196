import Regions

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
