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
