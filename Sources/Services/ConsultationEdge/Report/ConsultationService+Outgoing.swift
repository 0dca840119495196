package import Consultation
import Ledgers
package import ServiceKit
import WorkflowKit

/// Reports go back to the hospital that asked.
extension ConsultationService: CaseOutbox {
    package typealias Cases = ConsultationWorkflow
    package static var outgoingKind: OutgoingKind { .reports }

    package func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        guard let reported = try await reported(try EntryID(notice.key), to: systems) else { return nil }
        return OutgoingContent(
            hl7: { HL7ReportWriter(reported).text($0) }, fhir: FHIRReportWriter(reported).update)
    }
}
