import ArgumentParser
import Console
import Effects
import Foundation
import Regions
import ServiceKit

/// Who the person is about whom something is asked.
struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The citizen identity number; - reads it from standard input.", valueName: "number"))
    var citizenID: String?

    @Option(help: ArgumentHelp("Another identifier, with --type and --issuer; - reads it.", valueName: "value"))
    var identifier: String?

    @Option(help: ArgumentHelp("The kind of --identifier, such as MR or EHC.", valueName: "type"))
    var type: String?

    @Option(help: ArgumentHelp("Who issued --identifier.", valueName: "authority"))
    var issuer: String?

    func validate() throws {
        guard (citizenID == nil) != (identifier == nil) else {
            throw ValidationError("Say who the patient is: --citizen-id, or --identifier with --type.")
        }
        guard (identifier == nil) == (type == nil) else {
            throw ValidationError("--identifier and --type belong together.")
        }
    }

    /// Type, authority and value.
    func person() throws -> (type: String, authority: String, value: String) {
        if let citizenID { return ("citizenID", "CN", try PersonNumber.read(citizenID, "citizen identity number")) }
        return (type ?? "", issuer ?? "", try PersonNumber.read(identifier ?? "", "identifier"))
    }
}

/// A person's number where an option names one: `-` means the next line of standard input.
///
/// A number on a command line shows in the list of processes and in a shell's history; on standard input it does not.
enum PersonNumber {
    /// - Parameter what: what a person at a terminal is asked for.
    static func read(_ text: String, _ what: String) throws -> String {
        guard text == "-" else { return text }
        if Terminal.isInputInteractive { Terminal.write("\(what): ", to: 2) }
        let line = (readLine() ?? "").trimmingCharacters(in: .whitespaces)
        guard !line.isEmpty else { throw ValidationError("Standard input holds no \(what).") }
        return line
    }
}

/// Who asks, and why; every look at a person's data needs it.
struct AccessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who asks, as the hospital names its staff.", valueName: "id"))
    var practitioner: String

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    var unit: String?

    @Option(help: "treatment, consultation, emergency, ownRecord or qualityReview.")
    var purpose: String = "treatment"

    @Option(help: ArgumentHelp("The order, encounter, request or review for which they ask.", valueName: "number"))
    var order: String?

    @Option(help: ArgumentHelp("The patient's consent.", valueName: "text"))
    var consent: String?

    @Option(help: ArgumentHelp("Why there is no consent; for an emergency.", valueName: "reason"))
    var breakGlass: String?

    func question(about person: PersonOptions, limit: UInt32? = nil) throws -> RecordQuestion {
        let (type, authority, value) = try person.person()
        return RecordQuestion(
            identifierType: type, identifierAuthority: authority, identifier: value, practitioner: practitioner,
            unit: unit, purpose: purpose, consent: consent, breakGlassReason: breakGlass, order: order, limit: limit)
    }
}
