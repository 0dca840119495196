package import Effects

/// What stands on the command line beside the verb's own arguments: which language is spoken, whether answers are JSON.
///
/// Every verb takes `--language zh` or `--language en`, at any place before `--`.
package struct Invocation: Sendable {
    /// What is left for the argument parser.
    package private(set) var arguments: [String] = []
    package private(set) var language: Language
    /// Whether the answer is to be JSON, and so what went wrong.
    package private(set) var isJSON = false
    /// What stands after `--language` and is no language.
    package private(set) var unknownLanguage: String?

    private static let option = "--language"

    package init(_ arguments: [String], environment: (String) -> String?) {
        language = Language(environment: environment)
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                self.arguments += [word] + rest
                return
            }
            if word == Self.option {
                take(rest.popFirst() ?? "")
            } else if word.hasPrefix(Self.option + "=") {
                take(String(word.dropFirst(Self.option.count + 1)))
            } else {
                if word == "--json" { isJSON = true }
                self.arguments.append(word)
            }
        }
    }

    private mutating func take(_ name: String) {
        if let named = Language(rawValue: name) { language = named } else { unknownLanguage = name }
    }

    package static let ofThisProcess = Invocation(
        Array(CommandLine.arguments.dropFirst()), environment: ProcessImage.environment)
}

extension Language {
    /// The one in which this process speaks.
    package static let current: Language = Invocation.ofThisProcess.language
}
