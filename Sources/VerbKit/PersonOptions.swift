package import ArgumentParser
import NodeRuntime
package import ServiceKit

/// Who the person is about whom something is asked.
package struct PersonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The citizen identity number; - reads it from standard input.", valueName: "number"))
    package var citizenID: String?

    @Option(help: ArgumentHelp("Another identifier, with --type and --issuer; - reads it.", valueName: "value"))
    package var identifier: String?

    @Option(help: ArgumentHelp("The kind of --identifier, such as MR or EHC.", valueName: "type"))
    package var type: String?

    @Option(help: ArgumentHelp("Who issued --identifier.", valueName: "authority"))
    package var issuer: String?

    package init() {}

    package func validate() throws {
        guard (citizenID == nil) != (identifier == nil) else {
            throw ValidationError("Say who the patient is: --citizen-id, or --identifier with --type.")
        }
        guard (identifier == nil) == (type == nil) else {
            throw ValidationError("--identifier and --type belong together.")
        }
    }

    /// Type, authority and value.
    package func person() throws -> (type: String, authority: String, value: String) {
        if let citizenID { return ("citizenID", "CN", try PersonNumber.read(citizenID, "citizen identity number")) }
        return (type ?? "", issuer ?? "", try PersonNumber.read(identifier ?? "", "identifier"))
    }
}

/// Who asks, and why; every look at a person's data needs it.
package struct AccessOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who asks, as the hospital names its staff.", valueName: "id"))
    package var practitioner: String

    @Option(help: ArgumentHelp("The unit where the practitioner works; the node's first.", valueName: "unit"))
    package var unit: String?

    @Option(help: ArgumentHelp(AccessOptions.purposes))
    package var purpose: String = "treatment"

    @Option(help: ArgumentHelp("The order, encounter, request or review for which they ask.", valueName: "number"))
    package var order: String?

    @Option(help: ArgumentHelp("The patient's consent.", valueName: "text"))
    package var consent: String?

    @Option(help: ArgumentHelp("Why there is no consent; for an emergency.", valueName: "reason"))
    package var breakGlass: String?

    /// The purposes that there are, as help lists them.
    package static let purposes = list(", ", " or ", ".")
    static let chinesePurposes = list("、", " 或 ", "。")

    private static func list(_ separator: String, _ last: String, _ end: String) -> String {
        let words = ServiceList.purposes.words
        return words.dropLast().joined(separator: separator) + last + (words.last ?? "") + end
    }

    package init() {}

    package func question(about person: PersonOptions, limit: UInt32? = nil) throws -> RecordQuestion {
        let (type, authority, value) = try person.person()
        return RecordQuestion(
            identifierType: type, identifierAuthority: authority, identifier: value, practitioner: practitioner,
            unit: unit, purpose: purpose, consent: consent, breakGlassReason: breakGlass, order: order, limit: limit)
    }
}
