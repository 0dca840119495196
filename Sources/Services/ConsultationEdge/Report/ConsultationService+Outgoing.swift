package import Consultation
package import Effects
package import Ledgers
package import ServiceKit

/// Reports go back to the hospital that asked.
extension ConsultationService: OutgoingSource {
    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        var notices: [OutgoingNotice] = []
        for due in try await context.ledger.read({ try ConsultationAnswers.due(after: position, limit: limit, in: $0) })
        {
            notices.append(try await notice(due))
        }
        return notices
    }

    package func message(_ key: String) async throws -> OutgoingNotice? {
        guard let entry = try? EntryID(key),
            let due = try await context.ledger.read({ try ConsultationAnswers.noted(entry, in: $0) })
        else { return nil }
        return try await notice(due)
    }

    private func notice(_ due: ConsultationAnswers.Due) async throws -> OutgoingNotice {
        OutgoingNotice(
            key: due.entry.description, kind: .reports, institution: due.unit,
            patients: try await ConsultationAnswers.patients(of: due, at: context), position: due.position)
    }

    package func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        guard let reported = try await reported(try EntryID(notice.key), to: systems) else { return nil }
        return OutgoingContent(
            hl7: { HL7ReportWriter(reported).text($0) }, fhir: FHIRReportWriter(reported).update)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try ConsultationAnswers.mark(try EntryID(notice.key), in: transaction.sql)
    }

    package func heldMessages() async throws -> [HeldMessages] {
        guard let held = try await context.ledger.read({ try ConsultationAnswers.held(in: $0) }) else { return [] }
        return [HeldMessages(kind: .reports, count: held.count, first: held.first, last: held.last)]
    }

    package func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        guard kind == .reports else { return 0 }
        return try ConsultationAnswers.settle(asDue: asDue, since: time, in: transaction.sql)
    }
}
