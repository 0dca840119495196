/// A word, a string or a single other character of Swift code.
struct Token: Equatable, Sendable {
    /// A string's text is one quote; what stands in it is `literal`.
    var text: String
    var line: Int
    var isWord = false
    /// No space is between it and the token before.
    var isGlued = false
    var literal: String?

    /// The tokens of code that a mask has laid bare.
    static func list(_ mask: SwiftMask) -> [Token] {
        let code = mask.code
        var tokens: [Token] = []
        var line = 1
        var position = 0
        var end = -1
        while position < code.count {
            let byte = code[position]
            if isWordByte(byte) {
                let start = position
                while position < code.count, isWordByte(code[position]) { position += 1 }
                let text = String(decoding: code[start..<position], as: UTF8.self)
                tokens.append(Token(text: text, line: line, isWord: true, isGlued: start == end))
                end = position
                continue
            }
            if byte == UInt8(ascii: "\n") {
                line += 1
            } else if byte == UInt8(ascii: "\"") {
                tokens.append(Token(text: "\"", line: line, literal: mask.literals[position]))
            } else if byte > 0x20, byte != UInt8(ascii: "`") {
                tokens.append(Token(text: String(UnicodeScalar(byte)), line: line, isGlued: position == end))
                end = position + 1
            }
            position += 1
        }
        return tokens
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }
}
