package import Effects
package import Ledgers
import Regions
import ServiceKit
import Trust
import Wire

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
    /// - Throws: `consultation.unknownRequest`; `consultation.notHere` where the request has not arrived;
    ///   `consultation.notEntitled`.
    package func read(
        _ request: ConsultationID, by practitioner: String, of unit: String, system: String = "",
        isExpert: Bool = false
    ) async throws -> File {
        let record = try await show(request)
        guard let entry = record.request else {
            throw Failure(
                "consultation.notHere", "the request itself has not come to this node",
                remedy: "claim it, or wait until it arrives")
        }
        let asking = Asking(
            practitioner: practitioner, organizationUnit: unit, purpose: .consultation, order: request.description,
            system: system)
        let statement = try context.sign(
            asking, about: entry.fields.patientKeys, question: "\(Self.readAction) \(request)")
        _ = try await context.admit(statement, caller: nil)
        guard mayRead(record, practitioner, isExpert: isExpert),
            !isExpert || experts(of: unit).contains(practitioner)
        else {
            try await context.audit.record(AuditRecord(statement, outcome: .refused))
            throw Failure(
                "consultation.notEntitled", "the request is not offered to this reader at this node",
                remedy: "read it where it was made, or as an expert to whom it is offered")
        }
        return try await file(record, entry, on: statement)
    }

    /// What a request holds, once it is on record who looks at it.
    func file(
        _ record: ConsultationRecord, _ request: ConsultationStep, on statement: SignedAccessStatement
    ) async throws -> File {
        let steps = record.attempts.flatMap(\.reports)
        try await context.audit.record(AuditRecord(statement, answered: 1 + steps.count))
        var file = File(record: record, content: nil, reports: [])
        file.content = try await context.ledger.entry(request.entry)?.payload.map(ConsultationContent.init(wireBytes:))
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

    private func mayRead(_ record: ConsultationRecord, _ practitioner: String, isExpert: Bool) -> Bool {
        if !isExpert, record.requester == context.node { return true }
        let worksHere = context.region.current.rosters.flatMap(\.experts).contains {
            $0.id == practitioner && $0.node == context.node
        }
        return record.attempts.contains { attempt in
            if let claimant = attempt.claimant {
                return claimant == practitioner && attempt.claimantNode == context.node
            }
            return worksHere && attempt.state == .offered && attempt.offeredTo.contains(practitioner)
        }
    }
}
