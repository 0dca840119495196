/// An identifier of a person in clear.
package struct IdentifierInfo: Codable, Sendable, Equatable {
    package var type: String
    package var authority: String
    package var value: String

    package init(type: String, authority: String, value: String) {
        self.type = type
        self.authority = authority
        self.value = value
    }

    package init(_ identifier: PatientIdentifier) {
        self.init(type: identifier.type, authority: identifier.authority, value: identifier.value)
    }
}
