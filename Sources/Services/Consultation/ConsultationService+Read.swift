package import Effects
package import Ledgers
import Regions
import ServiceKit
import Trust
import Wire

extension ConsultationService {
    /// Who reads a request, for the audit ledger.
    package struct Reader: Sendable {
        /// The expert's id in the roster, or the practitioner at the requester's node.
        package var practitioner: String
        package var organizationUnit: String

        package init(practitioner: String, organizationUnit: String) {
            self.practitioner = practitioner
            self.organizationUnit = organizationUnit
        }
    }

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
    }

    /// Opens a request: its content and the reports on it.
    ///
    /// Those at the requester's node may, an expert to whom it is offered here, and the one who has claimed it here.
    /// Each opening is written to the audit ledger before anything is given.
    ///
    /// - Throws: `consultation.unknownRequest`; `consultation.notHere` where the request has not arrived;
    ///   `consultation.notEntitled`.
    package func read(_ request: ConsultationID, reader: Reader) async throws -> File {
        let record = try await show(request)
        guard let entry = record.request else {
            throw Failure(
                "consultation.notHere", "the request itself has not come to this node",
                remedy: "claim it, or wait until it arrives")
        }
        let statement = try context.signed(
            AccessStatement(
                id: context.world.identifier(), node: context.node, organizationUnit: reader.organizationUnit,
                practitioner: reader.practitioner, purpose: .consultation, patientKeys: entry.fields.patientKeys,
                order: request.description, madeAt: context.now, question: "\(Self.readAction) \(request)"))
        guard mayRead(record, reader) else {
            try await audit(statement, outcome: "refused", answered: 0)
            throw Failure(
                "consultation.notEntitled", "the request is not offered to this reader at this node",
                remedy: "read it where it was made, or as an expert to whom it is offered")
        }
        let steps = record.attempts.flatMap(\.reports)
        try await audit(statement, outcome: "served", answered: 1 + steps.count)
        var file = File(record: record, content: nil, reports: [])
        file.content = try await context.ledger.entry(entry.entry)?.payload.map(ConsultationContent.init(wireBytes:))
        for step in steps {
            guard let payload = try await context.ledger.entry(step.entry)?.payload else { continue }
            file.reports.append(
                ReadReport(
                    entry: step.entry, attempt: step.fields.attempt, version: step.fields.reportVersion,
                    report: try ConsultationReport(wireBytes: payload), time: step.authorTime))
        }
        return file
    }

    /// What an opening is called in the audit ledger.
    static let readAction = "consultation.read"

    private func mayRead(_ record: ConsultationRecord, _ reader: Reader) -> Bool {
        if record.requester == context.node { return true }
        let worksHere = context.region.current.rosters.flatMap(\.experts).contains {
            $0.id == reader.practitioner && $0.node == context.node
        }
        return record.attempts.contains { attempt in
            if let claimant = attempt.claimant {
                return claimant == reader.practitioner && attempt.claimantNode == context.node
            }
            return worksHere && attempt.state == .offered && attempt.offeredTo.contains(reader.practitioner)
        }
    }

    private func audit(_ statement: SignedAccessStatement, outcome: String, answered: Int) async throws {
        try await context.audit.record(
            action: Self.readAction, statement: statement, caller: nil, correlation: statement.statement.id,
            outcome: outcome, answered: answered)
    }
}
