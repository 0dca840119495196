/// Finds closures that the compiler may give the name of another one, so that the other one runs in their place.
///
/// Swift 6.3.1 numbers closures in the body of a closure twice over: those of the source, and those of what `#expect` and
/// `#require` expand to. Two of one number and one type have one name, and one of them is not run, without a word. In the
/// body of a function it numbers well. A type is not seen here, but whoever is handed closures is: one function, or one of
/// those that ask a collection, is not handed closures both inside `#expect` or `#require` and outside of them in the
/// body of one closure.
struct ClosureNames {
    /// A closure that stands directly in the body of another one.
    private struct Found {
        var line: Int
        /// Who is handed it.
        var receiver: String
        var isInMacro: Bool
    }

    private enum Kind {
        case parentheses, closure, function, type, block
    }

    private struct Frame {
        var kind: Kind
        /// The word that makes the next brace no closure's.
        var word: String?
        /// Before the parenthesis.
        var receiver: String?
        var isMacro = false
        /// Who was called last, and the place of the closing parenthesis.
        var call: (end: Int, receiver: String?) = (-1, nil)
        var found: [Found] = []
    }

    private static let functions: Set<String> = ["func", "init", "deinit", "subscript", "var", "get", "set"]
    private static let types: Set<String> = ["class", "struct", "enum", "actor", "extension", "protocol"]
    private static let blocks: Set<String> = [
        "if", "guard", "while", "for", "switch", "do", "catch", "else", "defer", "repeat",
    ]
    /// They take closures of one type.
    private static let predicates: Set<String> = [
        "first", "firstIndex", "last", "lastIndex", "contains", "filter", "allSatisfy", "count", "drop", "prefix",
        "removeAll", "partition",
    ]

    private let tokens: [Token]
    private var frames = [Frame(kind: .type)]
    private var bodies: [[Found]] = []

    private init(_ file: SwiftFile) {
        tokens = file.tokens
        for index in tokens.indices { step(index) }
    }

    static func violations(in file: SwiftFile) -> [Violation] {
        ClosureNames(file).bodies.flatMap { found in
            let checked = Set(found.filter(\.isInMacro).map(\.receiver))
            return found.filter { !$0.isInMacro && checked.contains($0.receiver) }.map { closure in
                Violation(
                    file.path, line: closure.line, rule: "closure's name",
                    "\(closure.receiver) is handed closures inside #expect or #require, too")
            }
        }
    }

    private mutating func step(_ index: Int) {
        let (token, last) = (tokens[index], frames.count - 1)
        switch token.text {
        case "(", "[": open(index)
        case ")", "]":
            guard frames[last].kind == .parentheses, last > 0 else { return }
            frames[last - 1].call = (index, frames.removeLast().receiver)
        case "{": openBrace(index)
        case "}":
            guard last > 0 else { return }
            if frames[last].kind == .closure { bodies.append(frames[last].found) }
            frames.removeLast()
        case "=" where frames[last].word == "var": frames[last].word = nil
        default:
            if token.isWord, isKeyword(index), frames[last].word.map(Self.functions.contains) != true {
                frames[last].word = token.text
            }
        }
    }

    /// A word that a brace follows which is no closure's; no member, label or directive of that name.
    private func isKeyword(_ index: Int) -> Bool {
        let text = tokens[index].text
        guard frames[frames.count - 1].kind != .parentheses, ![".", "#"].contains(before(index)),
            after(index) != ":"
        else { return false }
        switch text {
        case "get", "set": return after(index) == "{"
        case "init": return ["(", "?", "<"].contains(after(index))
        // Behind the body of `repeat` no brace follows it.
        case "while": return before(index) != "}" || tokens[index].line != tokens[index - 1].line
        default:
            if Self.types.contains(text) { return after(index).first?.isUppercase == true }
            return Self.functions.contains(text) || Self.blocks.contains(text)
        }
    }

    private mutating func open(_ index: Int) {
        var frame = Frame(kind: .parentheses)
        if index > 0, tokens[index - 1].isWord { frame.receiver = before(index) }
        frame.isMacro = ["expect", "require"].contains(before(index)) && before(index - 1) == "#"
        frames.append(frame)
    }

    private mutating func openBrace(_ index: Int) {
        let last = frames.count - 1
        if let word = frames[last].word, frames[last].kind != .parentheses {
            frames[last].word = nil
            let kind: Kind =
                Self.functions.contains(word) ? .function : Self.types.contains(word) ? .type : .block
            return frames.append(Frame(kind: kind))
        }
        note(index)
        frames.append(Frame(kind: .closure))
    }

    private mutating func note(_ index: Int) {
        var isInMacro = false
        for place in frames.indices.reversed() {
            switch frames[place].kind {
            case .parentheses: isInMacro = isInMacro || frames[place].isMacro
            case .block: continue
            case .function, .type: return
            case .closure:
                guard let receiver = receiver(index) else { return }
                frames[place].found.append(
                    Found(line: tokens[index].line, receiver: receiver, isInMacro: isInMacro))
                return
            }
        }
    }

    private func receiver(_ index: Int) -> String? {
        guard index > 0, let frame = frames.last else { return nil }
        let name: String? =
            if frame.call.end == index - 1 {
                frame.call.receiver
            } else if frame.kind == .parentheses, ["(", ",", ":"].contains(before(index)) {
                frame.receiver
            } else if tokens[index - 1].isWord {
                before(index)
            } else {
                nil
            }
        return name.map { Self.predicates.contains($0) ? "a predicate's receiver" : $0 }
    }

    private func before(_ index: Int) -> String { index > 0 ? tokens[index - 1].text : "" }
    private func after(_ index: Int) -> String { index + 1 < tokens.count ? tokens[index + 1].text : "" }
}
