/// Text that somebody else wrote, made harmless for whoever reads it in a terminal or in a log.
///
/// Names, codes and findings come from messages. A control character among them could clear a screen, retitle a window or
/// hide a line; a mark of direction could turn a sentence round. Both are shown as what they are and do nothing.
package enum PlainText {
    /// A text that stays on one line: a cell, a name.
    package static func line(_ text: String) -> String {
        shown(text) { scalar in
            switch scalar {
            case "\t": " "
            case "\n": "␊"
            case "\r": "␍"
            default: nil
            }
        }
    }

    /// A text of several lines, which may begin with tabs.
    package static func lines(_ text: String) -> String {
        let text = text.unicodeScalars.contains("\r") ? joined(text) : text
        return shown(text) { $0 == "\n" || $0 == "\t" ? String($0) : nil }
    }

    /// JSON with the same characters as escapes; within JSON they stand in strings alone.
    package static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHarmful(scalar) {
                for unit in String(scalar).utf16 { result += "\\u" + hexadecimal(UInt32(unit)).lowercased() }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether a terminal would do something else with a character than show it.
    package static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F: true
        // Marks of direction, separators of lines and paragraphs, the tags that nothing shows.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xE0000...0xE007F: true
        default: false
        }
    }

    private static func shown(_ text: String, keeping kept: (Unicode.Scalar) -> String?) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if !isHarmful(scalar) {
                result.unicodeScalars.append(scalar)
            } else if let kept = kept(scalar) {
                result += kept
            } else if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
                result.unicodeScalars.append(picture)
            } else {
                result += "<U+" + hexadecimal(scalar.value) + ">"
            }
        }
        return result
    }

    /// Line ends of other systems as this one's: alone, a carriage return writes over its line.
    private static func joined(_ text: String) -> String {
        var result = ""
        var wasReturn = false
        for scalar in text.unicodeScalars {
            if !(wasReturn && scalar == "\n") { result.unicodeScalars.append(scalar == "\r" ? "\n" : scalar) }
            wasReturn = scalar == "\r"
        }
        return result
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - text.count)) + text
    }
}
