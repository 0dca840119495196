package import Effects
package import Ledgers
import ServiceKit
import Wire

/// A report as it goes back to the hospital that asked: with the request that it answers.
package struct ReportedConsultation: Sendable {
    package var request: ConsultationID
    package var kind: String
    package var requestedTime: WallTime
    package var content: ConsultationContent
    package var report: ConsultationService.ReadReport
    /// The unit that asked.
    package var unit: String
    /// Who asked.
    package var practitioner: String

    package init(
        request: ConsultationID, kind: String, requestedTime: WallTime, content: ConsultationContent,
        report: ConsultationService.ReadReport, unit: String, practitioner: String
    ) {
        self.request = request
        self.kind = kind
        self.requestedTime = requestedTime
        self.content = content
        self.report = report
        self.unit = unit
        self.practitioner = practitioner
    }
}

extension ConsultationService {
    /// A report that is due for the hospital that asked, with everything that it answers.
    ///
    /// It is an access to the patient's data in the name of the practitioner who asked, and stands in the audit ledger.
    ///
    /// - Returns: `nil` where the report or the request is not here, or does not count; also where a later version has
    ///   gone before it: the earlier one would stand in its place at the hospital.
    package func reported(_ entry: EntryID) async throws -> ReportedConsultation? {
        guard let id = try await context.ledger.read({ try ConsultationAnswers.request(of: entry, in: $0) }) else {
            return nil
        }
        let record = try await show(id)
        guard let request = record.request,
            let payload = try await context.ledger.entry(request.entry)?.payload,
            let asking = try ConsultationContent(wireBytes: payload).statement?.statement.asking
        else { return nil }
        let file = try await read(id, by: asking.practitioner, of: request.fields.organizationUnit)
        guard let content = file.content, let report = file.reports.first(where: { $0.entry == entry }) else {
            return nil
        }
        let later = file.reports.filter {
            $0.entry.author == entry.author && $0.attempt == report.attempt && $0.version > report.version
        }.map(\.entry)
        guard try await !context.ledger.read({ try ConsultationAnswers.isAnyTold(later, in: $0) }) else { return nil }
        return ReportedConsultation(
            request: id, kind: record.terms.kind, requestedTime: record.terms.requestedTime, content: content,
            report: report, unit: request.fields.organizationUnit, practitioner: asking.practitioner)
    }
}
