package import Ledgers
package import Recognition
package import ServiceKit

/// Alerts and decisions go out to the hospitals that they concern.
extension RecognitionService: OutgoingSource {
    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await dueNotices(after: position, limit: limit)
    }

    package func content(of notice: OutgoingNotice) async throws -> OutgoingContent? {
        guard let found = try await outgoing(notice) else { return nil }
        let said = HospitalNotice(found)
        let unit = notice.institution
        return OutgoingContent(
            hl7: { HL7NoticeWriter(said, unit: unit).text($0) }, fhir: FHIRNoticeWriter(said).update)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try markNotice(notice, in: transaction)
    }
}
