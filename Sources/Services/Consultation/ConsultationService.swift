package import Calls
package import Effects
package import Ledgers
package import Regions
package import ServiceKit
package import WorkflowKit

/// Remote diagnosis at one node: makes requests, claims and reports on them, shows what became of them, and watches
/// their deadlines where the node is a home or the dispatcher.
package struct ConsultationService: NodeService, WorkflowOffer {
    package static let workflows: [any Workflow.Type] = [ConsultationWorkflow.self]
    package static let serviceName = "consultation"
    package static let regionSections: [any RegionSection.Type] = [ConsultationSection.self]
    package static let projections: [any Projection] = [ConsultationProjection()]

    package static let facts = ConsultationFacts.all
    package static let purposes = [
        PurposeRule(.consultation, Wording("consultation", "会诊"), grounds: [.order, .consent], isTreating: true)
    ]
    package static let endpoints: [any EndpointSet.Type] = [ConsultationEndpoints.self]

    package static let methods = [
        Method(
            200, .consultation, "command", lane: .clinical, callers: [.parent, .child],
            samples: .sample(.claimed, as: .claimant)
        ) { desk, command in
            try await desk.command(command)
        }.short()
    ]

    package let context: NodeContext
    package let book: CaseBook<ConsultationWorkflow>
    private let desk: ConsultationDesk

    package init(_ context: NodeContext) async throws {
        self.context = context
        let counter = CommandCounter<ConsultationWorkflow>(context: context) { command, next in
            try await DeskInterface.consultation.at(next, context.system).command(command)
        }
        book = CaseBook(counter: counter)
        desk = ConsultationDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches deadlines until the task is cancelled.
    package func run() async throws {
        try await ConsultationWatch(context: context).run()
    }

    /// Makes a request at this node; durable on return, and on its way to the county group.
    ///
    /// A hospital system that sends the same order again with the same content gets the same request.
    ///
    /// - Parameter alongside: what else is done in the same transaction, for a repetition too.
    /// - Throws: `consultation.unknownKind`, `.noUnit`, `.noPatient`, `.tooLarge`, `.noHome`, `.orderNumberUsed`;
    ///   `access.incomplete` where practitioner, or for an emergency without consent the reason, is missing;
    ///   `patientKey.noSecret`.
    package func create(
        _ draft: ConsultationDraft,
        alongside: @escaping @Sendable (CreatedConsultation, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedConsultation {
        try await book.create(try draft.checked(at: context), alongside: alongside)
    }

    /// What would keep a request from being made, as far as can be said without making it: for whoever looks at an order
    /// before taking it.
    package func objection(to draft: ConsultationDraft) async throws -> Failure? {
        do {
            try await book.checkOrder(of: try draft.checked(at: context))
            return nil
        } catch let failure as Failure where !failure.stopsTheNode {
            return failure
        }
    }

    /// Requests that concern this node, newest first.
    package func list(_ filter: ConsultationFilter = ConsultationFilter()) async throws -> [ConsultationRecord] {
        try await book.list(filter)
    }

    /// A request and what became of it, as far as this node knows; headers only, nothing of the patient.
    ///
    /// - Throws: `consultation.unknown`.
    package func show(_ request: ConsultationID) async throws -> ConsultationRecord { try await book.show(request) }
}

extension ConsultationService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let open = try await book.openCases()
        let states = ConsultationState.allCases.map { state in
            ServiceFigure(
                "yilian_consultation_open_requests", "Requests in which something is left to do.",
                Double(open.counts[state] ?? 0), labels: [("state", state.rawValue)])
        }
        let age = open.oldest.map { max(0, Double(context.now.milliseconds(since: $0)) / 1000) } ?? 0
        return states + [
            ServiceFigure(
                "yilian_consultation_oldest_open_request_age_seconds",
                "Age of the oldest request in which something is left to do; 0 where there is none.", age)
        ]
    }
}
