import ArgumentParser

/// A word that stands where a noun or a verb should, and is none.
///
/// It is looked for before anything is parsed: the argument parser would complain of the first option after it, which the
/// verb that was meant takes.
struct MisspeltVerb {
    let word: String
    /// What stands before it, such as `yilian queue`.
    let command: String
    /// What could stand there.
    let known: [String]

    /// - Returns: nil where every word up to the verb is known, or an option comes first.
    init?(in arguments: [String], of root: any ParsableCommand.Type) {
        var command = root
        var path = [Self.name(root)]
        for word in arguments {
            let verbs = command.configuration.subcommands
            if verbs.isEmpty || word.hasPrefix("-") || (path.count == 1 && word == "help") { return nil }
            guard let next = verbs.first(where: { Self.name($0) == word || $0.configuration.aliases.contains(word) })
            else {
                self.word = word
                self.command = path.joined(separator: " ")
                known = verbs.map(Self.name)
                return
            }
            command = next
            path.append(word)
        }
        return nil
    }

    var error: ValidationError {
        ValidationError("'\(word)' is nothing that `\(command)` knows; it knows \(known.joined(separator: ", ")).")
    }

    private static func name(_ command: any ParsableCommand.Type) -> String { command._commandName }
}
