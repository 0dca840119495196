/// Characters that look right in a yaml file and are not what YAML means by them.
///
/// Input methods write full-width forms, editors write tabs, web pages give unbreakable spaces. YAML takes them for text,
/// and complains of something else, somewhere else.
enum Confusables {
    struct Finding {
        var line: Int
        var column: Int
        var message: String
        var remedy: String
    }

    /// Lines that begin with a space that is none, keys that end with a colon that is none.
    static func findings(in text: String) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard findings.count < findingLimit else { break }
            let scalars = Array(line.unicodeScalars)
            let finding =
                indentation(scalars, line: index + 1) ?? colon(scalars, line: index + 1)
            if let finding {
                findings.append(finding)
            }
        }
        return findings
    }

    /// What is wrong with a key that nothing knows; nil where it holds no such character.
    static func reason(of key: String) -> (message: String, remedy: String)? {
        key.unicodeScalars.first { isConfusable($0) }.map(description)
    }

    /// What is wrong with text that stands where a list or keys should; nil where it holds nothing for which YAML would
    /// have seen them.
    static func reason(ofText text: String) -> (message: String, remedy: String)? {
        text.unicodeScalars.first { isConfusable($0) && ",:[]{}\"'- ".contains(meant($0)) }.map(description)
    }

    /// What is wrong with a value without quotes that begins with a quote or bracket that is none: YAML takes it for a
    /// letter of the value.
    static func opening(of value: String) -> (message: String, remedy: String)? {
        guard let first = value.unicodeScalars.first, openings.contains(first) else { return nil }
        return description(first)
    }

    /// What is wrong with a value that cannot be read, where it can be once such characters are the right ones.
    static func reason(of value: String, isRight: (String) -> Bool) -> (message: String, remedy: String)? {
        guard let wrong = value.unicodeScalars.first(where: { isConfusable($0) }) else { return nil }
        var right = String.UnicodeScalarView()
        for scalar in value.unicodeScalars { right.append(contentsOf: meant(scalar).unicodeScalars) }
        return isRight(String(right)) ? description(wrong) : nil
    }

    private static func isConfusable(_ scalar: Unicode.Scalar) -> Bool {
        meant(scalar) != String(scalar)
    }

    /// What stands on the same key of a keyboard in its English mode.
    private static func meant(_ scalar: Unicode.Scalar) -> String {
        if wrongSpaces[scalar] != nil { return " " }
        if wrongColons[scalar] != nil { return ":" }
        if let mark = wrongMarks[scalar] { return mark.right }
        return fullWidth(scalar).map { String($0) } ?? String(scalar)
    }

    /// The ASCII character of which this is the full-width form.
    private static func fullWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) : nil
    }

    /// Full-width punctuation in the lines where YAML stumbled, outside of quotes and comments; elsewhere it may well
    /// belong to a value.
    static func findings(in text: String, near line: Int) -> [Finding] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return [line - 1, line].filter { $0 > 0 && $0 <= lines.count }.compactMap { number in
            let scalars = Array(lines[number - 1].unicodeScalars)
            guard let place = punctuation(in: scalars) else { return nil }
            let (message, remedy) = description(scalars[place])
            return Finding(line: number, column: place + 1, message: message, remedy: remedy)
        }
    }

    private static func punctuation(in scalars: [Unicode.Scalar]) -> Int? {
        var quote: Unicode.Scalar?
        for (place, scalar) in scalars.enumerated() {
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "\"" || scalar == "'" {
                quote = scalar
            } else if scalar == "#" {
                return nil
            } else if wrongColons[scalar] != nil || wrongSpaces[scalar] != nil || wrongMarks[scalar] != nil {
                return place
            }
        }
        return nil
    }

    private static let findingLimit = 20

    private static let wrongSpaces: [Unicode.Scalar: String] = [
        "\t": "a tab", "\u{3000}": "a full-width space (U+3000)", "\u{A0}": "an unbreakable space (U+00A0)",
    ]
    private static let wrongColons: [Unicode.Scalar: String] = [
        "\u{FF1A}": "a full-width colon '：' (U+FF1A)", "\u{FE55}": "a small colon (U+FE55)",
    ]

    /// Quotes and brackets that begin something where YAML would see it.
    private static let openings: Set<Unicode.Scalar> = [
        "\u{201C}", "\u{201D}", "\u{201E}", "\u{2018}", "\u{2019}", "\u{FF02}", "\u{FF07}", "\u{FF3B}", "\u{FF5B}",
        "\u{3010}",
        "\u{3014}",
    ]

    /// What stands for each mark that YAML knows.
    private static let wrongMarks: [Unicode.Scalar: (name: String, right: String)] = [
        "\u{FF0C}": ("a full-width comma '，' (U+FF0C)", ","), "\u{3001}": ("an enumeration comma '、' (U+3001)", ","),
        "\u{FF5B}": ("a full-width brace '｛' (U+FF5B)", "{"), "\u{FF5D}": ("a full-width brace '｝' (U+FF5D)", "}"),
        "\u{FF3B}": ("a full-width bracket '［' (U+FF3B)", "["), "\u{FF3D}": ("a full-width bracket '］' (U+FF3D)", "]"),
        "\u{3010}": ("a bracket '【' (U+3010)", "["), "\u{3011}": ("a bracket '】' (U+3011)", "]"),
        "\u{201C}": ("a curly quote '“' (U+201C)", "\""), "\u{201D}": ("a curly quote '”' (U+201D)", "\""),
        "\u{201E}": ("a low quote '„' (U+201E)", "\""), "\u{2018}": ("a curly quote '‘' (U+2018)", "'"),
        "\u{2019}": ("a curly quote '’' (U+2019)", "'"), "\u{3014}": ("a bracket '〔' (U+3014)", "["),
        "\u{3015}": ("a bracket '〕' (U+3015)", "]"), "\u{3002}": ("a full stop '。' (U+3002)", "."),
        "\u{2010}": ("a hyphen '‐' (U+2010)", "-"), "\u{2013}": ("a dash '–' (U+2013)", "-"),
        "\u{2014}": ("a dash '—' (U+2014)", "-"), "\u{2212}": ("a minus sign '−' (U+2212)", "-"),
        "\u{FF0D}": ("a full-width hyphen '－' (U+FF0D)", "-"), "\u{FF03}": ("a full-width '＃' (U+FF03)", "#"),
    ]

    private static func indentation(_ scalars: [Unicode.Scalar], line: Int) -> Finding? {
        let blank = scalars.prefix { $0 == " " || $0 == "-" || wrongSpaces[$0] != nil }
        // A line of nothing but blanks and a comment after them do not matter.
        guard blank.count < scalars.count, scalars[blank.count] != "#", scalars[blank.count] != "\r",
            let place = blank.firstIndex(where: { wrongSpaces[$0] != nil })
        else { return nil }
        let (message, remedy) = description(scalars[place])
        return Finding(line: line, column: place + 1, message: message, remedy: remedy)
    }

    /// A word at the beginning of a line with a wrong colon behind it.
    private static func colon(_ scalars: [Unicode.Scalar], line: Int) -> Finding? {
        let start = scalars.prefix { $0 == " " || $0 == "-" }.count
        let word = scalars[start...].prefix {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        }
        let place = start + word.count
        guard !word.isEmpty, place < scalars.count, wrongColons[scalars[place]] != nil else { return nil }
        let (message, remedy) = description(scalars[place])
        return Finding(line: line, column: place + 1, message: message, remedy: remedy)
    }

    private static func description(_ scalar: Unicode.Scalar) -> (message: String, remedy: String) {
        if let name = wrongSpaces[scalar] {
            return ("\(name) stands where YAML wants spaces", "put spaces in its place")
        }
        if let mark = wrongMarks[scalar] {
            return (
                "\(mark.name) stands where '\(mark.right)' is wanted",
                "write '\(mark.right)' with the keyboard in its English mode; text with \(mark.name) in it wants quotes"
            )
        }
        if wrongColons[scalar] == nil, let plain = fullWidth(scalar) {
            let code = String(scalar.value, radix: 16, uppercase: true)
            return (
                "a full-width '\(scalar)' (U+\(code)) stands where '\(plain)' is wanted",
                "write '\(plain)' with the keyboard in its English mode"
            )
        }
        return (
            "\(wrongColons[scalar] ?? "a character") stands where YAML wants a colon and a space",
            "write ': ' with the keyboard in its English mode"
        )
    }
}
