import ArgumentParser
import Effects
import Foundation

/// A noun or a verb of the program, as the argument parser describes it.
struct VerbDescription: Codable {
    /// Something that may stand after a verb.
    struct Argument: Codable {
        struct Name: Codable {
            /// `long`, or `short`, or `longWithSingleDash`.
            var kind: String
            var name: String

            var text: String { (kind == "long" ? "--" : "-") + name }
        }

        /// `positional`, `option` or `flag`.
        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var defaultValue: String?
        var allValueStrings: [String]?
        var abstract: String?
        var discussion: String?
    }

    var commandName: String
    var superCommands: [String]?
    var shouldDisplay: Bool?
    var abstract: String?
    var discussion: String?
    var subcommands: [VerbDescription]?
    var arguments: [Argument]?

    private struct Tool: Codable {
        var command: VerbDescription
    }

    /// The whole program.
    ///
    /// - Throws: `manual.unreadable` where the argument parser describes itself otherwise than this type expects.
    static func program() throws -> VerbDescription {
        do {
            return try JSONDecoder().decode(Tool.self, from: Data(Yilian._dumpHelp().utf8)).command
        } catch {
            throw Failure(
                "manual.unreadable", "the argument parser describes the program in a form that is not known: \(error)")
        }
    }

    /// `yilian queue list`.
    var words: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// Those that people are shown; what every verb has is said once.
    var shownArguments: [Argument] {
        (arguments ?? []).filter { argument in
            argument.shouldDisplay && !(argument.names ?? []).contains { ["help", "version"].contains($0.name) }
        }
    }

    /// This one and everything below it that people are shown, in the order of the help.
    var verbs: [VerbDescription] {
        guard shouldDisplay ?? true else { return [] }
        let below = (subcommands ?? []).filter { $0.commandName != "help" }
        return [self] + below.flatMap(\.verbs)
    }
}
