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

    /// The letter of an Observation's status (table 0085); empty where it is missing or unknown.
    static func letter(observation status: String?) -> String {
        switch status {
        case "registered": "I"
        case "preliminary": "P"
        case "final": "F"
        case "amended", "corrected": "C"
        case "cancelled": "X"
        case "entered-in-error": "W"
        default: ""
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

    /// The letter itself where FHIR's word for it says less.
    static func keptLetter(_ letter: String) -> String? {
        self.letter(observation: word(observation: letter)) == letter ? nil : letter
    }

    static func word(observation letter: String) -> String {
        switch letter {
        case "I": "registered"
        case "P", "R", "S", "A": "preliminary"
        case "F", "U": "final"
        case "C": "corrected"
        case "X": "cancelled"
        case "W", "D": "entered-in-error"
        default: "unknown"
        }
    }
}
