import Ledgers

extension AuthorRule {
    /// The unit for which somebody acts delivers to the author; a department of the author's own is no unit.
    static let identityLink = AuthorRule { question in
        let actor = try IdentityLink(bytes: question.entry.fields).actor
        try question.refuseForeign(actor.organizationUnit)
    }

    static let identitySeparation = AuthorRule { question in
        let actor = try IdentitySeparation(bytes: question.entry.fields).actor
        try question.refuseForeign(actor.organizationUnit)
    }
}
