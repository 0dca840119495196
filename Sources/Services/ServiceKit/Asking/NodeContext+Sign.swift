import Effects
import Ledgers
import Regions
import Trust

extension NodeContext {
    /// Signs a question about a person: the one place where an access statement of this node is made.
    ///
    /// - Parameters:
    ///   - keys: whom it is about.
    ///   - question: the one that the statement answers.
    ///   - rule: that of the region's configuration where none is given.
    /// - Throws: what the rule throws (``AccessRule/check(_:)``); `patient.emptyIdentifier` where it is about nobody.
    package func sign(
        _ asking: Asking, about keys: [PatientKeyReference], question: String, rule: AccessRule? = nil
    ) throws -> SignedAccessStatement {
        guard !keys.isEmpty else { throw PatientIdentifier.namesNobody }
        return try sign(
            AccessStatement(
                id: world.identifier(), node: node, asking: asking, patientKeys: keys, question: question, madeAt: now),
            rule: rule)
    }

    /// Signs a question about the person whom identifiers name, under their keys in every epoch.
    ///
    /// - Throws: as for keys; `patientKey.noSecret`.
    package func sign(
        _ asking: Asking, about person: [PatientIdentifier], question: String
    ) throws -> SignedAccessStatement {
        var keys: [PatientKeyReference] = []
        for identifier in person where keys.count < Limits.questionKeys {
            keys += try patientKeys.all(of: identifier, within: asking.organizationUnit, at: now)
        }
        return try sign(asking, about: keys, question: question)
    }

    /// Signs a question about a case whose header names nobody.
    ///
    /// - Parameters:
    ///   - keys: of its patient, where this node knows them.
    ///   - question: what is asked, and the case's id.
    /// - Throws: what the rule throws (``AccessRule/check(_:)``).
    package func sign(
        _ asking: Asking, aboutCaseOf keys: [PatientKeyReference], question: String
    ) throws -> SignedAccessStatement {
        try sign(
            AccessStatement(
                id: world.identifier(), node: node, asking: asking, patientKeys: keys, question: question, madeAt: now),
            rule: AccessRule(region, purposes: purposes).forCases)
    }

    /// Signs a further question on the ground of an earlier one; its statement follows that one's.
    package func sign(_ question: String, following earlier: SignedAccessStatement) throws -> SignedAccessStatement {
        try sign(earlier.statement.following(world.identifier(), question: question, madeAt: now))
    }

    /// A statement with this node's signature.
    ///
    /// - Throws: what the rule throws; that of the region's configuration where none is given.
    package func sign(_ statement: AccessStatement, rule: AccessRule? = nil) throws -> SignedAccessStatement {
        try SignedAccessStatement(statement, key: signingKey, rule: rule ?? AccessRule(region, purposes: purposes))
    }
}
