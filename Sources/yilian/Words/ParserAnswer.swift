import Console
import Effects

/// What the argument parser has to say, in a language: help that was asked for, or what is wrong with a command line.
enum ParserAnswer {
    /// - Parameters:
    ///   - message: what the parser says, which is English.
    ///   - arguments: the command line, without `--language`.
    static func text(_ message: String, arguments: [String], in language: Language) throws -> String {
        guard language == .chinese else { return message }
        guard message.hasPrefix("OVERVIEW: ") || message.hasPrefix("USAGE: ") else {
            return UsageWords.chinese(message: message)
        }
        let verb = verb(named: arguments, below: try VerbDescription.program())
        return ChineseHelp(verb: verb, usage: usage(in: message)).text
    }

    /// The noun or verb that the first words name, as far as they name one.
    private static func verb(named arguments: [String], below program: VerbDescription) -> VerbDescription {
        var verb = program
        for word in arguments.first == "help" ? arguments.dropFirst() : arguments[...] {
            guard let next = verb.subcommands?.first(where: { $0.commandName == word }) else { break }
            verb = next
        }
        return verb
    }

    /// The parser's lines on how the verb is called.
    private static func usage(in message: String) -> String {
        let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
        let mark = "USAGE: "
        guard let first = lines.firstIndex(where: { $0.hasPrefix(mark) }) else { return "" }
        let rest = lines[first...].prefix { !$0.isEmpty }
        return rest.map { line in
            line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : String(line.drop { $0 == " " })
        }.joined(separator: "\n")
    }
}

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

/// Breaks a text into lines for a terminal: between any two Chinese characters, else at spaces.
enum WrappedText {
    /// Signs with which no line begins.
    private static let closing: Set<Character> = ["，", "。", "；", "：", "、", "？", "）", "」", "”", "…", ",", ".", ";", ")"]

    static func lines(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            let isFull = TextTable.width(of: line + piece.trimmingSuffix { $0 == " " }) > columns
            if isFull, !line.isEmpty, piece.first.map({ !closing.contains($0) }) ?? true {
                lines.append(line.trimmingSuffix { $0 == " " })
                line = ""
            }
            line += piece
        }
        return lines + [line.trimmingSuffix { $0 == " " }]
    }

    /// What is not broken: a Chinese character, or a word with the space after it.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var word = ""
        for character in text {
            if TextTable.width(of: String(character)) > 1 {
                if !word.isEmpty { pieces.append(word) }
                pieces.append(String(character))
                word = ""
            } else {
                word.append(character)
                if character == " " {
                    pieces.append(word)
                    word = ""
                }
            }
        }
        return word.isEmpty ? pieces : pieces + [word]
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}
