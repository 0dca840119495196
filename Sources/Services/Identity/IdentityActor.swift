package import ServiceKit

/// Who linked or separated, as the access statement says on which it rests.
package struct IdentityActor: Sendable, Equatable {
    /// Without the words of its ground, which stay in the audit ledger.
    package var asking: Asking
    /// The id of the statement; the audit ledger of the author's node holds the statement itself.
    package var statement: String

    package init(asking: Asking, statement: String) {
        self.asking = asking.withoutGround
        self.statement = statement
    }

    package init(_ statement: AccessStatement) {
        self.init(asking: statement.asking, statement: statement.id)
    }

    var wire: PBIdentityActor {
        var message = PBIdentityActor()
        message.asking = asking.wire()
        message.statement = statement
        return message
    }

    /// - Throws: `identity.malformed` where a part is missing or too long, or where more is said than a header may.
    init(wire message: PBIdentityActor) throws {
        guard let asking = try? Asking(wire: message.asking), asking == asking.withoutGround,
            !asking.practitioner.isEmpty, !message.statement.isEmpty,
            [asking.practitioner, asking.organizationUnit, asking.system, message.statement].allSatisfy({
                $0.utf8.count <= 400
            })
        else { throw IdentityLink.malformed }
        self.init(asking: asking, statement: message.statement)
    }
}
