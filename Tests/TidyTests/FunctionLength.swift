/// Finds functions, initialisers, subscripts and computed properties and how long they are.
struct FunctionLength {
    static let limitLines = 70

    /// A declaration with a body.
    struct Found: Equatable {
        var name: String
        var line: Int
        /// From the line of its keyword to that of its closing brace.
        var lines: Int
    }

    private static let keywords: Set<String> = ["func", "init", "deinit", "subscript", "var"]
    /// What ends a declaration that has no body, in a protocol.
    private static let ends: Set<String> = [
        "}", ";", "func", "deinit", "subscript", "var", "let", "static", "class", "struct", "enum", "actor", "protocol",
        "extension", "case", "associatedtype", "typealias", "package", "public", "private", "internal", "fileprivate",
        "mutating", "nonmutating", "nonisolated", "distributed", "@", "#", "if", "guard", "return", "for", "while",
        "switch",
    ]

    private let tokens: [Token]

    init(_ file: SwiftFile) {
        tokens = file.tokens
    }

    func all() -> [Found] {
        tokens.indices.compactMap { index in
            let token = tokens[index]
            guard token.isWord, Self.keywords.contains(token.text), isDeclaration(at: index),
                let open = body(after: index), let close = end(of: open)
            else { return nil }
            let name =
                ["func", "var"].contains(token.text) && index + 1 < tokens.count ? tokens[index + 1].text : token.text
            return Found(name: name, line: token.line, lines: tokens[close].line - token.line + 1)
        }
    }

    static func violations(in file: SwiftFile) -> [Violation] {
        FunctionLength(file).all().filter { $0.lines > limitLines }.map { found in
            Violation(
                file.path, line: found.line, rule: "function length",
                "\(found.name) has \(found.lines) lines, more than \(limitLines)")
        }
    }

    /// `.init(…)` is a call, `init(…)` declares; a `var` needs a name.
    private func isDeclaration(at index: Int) -> Bool {
        index + 1 < tokens.count && (index == 0 || tokens[index - 1].text != ".")
    }

    /// The brace that opens the body.
    private func body(after start: Int) -> Int? {
        let isProperty = tokens[start].text == "var"
        var depth = 0
        var index = start + 1
        if tokens[start].text == "func" { index += 1 }
        while index < tokens.count {
            let token = tokens[index]
            switch token.text {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return index
            case "=" where depth == 0 && isProperty: return nil
            default:
                if depth == 0, Self.ends.contains(token.text), !isOperatorName(start, index) { return nil }
            }
            if depth < 0 { return nil }
            index += 1
        }
        return nil
    }

    /// `static func == (…)` and its like: a name of punctuation.
    private func isOperatorName(_ start: Int, _ index: Int) -> Bool {
        tokens[start].text == "func" && index <= start + 3 && !tokens[index].isWord && tokens[index].text != "}"
    }

    private func end(of open: Int) -> Int? {
        var depth = 0
        for index in open..<tokens.count {
            if tokens[index].text == "{" { depth += 1 }
            if tokens[index].text == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
