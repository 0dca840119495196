/// The imports of a Swift file.
enum Imports {
    private static let kinds: Set<String> = [
        "struct", "class", "enum", "protocol", "func", "var", "let", "typealias", "actor",
    ]

    /// The modules that a file imports, whatever stands before the word and whichever kind of thing is picked.
    static func all(in file: SwiftFile) -> [(module: String, line: Int)] {
        let tokens = file.tokens
        return tokens.indices.compactMap { index in
            guard tokens[index].isWord, tokens[index].text == "import" else { return nil }
            var next = index + 1
            if next + 1 < tokens.count, kinds.contains(tokens[next].text), tokens[next + 1].isWord { next += 1 }
            guard next < tokens.count, tokens[next].isWord, tokens[next].line == tokens[index].line else { return nil }
            return (tokens[next].text, tokens[index].line)
        }
    }
}
