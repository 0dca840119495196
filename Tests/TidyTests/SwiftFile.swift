/// A Swift file, taken apart once for every rule.
struct SwiftFile: Sendable {
    let path: String
    let text: String
    let tokens: [Token]
    let comments: [Comment]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        var mask = SwiftMask(text)
        mask.run()
        tokens = Token.list(mask)
        comments = mask.comments
    }

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The folder below Sources that is the file's module; services lie one folder deeper.
    var module: String? {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 2, parts[0] == "Sources" else { return nil }
        return parts[1] == "Services" ? (parts.count > 3 ? parts[2] : nil) : parts[1]
    }
}

/// A comment, or one line of a block comment.
struct Comment: Equatable, Sendable {
    enum Kind: Sendable {
        case line
        case documentation
        case block
    }

    var kind: Kind
    var line: Int
    /// Without its slashes.
    var text: String
}
