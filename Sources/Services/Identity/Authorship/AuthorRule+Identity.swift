import Effects
import Ledgers
import ServiceKit
import Storage

/// Who may say of whom that identifiers are one person's, or two.
///
/// Whoever has met the person: the entry names a report of the actor's unit under one of its keys. A unit that keeps the
/// region's register of persons needs none. What fails counts at its author alone.
extension AuthorRule {
    static let identityLink = AuthorRule(
        needing: { try needs($0, report: IdentityLink(bytes: $0.entry.fields).report) },
        check: { question in
            let link = try IdentityLink(bytes: question.entry.fields)
            try check(question, actor: link.actor, keys: link.keys, report: link.report)
        })

    static let identitySeparation = AuthorRule(
        needing: { try needs($0, report: IdentitySeparation(bytes: $0.entry.fields).report) },
        check: { question in
            let separation = try IdentitySeparation(bytes: question.entry.fields)
            var keys = separation.groups.flatMap { $0 }
            if keys.isEmpty {
                for cause in question.entry.causes {
                    keys += try IdentityTable.keys(of: cause, side: IdentityProjection.linkSide, in: question.sql)
                }
            }
            try check(question, actor: separation.actor, keys: keys, report: separation.report)
        })

    /// The report goes as far as the entry does, to the city; whoever is granted the entry besides does not have it.
    private static func needs(_ question: AuthorQuestion, report: EntryID?) throws -> [EntryID] {
        guard let report, question.entry.author != question.node, try question.isReached(by: .city) else { return [] }
        return [report]
    }

    private static func check(
        _ question: AuthorQuestion, actor: IdentityActor, keys: [PatientKeyReference], report: EntryID?
    ) throws {
        // A department of the author's own is no unit, and speaks for nobody else.
        try question.refuseForeign(actor.asking.organizationUnit)
        guard question.entry.author != question.node, try !question.keepsRegister(actor.asking.organizationUnit) else {
            return
        }
        for cause in question.entry.causes where try question.isSetAside(cause) {
            throw Failure(
                "author.causeNotCounted", "\(question.entry.author) goes by an identity entry that does not count here")
        }
        if try isRenewal(question, of: keys) { return }
        guard try question.isReached(by: .city) else {
            // Granted to whoever wrote what it undoes: people are held apart on its word until the city is asked, never
            // joined.
            if question.entry.kind == .identitySeparation { return }
            throw notReported(question)
        }
        guard let report, try hasReported(report, actor.asking.organizationUnit, under: keys, question) else {
            throw notReported(question)
        }
    }

    private static func notReported(_ question: AuthorQuestion) -> Failure {
        Failure(
            "author.notReported",
            "the unit for which \(question.entry.author) wrote has not reported under any of the keys",
            remedy: "let a unit write it that knows the person, or one under 'registries' of the region configuration")
    }

    /// Whether a report is the unit's, came under one of the keys, and counts.
    private static func hasReported(
        _ report: EntryID, _ unit: String, under keys: [PatientKeyReference], _ question: AuthorQuestion
    ) throws -> Bool {
        // What stands in the same batch after the entry is not judged yet.
        guard report.batch != question.entry.id.batch || report.index < question.entry.id.index,
            let entry = try question.standing(report), entry.kind == ReportHeading.kind,
            let heading = try? ReportHeading(entry.fields)
        else { return false }
        let table = question.region.deliveries
        guard let wanted = table.unit(named: unit), table.unit(named: heading.institution) == wanted else {
            return false
        }
        return !Set(heading.patientKeys).isDisjoint(with: keys)
    }

    /// Whether the entry says of an earlier one of its author, which counts here, the same in another epoch.
    ///
    /// No key tells what it was in another epoch. So it brings no more identifiers than there were, in epochs that the
    /// earlier one does not name.
    private static func isRenewal(_ question: AuthorQuestion, of keys: [PatientKeyReference]) throws -> Bool {
        guard let cause = question.entry.causes.first, question.entry.causes.count == 1,
            cause.author == question.entry.author,
            let row = try question.sql.row("SELECT kind FROM identity_entry WHERE entry = $1", [cause.description]),
            try row.integer(0) == Int64(question.entry.kind.rawValue)
        else { return false }
        let before = try (IdentityProjection.linkSide...2).flatMap {
            try IdentityTable.keys(of: cause, side: $0, in: question.sql)
        }
        let known = Dictionary(grouping: before, by: \.epoch)
        let most = known.values.map(\.count).max() ?? 0
        return Dictionary(grouping: keys, by: \.epoch).allSatisfy { epoch, keys in
            known[epoch] == nil && keys.count <= most
        }
    }
}
