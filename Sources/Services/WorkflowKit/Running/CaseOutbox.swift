package import Effects
package import Ledgers
package import ServiceKit

/// A service whose workflow tells hospitals' systems what becomes of its cases; it says what a message says, everything
/// else is here.
package protocol CaseOutbox: OutgoingSource {
    associatedtype Cases: Workflow

    var context: NodeContext { get }
    /// What a destination is asked to want.
    static var outgoingKind: OutgoingKind { get }
}

extension CaseOutbox {
    /// The cases, too: what a message says may come after what it tells of.
    package var reads: Set<LedgerPart> { [CaseAnswers<Cases>.part, CaseWork<Cases>.part] }

    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        var notices: [OutgoingNotice] = []
        for due in try await context.ledger.read({ try CaseAnswers<Cases>.due(after: position, limit: limit, in: $0) })
        {
            notices.append(try await notice(due))
        }
        return notices
    }

    package func message(_ key: String) async throws -> OutgoingNotice? {
        guard let entry = try? EntryID(key),
            let due = try await context.ledger.read({ try CaseAnswers<Cases>.noted(entry, in: $0) })
        else { return nil }
        return try await notice(due)
    }

    private func notice(_ due: CaseAnswers<Cases>.Due) async throws -> OutgoingNotice {
        OutgoingNotice(
            key: due.entry.description, kind: Self.outgoingKind, institution: due.unit,
            patients: try await CaseAnswers<Cases>.patients(of: due, at: context), position: due.position)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try CaseAnswers<Cases>.mark(try EntryID(notice.key), in: transaction.sql)
    }

    package func heldMessages() async throws -> [HeldMessages] {
        guard let held = try await context.ledger.read({ try CaseAnswers<Cases>.held(in: $0) }) else { return [] }
        return [HeldMessages(kind: Self.outgoingKind, count: held.count, first: held.first, last: held.last)]
    }

    package func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        guard kind == Self.outgoingKind else { return 0 }
        return try CaseAnswers<Cases>.settle(asDue: asDue, since: time, in: transaction.sql)
    }
}
