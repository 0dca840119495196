package import Effects
package import Ledgers
package import Recognition
package import ServiceKit

/// Alerts and decisions go out to the hospitals that they concern.
extension RecognitionService: OutgoingSource {
    package func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await dueNotices(after: position, limit: limit)
    }

    package func message(_ key: String) async throws -> OutgoingNotice? { try await notedNotice(key) }

    /// Headers alone: nobody's data is looked at, whoever gets it.
    package func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        guard let found = try await outgoing(notice) else { return nil }
        let said = HospitalNotice(found)
        let unit = notice.institution
        return OutgoingContent(
            hl7: { HL7NoticeWriter(said, unit: unit).text($0) }, fhir: FHIRNoticeWriter(said).update)
    }

    package func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try markNotice(notice, in: transaction)
    }

    package func heldMessages() async throws -> [HeldMessages] { try await heldNotices() }

    package func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        try settleNotices(kind, asDue: asDue, since: time, in: transaction)
    }
}
