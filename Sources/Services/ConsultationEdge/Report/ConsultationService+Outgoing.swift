package import Consultation
package import Ledgers
package import ServiceKit

/// Reports go back to the hospital that asked.
extension ConsultationService: OutgoingSource {
    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await context.ledger.read { sql in
            try ConsultationAnswers.due(after: position, limit: limit, in: sql).map { due in
                OutgoingNotice(
                    key: due.entry.description, kind: .reports, institution: due.unit, patient: due.patient,
                    position: due.position)
            }
        }
    }

    package func content(of notice: OutgoingNotice) async throws -> OutgoingContent? {
        guard let reported = try await reported(try EntryID(notice.key)) else { return nil }
        return OutgoingContent(
            hl7: { HL7ReportWriter(reported).text($0) }, fhir: FHIRReportWriter(reported).update)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try ConsultationAnswers.mark(try EntryID(notice.key), in: transaction.sql)
    }
}
