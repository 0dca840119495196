/// One identifier of a person: its type, who issued it, and its value.
package struct PatientIdentifier: Hashable, Sendable {
    /// `citizenID` for a checked GB 11643 number (authority `CN`), else the message's type code (`MR`, `PI`, `EHC`).
    package var type: String
    /// The assigning authority; empty where the message names none.
    package var authority: String
    package var value: String

    package init(type: String, authority: String, value: String) {
        self.type = type
        self.authority = authority
        self.value = value
    }

    package static let citizenIDType = "citizenID"
}
