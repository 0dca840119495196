import Effects
import Ledgers
import Regions
package import ServiceKit
import Storage

extension IdentityService {
    /// Writes that some identifiers belong to one person.
    ///
    /// The same link on the same evidence again changes nothing. A separation that stands between the identifiers is
    /// never passed over: it must be named in the order. It counts elsewhere where the asker's unit has reported under
    /// one of the identifiers, or keeps the register of persons.
    ///
    /// - Parameter source: what reports know.
    /// - Throws: `identity.oneIdentifier`, `identity.noAuthority`, `identity.text`, `identity.purpose`;
    ///   `identity.conflict` where a separation stands between them that the order does not name;
    ///   `identity.notFound` where the order names a separation that does not stand here.
    package func link(
        _ order: LinkOrder, source: IdentitySource, by asking: Asking
    ) async throws -> IdentityReceipt {
        try IdentityRule.check(asking.purpose)
        try IdentityRule.check(order.identifiers)
        try IdentityRule.check(order.reference, naming: order.identifiers)
        guard Set(order.identifiers).count > 1, order.overrules.count <= Limits.identityCauses else {
            throw Failure(
                "identity.oneIdentifier", "a link needs two identifiers or more",
                remedy: "name each identifier of the person")
        }
        let keys = try keys(of: order.identifiers, within: "")
        let statement = try context.sign(asking, about: keys, question: "identity.link")
        _ = try await context.admit(statement, caller: nil)
        let bare = IdentityLink(
            keys: keys, evidence: order.evidence, reference: order.reference,
            actor: IdentityActor(statement.statement))
        let payload = IdentityPayload(
            identifiers: order.identifiers.map { (IdentityProjection.linkSide, $0) })
        let id = statement.statement.id
        return try await context.ledger.write(lane: .clinical) { transaction in
            var standing = IdentityStanding(sql: transaction.sql)
            var link = bare
            link.report = try source.reported(keys, asking.organizationUnit, transaction.sql)
            let isHereOnly = link.report == nil && !keepsRegister(asking)
            try Self.check(order.overrules, against: try standing.separations(within: keys), &standing)
            if order.overrules.isEmpty, let same = try standing.link(like: link) {
                try AuditTrail.append(AuditRecord(statement, outcome: .duplicate, answered: 1), in: transaction)
                return IdentityReceipt(entry: same, isNew: false, isHereOnly: isHereOnly, statement: id)
            }
            try AuditTrail.append(AuditRecord(statement, answered: 1), in: transaction)
            let draft = EntryDraft(
                kind: .identityLink, subject: Self.serviceName, causes: order.overrules.sorted(),
                fields: try link.encoded(), headerAudience: .city)
            return IdentityReceipt(
                entry: try Self.append(draft, payload: payload, in: transaction), isNew: true,
                isHereOnly: isHereOnly, statement: id)
        }
    }

    /// Whether the asker's unit keeps the register of persons here.
    func keepsRegister(_ asking: Asking) -> Bool {
        let table = context.region.deliveries
        return table.unit(named: asking.organizationUnit).map { table.keepsRegister($0, at: context.node, context.now) }
            ?? false
    }

    /// - Parameter standing: the separations that stand between the identifiers.
    private static func check(
        _ overrules: [EntryID], against separations: [EntryID], _ standing: inout IdentityStanding
    ) throws {
        let missing = separations.filter { !overrules.contains($0) }
        guard missing.isEmpty else {
            throw Failure(
                "identity.conflict", "it was found that these identifiers belong to different persons",
                place: missing.map(\.description).joined(separator: " "),
                remedy: "read why with `yilian identity log`; whoever knows better names each separation "
                    + "with --overrule")
        }
        for entry in overrules where try !standing.isStanding(entry, .identitySeparation) {
            throw Failure(
                "identity.notFound", "there is no such separation here, or it does not stand any more",
                place: entry.description, remedy: "look for it with `yilian identity log`")
        }
    }

    /// Appends an entry, and lets those have its header whose entries it names and whom it would not reach; none of them
    /// is given an identifier.
    static func append(
        _ draft: EntryDraft, payload: IdentityPayload?, in transaction: LedgerTransaction
    ) throws -> EntryID {
        var draft = draft
        draft.payload = try payload?.encoded()
        draft.payloadAudience = transaction.tree.tier(of: transaction.node) == .township ? .parent : .own
        let entry = try transaction.append(draft)
        try transaction.grant([entry], to: readers(of: draft.causes, in: transaction), isHeadersOnly: true)
        return entry
    }

    /// The authors of entries and those above them, as far as an entry for the city does not reach them from here.
    private static func readers(of causes: [EntryID], in transaction: LedgerTransaction) -> [NodeID] {
        let (node, tree) = (transaction.node, transaction.tree)
        var readers: [NodeID] = []
        for author in Set(causes.map(\.author)).sorted() {
            for reader in [author] + tree.ancestors(of: author)
            where tree.tier(of: reader) != nil && tree.tier(of: reader) != .dispatcher && !readers.contains(reader)
                && !Audience.city.reaches(reader, from: node, in: tree)
            { readers.append(reader) }
        }
        return readers
    }
}
