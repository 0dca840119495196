/// Rules on what comments must and must not say.
enum Markings {
    static let unfinished: Set<String> = ["TODO", "FIXME", "XXX", "HACK"]

    /// Words that say that something is unfinished, in comments or names.
    static func unfinished(in file: SwiftFile) -> [Violation] {
        let inComments = file.comments.filter { !words($0.text).isDisjoint(with: unfinished) }.map(\.line)
        let inCode = file.tokens.filter { $0.isWord && unfinished.contains($0.text) }.map(\.line)
        return (inComments + inCode).map { line in
            Violation(file.path, line: line, rule: "unfinished", "finish it, or write an issue")
        }
    }

    /// Promises to the compiler without the sentence that proves them.
    static func unprovenPromises(in file: SwiftFile) -> [Violation] {
        let lines = file.lines
        let tokens = file.tokens
        return tokens.indices.compactMap { index in
            let promise: String
            switch tokens[index].text {
            case "unchecked" where index > 0 && tokens[index - 1].text == "@": promise = "@unchecked"
            case "preconcurrency" where index > 0 && tokens[index - 1].text == "@": promise = "@preconcurrency"
            case "unsafe" where index > 1 && tokens[index - 2].text == "nonisolated": promise = "nonisolated(unsafe)"
            default: return nil
            }
            guard !hasComment(above: tokens[index].line, lines) else { return nil }
            return Violation(
                file.path, line: tokens[index].line, rule: "unproven promise",
                "\(promise) without a comment directly above that says why it is safe")
        }
    }

    /// Whether a comment ends directly above a line, or above the attributes that stand on it.
    private static func hasComment(above line: Int, _ lines: [Substring]) -> Bool {
        var index = line - 2
        while index >= 0 {
            let text = lines[index].drop { $0 == " " }
            if text.hasPrefix("//") { return true }
            guard text.hasPrefix("@") else { return false }
            index -= 1
        }
        return false
    }

    /// Comments that are code which somebody switched off.
    static func deadCode(in file: SwiftFile) -> [Violation] {
        file.comments.filter { $0.kind != .documentation && looksLikeCode($0.text) }.map { comment in
            Violation(file.path, line: comment.line, rule: "dead code", "delete it: git remembers")
        }
    }

    static func looksLikeCode(_ comment: String) -> Bool {
        let text = comment.drop { $0 == " " || $0 == "*" }.trimmingSuffix { $0 == " " }
        guard let last = text.last else { return false }
        if text == "}" || last == "{" || last == ";" || text.hasPrefix("})") { return true }
        let words = text.split(separator: " ").map(String.init)
        switch words[0] {
        case "let", "var": return words.count > 2 && (words[1].hasSuffix(":") || words[2] == "=" || words[2] == ":")
        case "import": return words.count == 2 && last != "."
        case "func": return text.contains("(")
        case "return", "try", "await", "throw", "case":
            return last == ")" && text.contains("(") && !text.contains(" (") && !text.contains(". ")
        default: return isCall(text) || isAssignment(words)
        }
    }

    /// `a.b(c)` and nothing more.
    private static func isCall(_ text: Substring) -> Bool {
        guard text.last == ")", let open = text.firstIndex(of: "(") else { return false }
        let name = text[..<open]
        return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || "._#!?".contains($0) }
    }

    /// `a.b = c(d)`.
    private static func isAssignment(_ words: [String]) -> Bool {
        guard words.count > 2, ["=", "+=", "-="].contains(words[1]) else { return false }
        return words[0].contains(".") || words[2].contains("(")
    }

    private static func words(_ text: String) -> Set<String> {
        Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
