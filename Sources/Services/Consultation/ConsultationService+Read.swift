package import Effects
package import Ledgers
import Regions
import ServiceKit
import WorkflowKit

extension ConsultationService {
    /// A version of a report with its text.
    package struct ReadReport: Sendable, Equatable {
        package var entry: EntryID
        package var attempt: Int
        package var version: Int
        package var report: ConsultationReport
        package var time: WallTime
    }

    /// A request as it was opened: what the requester wrote, and every report on it.
    package struct File: Sendable {
        package var record: ConsultationRecord
        /// `nil` where it does not lie at this node.
        package var content: ConsultationContent?
        /// All versions of all attempts' reports that lie here; where two attempts were reported, both.
        package var reports: [ReadReport]

        init(_ file: CaseFile<ConsultationWorkflow>) {
            record = file.record
            content = file.content
            reports = file.writings.map { writing in
                ReadReport(
                    entry: writing.entry, attempt: writing.step.fields.attempt,
                    version: writing.step.fields.reportVersion, report: ConsultationReport(writing.content),
                    time: writing.time)
            }
        }
    }

    /// Opens a request: its content and the reports on it.
    ///
    /// Those at the requester's node may, an expert to whom it is offered here, and the one who has claimed it here.
    /// Each opening is written to the audit ledger before anything is given.
    ///
    /// - Parameters:
    ///   - practitioner: the expert's id in the roster, or the practitioner at the requester's node.
    ///   - unit: where they work.
    ///   - system: the hospital's system that asks for them; empty: none does.
    ///   - isExpert: whether they read as an expert of the unit alone, also where the request was made at this node: it is
    ///     another institution's.
    /// - Throws: `consultation.unknown`; `consultation.notHere` where the request has not arrived;
    ///   `consultation.notEntitled`.
    package func read(
        _ request: ConsultationID, by practitioner: String, of unit: String, system: String = "",
        isExpert: Bool = false
    ) async throws -> File {
        let asking = Asking(
            practitioner: practitioner, organizationUnit: unit, purpose: .consultation, system: system)
        return File(
            try await book.read(request, asking) {
                mayRead($0, practitioner, isExpert: isExpert)
                    && (!isExpert || experts.experts(of: unit).contains(practitioner))
            })
    }

    /// What an opening is called in the audit ledger.
    static var readAction: String { ConsultationWorkflow.table.readAction }

    private func mayRead(_ record: ConsultationRecord, _ practitioner: String, isExpert: Bool) -> Bool {
        if !isExpert, record.requester == context.node { return true }
        let worksHere = context.region.current.expert(practitioner)?.node == context.node
        return record.attempts.contains { attempt in
            if let claimant = attempt.claimant {
                return claimant == practitioner && attempt.claimantNode == context.node
            }
            return worksHere && attempt.state == .offered && attempt.offeredTo.contains(practitioner)
        }
    }
}
