package import ArgumentParser
package import Demo
package import Effects

/// What a service puts on the command line.
///
/// A service's verbs are a target of their own beside it, which alone imports the argument parser. `yilian` lists them by one
/// line each; help, manual and completions come from the commands.
package protocol ServiceVerbs: Sendable {
    /// The nouns, in the order in which help lists them; each has its verbs.
    static var nouns: [any ParsableCommand.Type] { get }
    /// Their texts in both languages.
    static var words: VerbWords { get }
    /// What the service shows when the verb `demo` plays; none where it shows nothing.
    static var scene: (any DemoScene.Type)? { get }
}

extension ServiceVerbs {
    package static var scene: (any DemoScene.Type)? { nil }
}

/// The texts of commands in both languages.
///
/// Tests hold that nothing is missing and nothing is left over.
package struct VerbWords: Sendable {
    /// What help says.
    ///
    /// The English stands in the commands themselves and is repeated as a key, with its line breaks as spaces and without
    /// its examples.
    package var help: [Wording]
    /// What is said of a command line that is not in order; `{1}`, `{2}` stand for what the sentence names.
    package var complaints: [Wording]
    /// What the commands' own failures say with their particulars, as a message or as a remedy.
    package var failures: [Wording]

    package init(help: [Wording], complaints: [Wording] = [], failures: [Wording] = []) {
        self.help = help
        self.complaints = complaints
        self.failures = failures
    }
}
