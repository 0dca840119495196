package import ServiceKit

/// Who linked or separated, as the access statement says on which it rests.
package struct IdentityActor: Sendable, Equatable {
    package var practitioner: String
    package var organizationUnit: String
    package var purpose: String
    /// The id of the statement; the audit ledger of the author's node holds the statement itself.
    package var statement: String

    package init(practitioner: String, organizationUnit: String, purpose: String, statement: String) {
        self.practitioner = practitioner
        self.organizationUnit = organizationUnit
        self.purpose = purpose
        self.statement = statement
    }

    package init(_ statement: AccessStatement) {
        self.init(
            practitioner: statement.practitioner, organizationUnit: statement.organizationUnit,
            purpose: statement.purpose.rawValue, statement: statement.id)
    }

    var wire: PBIdentityActor {
        var message = PBIdentityActor()
        message.practitioner = practitioner
        message.organizationUnit = organizationUnit
        message.purpose = purpose
        message.statement = statement
        return message
    }

    /// - Throws: `identity.malformed` where a part is missing or too long.
    init(wire message: PBIdentityActor) throws {
        let parts = [message.practitioner, message.organizationUnit, message.purpose, message.statement]
        guard !message.practitioner.isEmpty, !message.statement.isEmpty, parts.allSatisfy({ $0.utf8.count <= 400 })
        else { throw IdentityLink.malformed }
        self.init(
            practitioner: message.practitioner, organizationUnit: message.organizationUnit, purpose: message.purpose,
            statement: message.statement)
    }
}
