import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Wire

/// Lets those who decide or act outside the origin's own branch have a case.
///
/// The origin's city does it: it has the creation's payload by its audience, which neither the dispatcher nor another
/// county has.
struct CaseSharing<W: Workflow> {
    let context: NodeContext

    func attend(to record: CaseRecord<W>) async throws {
        let tree = context.tree
        guard tree.city(of: record.id.origin) == context.node, let creation = record.creation, creation.hasPayload
        else {
            return
        }
        // What was closed long ago was shared then.
        let forgotten = context.now.advanced(byMilliseconds: -Limits.bookkeepingMilliseconds)
        let steps = [creation] + record.attempts.flatMap(\.steps)
        guard record.isOpen || steps.contains(where: { $0.receivedTime >= forgotten }) else { return }
        let route = CaseRoute<W>(tree: tree)
        let recipients = Set(record.attempts.flatMap { nodes($0, of: record.id, route) })
            .filter { !route.holdsContent($0, of: record.id) && $0 != context.node }.sorted()
        guard !recipients.isEmpty else { return }
        let entries = [creation.entry] + (W.table.attempts == nil ? events(of: record, tree) : [])
        let wanted = entries.flatMap { entry in recipients.map { Share(entry: entry, recipient: $0) } }
        let known = try await context.ledger.read { sql in try wanted.allSatisfy { try Self.isKnown($0, in: sql) } }
        guard !known else { return }
        try await context.ledger.write(lane: .clinical) { transaction in
            for recipient in recipients {
                let new = try entries.filter { entry in
                    try !Self.isKnown(Share(entry: entry, recipient: recipient), in: transaction.sql)
                }
                for entry in new {
                    try transaction.sql.execute(
                        """
                        INSERT INTO case_share (entry, recipient) VALUES ($1, $2)
                        ON CONFLICT (entry, recipient) DO NOTHING
                        """, [entry.description, recipient.rawValue])
                }
                try transaction.grant(new, to: [recipient])
            }
        }
    }

    private struct Share {
        var entry: EntryID
        var recipient: NodeID
    }

    /// Who is let in: of attempts, the home and who acts, where that home does not have the case by its audience; of a case
    /// with one course, everybody who has decided, is offered it, or acts.
    private func nodes(_ attempt: CaseAttempt<W>, of id: CaseID<W>, _ route: CaseRoute<W>) -> [NodeID] {
        let holders = attempt.seats.values.joined().compactMap(\.node)
        guard W.table.attempts != nil else {
            let candidates = W.table.nodes(attempt.candidates, context.region.current)
            return attempt.formerHomes + [attempt.home] + candidates + holders
        }
        return route.holdsContent(attempt.home, of: id) ? [] : [attempt.home] + holders
    }

    /// The events that this node may give: those whose payload it was given, and those that have none.
    private func events(of record: CaseRecord<W>, _ tree: ManagementTree) -> [EntryID] {
        record.attempts.flatMap(\.steps).filter { step in
            guard let event = step.event else { return false }
            let rule = W.table.rule(of: event)
            let audience = rule.form == nil ? rule.headerAudience : rule.payloadAudience
            return audience.reaches(context.node, from: step.entry.author, in: tree)
        }.map(\.entry)
    }

    private static func isKnown(_ share: Share, in sql: any SQLTransaction) throws -> Bool {
        try sql.row(
            "SELECT 1 FROM case_share WHERE entry = $1 AND recipient = $2",
            [share.entry.description, share.recipient.rawValue]) != nil
    }
}
