package import ServiceKit

/// A person in a test.
///
/// Use numbers that were never issued.
public struct TestPatient: Hashable, Sendable {
    /// `citizenID` for a citizen identity number, else the type code of the hospital's system (`MR`, `PI`).
    public var identifierType: String
    /// Who issued the number; empty where nobody says so.
    public var authority: String
    /// The number itself.
    public var identifier: String
    /// The person's name.
    public var name: String

    /// A person with a citizen identity number, where no other kind is named.
    public init(
        _ name: String, identifier: String, identifierType: String = "citizenID", authority: String = "CN"
    ) {
        self.name = name
        self.identifier = identifier
        self.identifierType = identifierType
        self.authority = authority
    }

    package var key: PatientIdentifier {
        PatientIdentifier(type: identifierType, authority: authority, value: identifier)
    }
}
