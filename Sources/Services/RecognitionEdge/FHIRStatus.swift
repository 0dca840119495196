import EdgeKit
import FHIR
import Recognition

/// Statuses of FHIR as the letters of HL7 v2, and back.
enum FHIRStatus {
    /// The letter of a DiagnosticReport's status (table 0123); empty where it is missing, `?` where it says nothing.
    static func letter(report status: String?) -> String {
        switch status {
        case "registered": "I"
        case "partial": "A"
        case "preliminary": "P"
        case "final": "F"
        case "amended", "corrected", "appended": "C"
        case "cancelled": "X"
        case "entered-in-error": "W"
        case "", nil: ""
        default: "?"
        }
    }

    /// The letter of an Observation's status (table 0085); empty where it is missing, `?` where it says nothing.
    static func letter(observation status: String?) -> String {
        switch status {
        case "registered": "I"
        case "preliminary": "P"
        case "final": "F"
        case "amended", "corrected": "C"
        case "cancelled": "X"
        case "entered-in-error": "W"
        case "", nil: ""
        default: "?"
        }
    }

    /// The letter of a Media's status (event-status).
    static func letter(event status: String?) -> String {
        switch status {
        case "entered-in-error": "W"
        case "not-done", "stopped": "X"
        case "preparation", "in-progress", "on-hold": "P"
        default: "F"
        }
    }

    static func word(report status: ReportStatus) -> String {
        switch status {
        case .preliminary: "preliminary"
        case .final: "final"
        case .corrected: "corrected"
        case .void: "entered-in-error"
        }
    }

    /// The letter itself where FHIR's word for it says less; a missing one is kept by having none.
    static func keptLetter(_ letter: String) -> String? {
        let word = word(observation: letter)
        return letter.isEmpty || (word != unknown && self.letter(observation: word) == letter) ? nil : letter
    }

    /// The letter of one of our own answers, which keeps it where the word says less.
    static func letter(own observation: JSONObject) -> String {
        let word = observation["status"]?.string
        return FHIRExtensions.strings(.object(observation), FHIRExtensions.status).first
            ?? (word == unknown ? "" : letter(observation: word))
    }

    private static let unknown = "unknown"

    static func word(observation letter: String) -> String {
        switch letter {
        case "I": "registered"
        case "P", "R", "S", "A", "M": "preliminary"
        case "F", "U", "V": "final"
        case "B": "amended"
        case "C": "corrected"
        case "X": "cancelled"
        case "W", "D": "entered-in-error"
        default: unknown
        }
    }
}
