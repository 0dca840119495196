/// Tells Swift code from comments and the insides of strings.
///
/// It knows nested block comments, multi-line and raw strings, interpolation and extended regular expressions
/// (`#/…/#`). Bare regular expressions (`/…/`) it takes for code; a test holds that every file's braces balance, so that
/// one which leads it astray is noticed.
struct SwiftMask {
    private enum Context {
        /// Code; inside an interpolation with the number of parentheses that are open in it.
        case code(openParentheses: Int)
        case string(hashes: Int, isMultiline: Bool, start: Int)
    }

    /// The text with comments and strings blanked; a string leaves one quote where it begins.
    private(set) var code: [UInt8]
    private(set) var comments: [Comment] = []
    /// The insides of strings by the position of that quote.
    private(set) var literals: [Int: String] = [:]

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    private var contexts: [Context] = [.code(openParentheses: 0)]

    init(_ text: String) {
        bytes = Array(text.utf8)
        code = bytes
    }

    mutating func run() {
        while position < bytes.count {
            switch contexts.last {
            case .string(let hashes, let isMultiline, let start): stepInString(hashes, isMultiline, start)
            default: stepInCode()
            }
        }
    }

    private mutating func stepInCode() {
        let byte = bytes[position]
        if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
            lineComment()
        } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
            blockComment()
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "#") {
            openLiteral()
        } else if byte == UInt8(ascii: "("), case .code(let open) = contexts.last, contexts.count > 1 {
            contexts[contexts.count - 1] = .code(openParentheses: open + 1)
            skip(1)
        } else if byte == UInt8(ascii: ")"), case .code(let open) = contexts.last, contexts.count > 1 {
            if open == 0 {
                contexts.removeLast()
                blank(1)
            } else {
                contexts[contexts.count - 1] = .code(openParentheses: open - 1)
                skip(1)
            }
        } else {
            skip(1)
        }
    }

    private mutating func openLiteral() {
        let hashes = count(of: UInt8(ascii: "#"), at: position)
        let quote = peek(hashes)
        if quote == UInt8(ascii: "\"") {
            let start = position
            let isMultiline = peek(hashes + 1) == quote && peek(hashes + 2) == quote
            blank(hashes + (isMultiline ? 3 : 1))
            code[start] = UInt8(ascii: "\"")
            contexts.append(.string(hashes: hashes, isMultiline: isMultiline, start: start))
            literals[start] = ""
        } else if hashes > 0, quote == UInt8(ascii: "/") {
            blank(hashes + 1)
            while position < bytes.count, !(bytes[position] == quote && count(at: position + 1) >= hashes) { blank(1) }
            blank(hashes + 1)
        } else {
            skip(max(1, hashes))
        }
    }

    private mutating func stepInString(_ hashes: Int, _ isMultiline: Bool, _ start: Int) {
        let byte = bytes[position]
        let quote = UInt8(ascii: "\"")
        if byte == UInt8(ascii: "\\"), count(at: position + 1) >= hashes {
            if peek(1 + hashes) == UInt8(ascii: "(") {
                blank(hashes + 2)
                contexts.append(.code(openParentheses: 0))
            } else {
                blank(hashes + 2)
            }
        } else if byte == quote, !isMultiline || (peek(1) == quote && peek(2) == quote),
            count(at: position + (isMultiline ? 3 : 1)) >= hashes
        {
            contexts.removeLast()
            blank(hashes + (isMultiline ? 3 : 1))
        } else if byte == UInt8(ascii: "\n"), !isMultiline {
            contexts.removeLast()
        } else {
            let first = position
            repeat { blank(1) } while position < bytes.count && bytes[position] & 0xC0 == 0x80
            literals[start, default: ""] += String(decoding: bytes[first..<position], as: UTF8.self)
        }
    }

    private mutating func lineComment() {
        let first = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank(1) }
        let text = String(decoding: bytes[first..<position], as: UTF8.self)
        let kind: Comment.Kind = text.hasPrefix("///") ? .documentation : .line
        comments.append(Comment(kind: kind, line: line, text: String(text.drop { $0 == "/" })))
    }

    private mutating func blockComment() {
        let first = position
        let firstLine = line
        var depth = 0
        repeat {
            if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                blank(2)
            } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && position < bytes.count
        let text = String(decoding: bytes[first..<position], as: UTF8.self)
        for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            comments.append(Comment(kind: .block, line: firstLine + index, text: String(part)))
        }
    }

    private func peek(_ distance: Int) -> UInt8 {
        position + distance < bytes.count ? bytes[position + distance] : 0
    }

    /// How many of a byte, hashes unless another is named, follow one another from a position on.
    private func count(of byte: UInt8 = UInt8(ascii: "#"), at start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] == byte { end += 1 }
        return end - start
    }

    private mutating func skip(_ distance: Int) {
        for _ in 0..<distance where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func blank(_ distance: Int) {
        for offset in position..<min(position + distance, bytes.count) where bytes[offset] != UInt8(ascii: "\n") {
            code[offset] = UInt8(ascii: " ")
        }
        skip(distance)
    }
}
