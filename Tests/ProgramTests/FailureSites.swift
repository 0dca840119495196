import Foundation

/// The sentences of the failures that a text makes, `Failure("code", "message", …, remedy: "remedy")`.
struct FailureSites {
    struct Sentence: Equatable {
        var code: String
        /// With `x` for what is put into it.
        var text: String
    }

    private(set) var sentences: [Sentence] = []
    /// What stands behind an opening parenthesis.
    private let text: [Character]

    static func sentences(in text: String) -> [Sentence] {
        text.components(separatedBy: "Failure(").dropFirst().flatMap { FailureSites(Array($0.prefix(1_500))).sentences }
    }

    private init(_ text: [Character]) {
        self.text = text
        read()
    }

    /// The code and the message stand first; the remedy, wherever it is, up to the end of the call.
    private mutating func read() {
        guard let code = literal(at: 0), isCode(code.text), let comma = token(at: code.end), comma.is(",") else {
            return
        }
        if let message = literal(at: comma.end) { sentences.append(Sentence(code: code.text, text: message.text)) }
        var (index, depth) = (code.end, 1)
        while depth > 0, let next = token(at: index) {
            if next.is("(") { depth += 1 }
            if next.is(")") { depth -= 1 }
            index = next.end
            guard depth == 1, next.is("remedy"), let colon = token(at: next.end), colon.is(":") else { continue }
            guard let remedy = literal(at: colon.end) else { continue }
            sentences.append(Sentence(code: code.text, text: remedy.text))
            index = remedy.end
        }
    }

    private func isCode(_ text: String) -> Bool {
        text.contains(".") && !text.contains(" ")
    }

    private struct Token {
        var text: String
        var end: Int

        func `is`(_ text: String) -> Bool { self.text == text }
    }

    private func afterSpace(_ index: Int) -> Int? {
        text[index...].firstIndex { !$0.isWhitespace }
    }

    /// A word, a whole literal (as nothing), or one other character.
    private func token(at index: Int) -> Token? {
        guard let start = afterSpace(index) else { return nil }
        if text[start] == "\"" { return single(at: start).map { Token(text: "", end: $0.end) } }
        let end = text[start...].firstIndex { !$0.isLetter && !$0.isNumber && $0 != "_" } ?? text.endIndex
        return end == start
            ? Token(text: String(text[start]), end: start + 1) : Token(text: String(text[start..<end]), end: end)
    }

    /// A literal, with those that are added to it; what is added and is none stands as `x`.
    private func literal(at index: Int) -> Token? {
        guard let start = afterSpace(index), var found = single(at: start) else { return nil }
        while let plus = token(at: found.end), plus.is("+") {
            guard let start = afterSpace(plus.end), let next = single(at: start) else {
                return Token(text: found.text + "x", end: plus.end)
            }
            found = Token(text: found.text + next.text, end: next.end)
        }
        return found
    }

    private func single(at start: Int) -> Token? {
        guard text[start] == "\"" else { return nil }
        var (index, found) = (start + 1, "")
        while index < text.endIndex, text[index] != "\"" {
            guard text[index] == "\\", index + 1 < text.endIndex else {
                found.append(text[index])
                index += 1
                continue
            }
            switch text[index + 1] {
            case "(":
                found.append("x")
                index = afterParenthesis(index + 1)
                continue
            case "n": found.append("\n")
            case let other: found.append(other)
            }
            index += 2
        }
        return Token(text: found, end: min(text.endIndex, index + 1))
    }

    private func afterParenthesis(_ start: Int) -> Int {
        var (index, depth) = (start, 0)
        repeat {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            index += 1
        } while depth > 0 && index < text.endIndex
        return index
    }
}
