import Effects
import Ledgers
package import ServiceKit

extension IdentityService {
    /// Writes that a merge was wrong.
    ///
    /// The links that name identifiers of both persons are undone, with those that the order names; the two persons
    /// stay apart from then on, whatever reports name both, until a link overrules it. Everything follows at the next
    /// question, because nothing was copied when they were merged.
    ///
    /// As a link, it counts elsewhere where the asker's unit has reported under one of the identifiers, or keeps the
    /// register of persons.
    ///
    /// - Parameter source: what reports know.
    /// - Throws: `identity.noGroups`, `identity.noAuthority`, `identity.text`, `identity.purpose`;
    ///   `identity.notFound` where the order names a link that does not stand here.
    package func separate(
        _ order: SeparationOrder, source: IdentitySource, by asking: Asking
    ) async throws -> IdentityReceipt {
        try IdentityRule.check(asking.purpose)
        let named = order.first + order.second
        try IdentityRule.check(named)
        try IdentityRule.check(order.reason, naming: named)
        let (first, second) = (
            try keys(of: order.first, within: ""), try keys(of: order.second, within: "")
        )
        guard first.isEmpty == second.isEmpty, !first.isEmpty || !order.links.isEmpty,
            Set(first).isDisjoint(with: second), !order.reason.allSatisfy(\.isWhitespace)
        else {
            throw Failure(
                "identity.noGroups", "a separation needs two different persons or a link, and a reason",
                remedy: "name an identifier of each person, or the wrong link")
        }
        let subject = try await first.isEmpty ? keys(ofLinks: order.links) : first + second
        let statement = try context.sign(asking, about: subject, question: "identity.separate")
        _ = try await context.admit(statement, caller: nil)
        let bare = IdentitySeparation(
            groups: first.isEmpty ? [] : [first, second], reason: order.reason,
            actor: IdentityActor(statement.statement))
        let identifiers = order.first.map { (1, $0) } + order.second.map { (2, $0) }
        let payload = identifiers.isEmpty ? nil : IdentityPayload(identifiers: identifiers)
        let id = statement.statement.id
        return try await context.ledger.write(lane: .clinical) { transaction in
            var before = IdentityStanding(sql: transaction.sql)
            for link in order.links where try !before.isStanding(link, .identityLink) {
                throw Self.noLink(link)
            }
            let undone = Set(order.links + (try before.links(between: first, and: second))).sorted()
            guard undone.count <= Limits.identityCauses else {
                throw Failure("identity.tooManyLinks", "more than \(Limits.identityCauses) links would be undone")
            }
            try AuditTrail.append(AuditRecord(statement, answered: 1), in: transaction)
            var separation = bare
            separation.report = try source.reported(subject, asking.organizationUnit, transaction.sql)
            let draft = EntryDraft(
                kind: .identitySeparation, subject: Self.serviceName, causes: undone,
                fields: try separation.encoded(), headerAudience: .city)
            let entry = try Self.append(draft, payload: payload, in: transaction)
            var after = IdentityStanding(sql: transaction.sql)
            return IdentityReceipt(
                entry: entry, isNew: true, undone: undone, stillJoinedBy: try after.way(from: first, to: second),
                isHereOnly: separation.report == nil && !keepsRegister(asking), statement: id)
        }
    }

    /// Whom the statement is about where an order names links alone.
    private func keys(ofLinks links: [EntryID]) async throws -> [PatientKeyReference] {
        try await context.ledger.read { sql in
            var keys: [PatientKeyReference] = []
            for link in links.prefix(Limits.identityCauses) {
                let found = try IdentityTable.keys(of: link, side: IdentityProjection.linkSide, in: sql)
                guard !found.isEmpty else { throw Self.noLink(link) }
                for key in found where !keys.contains(key) { keys.append(key) }
            }
            return Array(keys.prefix(Limits.identityKeys))
        }
    }

    private static func noLink(_ link: EntryID) -> Failure {
        Failure(
            "identity.notFound", "there is no such link here, or it does not stand any more",
            place: link.description, remedy: "look for it with `yilian identity log`")
    }
}
