import Effects
import Ledgers
import Regions
import ServiceKit
import Storage
import Wire

/// Lets a home outside the requester's own branch have the request, and the node of an expert who claimed it there.
///
/// The requester's city does it: it has the request's payload by its audience, which neither the dispatcher nor the
/// other county has.
struct ConsultationSharing {
    let context: NodeContext

    func attend(to record: ConsultationRecord) async throws {
        let tree = context.tree
        guard tree.city(of: record.requester) == context.node, let request = record.request, request.hasPayload else {
            return
        }
        let route = ConsultationRoute(tree: tree)
        let foreign = record.attempts.filter { !route.holdsRequests($0.home, of: record.requester) }
        let recipients = Set(foreign.flatMap { [$0.home] + ($0.claimantNode.map { [$0] } ?? []) })
            .filter { !route.holdsRequests($0, of: record.requester) }.sorted()
        guard !recipients.isEmpty else { return }
        let entry = request.entry
        let known = try await context.ledger.read { sql in try Self.shared(entry, in: sql) }
        guard !Set(recipients).isSubset(of: known) else { return }
        try await context.ledger.write(lane: .clinical) { transaction in
            let known = try Self.shared(entry, in: transaction.sql)
            let new = recipients.filter { !known.contains($0) }
            for recipient in new {
                try transaction.sql.execute(
                    """
                    INSERT INTO consultation_share (entry, recipient) VALUES ($1, $2)
                    ON CONFLICT (entry, recipient) DO NOTHING
                    """, [entry.description, recipient.rawValue])
            }
            try transaction.grant([entry], to: new)
        }
    }

    private static func shared(_ entry: EntryID, in sql: any SQLTransaction) throws -> Set<NodeID> {
        let rows = try sql.rows("SELECT recipient FROM consultation_share WHERE entry = $1", [entry.description])
        return Set(try rows.map { try NodeID(try $0.text(0)) })
    }
}
