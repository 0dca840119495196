package import ArgumentParser
import Foundation
package import ServiceKit

/// A person's number where an option names one: `-` means the next line of standard input.
///
/// A number on a command line shows in the list of processes and in a shell's history; on standard input it does not.
package enum PersonNumber {
    /// - Parameter what: what a person at a terminal is asked for.
    package static func read(_ text: String, _ what: String) throws -> String {
        guard text == "-" else { return text }
        if Terminal.isInputInteractive { Terminal.write("\(what): ", to: 2) }
        let line = (readLine() ?? "").trimmingCharacters(in: .whitespaces)
        guard !line.isEmpty else { throw ValidationError("Standard input holds no \(what).") }
        return line
    }
}

/// An identifier on a command line or a line of standard input: `TYPE|ISSUER|VALUE`.
package enum IdentifierText {
    package static func help(_ what: String) -> ArgumentHelp {
        ArgumentHelp("\(what): TYPE|ISSUER|VALUE, such as MR|city-hospital|4711; - reads it.", valueName: "identifier")
    }

    package static func read(_ text: String) throws -> IdentifierInfo {
        let line = try PersonNumber.read(text, "other identifier, TYPE|ISSUER|VALUE")
        let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty else {
            throw ValidationError("An identifier is written TYPE|ISSUER|VALUE.")
        }
        return IdentifierInfo(type: parts[0], authority: parts[1], value: parts[2])
    }
}
