/// The patient as a message describes him or her.
///
/// Never leaves a payload: headers carry patient keys only.
package struct PatientDemographics: Equatable, Sendable {
    package var identifiers: [PatientIdentifier]
    package var name: String?
    /// As the message gives it (`19700101`, `1970-01-01`).
    package var birthDate: String?
    /// `M`, `F`, `O`, `U`, or what the message says.
    package var sex: String?

    package init(
        identifiers: [PatientIdentifier], name: String? = nil, birthDate: String? = nil, sex: String? = nil
    ) {
        self.identifiers = identifiers
        self.name = name
        self.birthDate = birthDate
        self.sex = sex
    }
}

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
