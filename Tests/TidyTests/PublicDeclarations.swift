/// What other packages see of a file, and how much of it says what it is.
enum PublicDeclarations {
    /// What can be declared.
    private static let declaring: Set<String> = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "associatedtype", "func", "init", "subscript",
        "let",
        "var", "case", "extension", "macro",
    ]
    /// What may stand between `public` and that.
    private static let modifiers: Set<String> = [
        "static", "final", "distributed", "nonisolated", "mutating", "nonmutating", "override", "convenience",
        "required",
        "lazy", "indirect", "package", "private", "fileprivate", "internal", "set", "unowned", "weak", "class",
    ]

    /// Public declarations, each with whether a doc comment stands before it.
    static func all(in file: SwiftFile) -> [(line: Int, isDocumented: Bool)] {
        let tokens = file.tokens
        let documented = Set(file.comments.filter { $0.kind == .documentation }.map(\.line))
        let lines = file.lines
        return tokens.indices.compactMap { index in
            guard tokens[index].text == "public", tokens[index].isWord, isDeclaration(tokens, after: index) else {
                return nil
            }
            var line = tokens[index].line
            // Attributes may have lines of their own.
            while line > 1, lines[line - 2].drop(while: { $0 == " " }).hasPrefix("@") { line -= 1 }
            return (tokens[index].line, documented.contains(line - 1))
        }
    }

    private static func isDeclaration(_ tokens: [Token], after index: Int) -> Bool {
        for token in tokens[(index + 1)...] {
            if token.isWord, declaring.contains(token.text) { return true }
            guard modifiers.contains(token.text) || ["(", ")", "@"].contains(token.text) else { return false }
        }
        return false
    }
}
