package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit
package import WorkflowKit

/// Diagnoses at one node: asks for them, lets experts read and audit, says what became of specimens, and watches deadlines
/// where the node is a home or the dispatcher.
package struct DiagnosisService: NodeService, WorkflowOffer {
    package static let serviceName = "diagnosis"
    package static let workflows: [any Workflow.Type] = [DiagnosisWorkflow.self]
    package static let regionSections: [any RegionSection.Type] = [DiagnosisSection.self]
    package static let projections: [any Projection] = [CaseProjection<DiagnosisWorkflow>()]
    package static let facts = DiagnosisFacts.all
    package static let purposes = [
        PurposeRule(.diagnosis, Wording("diagnosis", "诊断"), grounds: [.order, .consent], isTreating: true)
    ]
    package static let endpoints: [any EndpointSet.Type] = [DiagnosisEndpoints.self]

    package static let methods = [
        Method(
            320, .diagnosis, "command", lane: .clinical, callers: [.parent, .child],
            samples: .sample(.claimed, as: .reader)
        ) { desk, command in
            try await desk.command(command)
        }.short()
    ]

    package let context: NodeContext
    package let book: CaseBook<DiagnosisWorkflow>
    private let desk: DiagnosisDesk

    package init(_ context: NodeContext) async throws {
        self.context = context
        let counter = CommandCounter<DiagnosisWorkflow>(context: context) { command, next in
            try await DeskInterface.diagnosis.at(next, context.system).command(command)
        }
        book = CaseBook(counter: counter)
        desk = DiagnosisDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches deadlines until the task is cancelled.
    package func run() async throws { try await CaseWatch<DiagnosisWorkflow>(context: context).run() }

    /// Asks for a diagnosis at this node; durable on return.
    ///
    /// The same order of a hospital's system again is the same request.
    ///
    /// - Parameters:
    ///   - kind: of the region's `diagnosisLevels`.
    ///   - alongside: what else is done in the same transaction, for a repetition too.
    /// - Throws: `diagnosis.unknownKind`, `.noUnit`, `.noPatient`, `.badContent`, `.tooLarge`, `.noHome`,
    ///   `.orderNumberUsed`; what the access rule throws.
    package func request(
        _ kind: String, _ content: CaseContent, _ asking: Asking,
        alongside: @escaping @Sendable (CreatedCase<DiagnosisWorkflow>, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedCase<DiagnosisWorkflow> {
        guard let level = context.region.current.diagnosisLevel(kind) else {
            throw Failure(
                "diagnosis.unknownKind", "the region has agreed on no such kind of diagnosis",
                remedy: KnownWord.remedy(for: kind, among: context.region.current.diagnosisLevels.map(\.kind)))
        }
        var asking = asking
        asking.purpose = asking.consent == nil ? .emergency : .diagnosis
        return try await book.create(
            CaseDraft(terms: DiagnosisTerms(level, madeTime: context.now), content: content, asking: asking),
            alongside: alongside)
    }

    /// Does something about a diagnosis: here where it is stated on the spot, else at the home of the newest attempt.
    ///
    /// Who reads or audits acts at the node where they work, as its file allows.
    ///
    /// - Parameter seen: the request as whoever acts saw it, where nothing is to be done if it has changed since.
    /// - Throws: `diagnosis.unknown`, `.notAnExpert`, `.notTheRequester`, `.notTheBench`, `.taken`, `.notTheHolder`,
    ///   `.tooLate`, `.wrongState`, `.badContent`, `.changed`; `call.…` where the home cannot be reached: then the same may be
    ///   sent again.
    package func act(
        _ deed: CaseDeed<DiagnosisWorkflow>, on id: DiagnosisID, seen: DiagnosisRecord? = nil
    ) async throws -> DiagnosisReceipt {
        let table = DiagnosisWorkflow.table
        guard let role = table.role(doing: deed.event) else { return try await book.perform(deed, on: id, seen: seen) }
        if [.reader, .auditor].contains(role) {
            try ExpertDesk(context, code: "diagnosis.notAnExpert").checkWorksHere(deed.practitioner)
        }
        let seat = table.rule(of: deed.event).holder
        // Of several attempts the newest in which it can happen: a late report is acknowledged where it was written.
        return try await book.perform(
            deed, on: id, seen: seen,
            choose: { record in
                record.attempts.last { attempt in
                    let isHeld =
                        seat.map { attempt.holders(of: $0).contains { $0.actor == deed.practitioner } } ?? true
                    return isHeld && attempt.next(after: deed.event, by: role) != nil
                } ?? record.attempts.last
            })
    }

    /// Opens a request: what was asked, and everything that was written about it.
    ///
    /// Those at the node that asked may, an expert to whom it is offered here, whoever reads or has read it here, and who may
    /// audit a draft here. Each opening is written to the audit ledger before anything is given.
    ///
    /// - Throws: `diagnosis.unknown`, `.notHere`, `.notEntitled`.
    package func read(_ id: DiagnosisID, _ asking: Asking) async throws -> CaseFile<DiagnosisWorkflow> {
        try await book.read(id, asking) { record in
            if record.id.origin == context.node { return true }
            let expert = context.region.current.expert(asking.practitioner)
            guard expert?.node == context.node else { return false }
            return record.attempts.contains { attempt in
                let seated = [DiagnosisWorkflow.reader, DiagnosisWorkflow.auditor].flatMap { attempt.holders(of: $0) }
                if seated.contains(where: { $0.actor == asking.practitioner && $0.node == context.node }) {
                    return true
                }
                guard attempt.candidates.contains(asking.practitioner) else { return false }
                return attempt.state == .offered
                    || attempt.state == .preliminary
                        && expert?.capabilities.contains(DiagnosisWorkflow.auditing) == true
            }
        }
    }
}

extension DiagnosisService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let open = try await book.openCases()
        let states = DiagnosisState.allCases.map { state in
            ServiceFigure(
                "yilian_diagnosis_open", "Diagnoses in which something is left to do.",
                Double(open.counts[state] ?? 0), labels: [("state", state.rawValue)])
        }
        let age = open.oldest.map { max(0, Double(context.now.milliseconds(since: $0)) / 1000) } ?? 0
        return states + [
            ServiceFigure(
                "yilian_diagnosis_oldest_open_age_seconds",
                "Age of the oldest diagnosis in which something is left to do; 0 where there is none.", age)
        ]
    }
}
