/// How names and sexes are written down.
package enum PersonRule {
    /// `M`, `F`, `O`, `U`, or what the message says: HL7's letters, FHIR's words, Chinese, and GB/T 2261.1's digits.
    package static func sex(_ text: String) -> String {
        switch text.trimmed.lowercased() {
        case "m", "male", "男", "男性", "1": "M"
        case "f", "female", "女", "女性", "2": "F"
        case "o", "other": "O"
        case "u", "unknown", "0", "9", "未知", "未说明": "U"
        default: text
        }
    }

    /// A name of its parts: Chinese names without blanks and family first, others given name first.
    package static func name(family: String, given: [String]) -> String? {
        let parts = given.filter { !$0.isEmpty }
        let all = family.isEmpty ? parts : [family] + parts
        guard !all.isEmpty else { return nil }
        if all.allSatisfy(isHan) { return all.joined() }
        return (parts + (family.isEmpty ? [] : [family])).joined(separator: " ")
    }

    private static func isHan(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
                || scalar.value == 0xB7 || scalar.value == 0x3007
        }
    }
}

extension String {
    /// Without blanks, tabs and line ends at both ends.
    package var trimmed: String {
        let blanks: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !blanks($0) }), let last = lastIndex(where: { !blanks($0) }) else {
            return ""
        }
        return String(self[first...last])
    }

    package var nonEmpty: String? { isEmpty ? nil : self }
}
