package import Effects
package import Ledgers
import ServiceKit
import WorkflowKit

/// A report as it goes back to the hospital that asked: with the request that it answers.
package struct ReportedConsultation: Sendable {
    package var request: ConsultationID
    package var kind: String
    package var requestedTime: WallTime
    package var content: ConsultationContent
    package var report: ConsultationService.ReadReport
    /// The versions before it.
    package var earlier: [ConsultationReport]
    /// The unit that asked.
    package var unit: String
    /// Who asked.
    package var practitioner: String

    package init(
        request: ConsultationID, kind: String, requestedTime: WallTime, content: ConsultationContent,
        report: ConsultationService.ReadReport, earlier: [ConsultationReport] = [], unit: String, practitioner: String
    ) {
        self.request = request
        self.kind = kind
        self.requestedTime = requestedTime
        self.content = content
        self.report = report
        self.earlier = earlier
        self.unit = unit
        self.practitioner = practitioner
    }
}

extension ConsultationService {
    /// A report that is due for the hospital that asked, with everything that it answers.
    ///
    /// It goes to the hospital's systems in the name of the practitioner who asked, on the ground of the request, and stands
    /// in the audit ledger as such: with the systems that get it. The practitioner need not stand in the register any more.
    ///
    /// - Parameter systems: the systems that get it, as the node's file calls them.
    /// - Returns: `nil` where the report or the request is not here, or does not count; also where a later version has
    ///   gone before it: the earlier one would stand in its place at the hospital.
    package func reported(_ entry: EntryID, to systems: [String]) async throws -> ReportedConsultation? {
        guard let id = try await context.ledger.read({ try ConsultationAnswers.id(of: entry, in: $0) }) else {
            return nil
        }
        let record = try await show(id)
        guard let request = record.request,
            let opened = try await book.file(
                record, for: request.fields.organizationUnit, systems: systems, purpose: .consultation,
                action: Self.deliverAction)
        else { return nil }
        let (file, unit) = (File(opened), request.fields.organizationUnit)
        guard let content = file.content, let report = file.reports.first(where: { $0.entry == entry }) else {
            return nil
        }
        let others = file.reports.filter { $0.entry.author == entry.author && $0.attempt == report.attempt }
        let later = others.filter { $0.version > report.version }.map(\.entry)
        guard try await !context.ledger.read({ try ConsultationAnswers.isAnyTold(later, in: $0) }) else { return nil }
        return ReportedConsultation(
            request: id, kind: record.terms.kind, requestedTime: record.terms.requestedTime, content: content,
            report: report, earlier: others.filter { $0.version < report.version }.map(\.report), unit: unit,
            practitioner: content.statement?.statement.asking.practitioner ?? "")
    }

    /// What the way of a report to a hospital's systems is called in the audit ledger.
    static let deliverAction = "consultation.deliver"
}
