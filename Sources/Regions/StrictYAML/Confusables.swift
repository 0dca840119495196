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

    /// Lines that begin with a space that is none, and keys that end with a colon that is none.
    static func findings(in text: String) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard findings.count < findingLimit else { break }
            let scalars = Array(line.unicodeScalars)
            if let finding = indentation(scalars, line: index + 1) ?? colon(scalars, line: index + 1) {
                findings.append(finding)
            }
        }
        return findings
    }

    /// What is wrong with a key that nothing knows; nil where it holds no such character.
    static func reason(of key: String) -> (message: String, remedy: String)? {
        guard let wrong = key.unicodeScalars.first(where: { wrongColons[$0] != nil || wrongSpaces[$0] != nil }) else {
            return nil
        }
        return description(wrong)
    }

    private static let findingLimit = 20

    private static let wrongSpaces: [Unicode.Scalar: String] = [
        "\t": "a tab", "\u{3000}": "a full-width space (U+3000)", "\u{A0}": "an unbreakable space (U+00A0)",
    ]
    private static let wrongColons: [Unicode.Scalar: String] = [
        "\u{FF1A}": "a full-width colon '：' (U+FF1A)", "\u{FE55}": "a small colon (U+FE55)",
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
        return (
            "\(wrongColons[scalar] ?? "a character") stands where YAML wants a colon and a space",
            "write ': ' with the keyboard in its English mode"
        )
    }
}
