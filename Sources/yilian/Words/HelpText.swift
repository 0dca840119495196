/// A text of the help: what it says, and its examples, which are commands and the same in every language.
struct HelpText {
    var prose: String
    var examples: [String]

    private static let mark = "Example: "

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let isExample = { (line: Substring) in line.drop { $0 == " " }.hasPrefix(Self.mark) }
        let first = lines.firstIndex(where: isExample) ?? lines.endIndex
        prose = lines[..<first].joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        examples = lines[first...].map { line in
            isExample(line)
                ? String(line.drop { $0 == " " }.dropFirst(Self.mark.count)) : "  " + line.drop { $0 == " " }
        }
    }

    /// In Chinese, the examples on lines of their own.
    func chinese(columns: Int) -> String {
        let words = prose.isEmpty ? [] : [WrappedText.lines(HelpWords.chinese(prose), columns: columns)]
        let shown = examples.isEmpty ? [] : [["示例："] + examples.map { "  " + $0 }]
        return (words + shown).map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
}
