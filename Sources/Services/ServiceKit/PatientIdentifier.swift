/// One identifier of a person: its type, who issued it, and its value.
package struct PatientIdentifier: Hashable, Sendable {
    /// `citizenID` for a checked GB 11643 number (authority `CN`), else the message's type code (`MR`, `PI`, `EHC`).
    package var type: String
    /// The assigning authority; empty where the message names none.
    package var authority: String
    package var value: String
    /// Whoever sent it says that it is no longer in use (FHIR: use `old`; CX.8 in the past).
    ///
    /// The person may be looked for by it, and it proves nothing: a number that was given up may be another person's.
    package var isFormer: Bool

    package init(type: String, authority: String, value: String, isFormer: Bool = false) {
        self.type = type
        self.authority = authority
        self.value = value
        self.isFormer = isFormer
    }

    /// The same identifier, as one that is in use.
    package var inUse: PatientIdentifier { PatientIdentifier(type: type, authority: authority, value: value) }

    package static let citizenIDType = "citizenID"
}
