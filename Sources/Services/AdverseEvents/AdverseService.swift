package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit
package import WorkflowKit

/// Adverse events at one node: takes reports, lets quality controllers read and act, watches what is due.
package struct AdverseService: NodeService, WorkflowOffer {
    package static let serviceName = "adverse"
    package static let workflows: [any Workflow.Type] = [AdverseWorkflow.self]
    package static let regionSections: [any RegionSection.Type] = [AdverseSection.self]
    package static let projections: [any Projection] = [CaseProjection<AdverseWorkflow>()]
    package static let endpoints: [any EndpointSet.Type] = [AdverseEndpoints.self]
    package static let purposes = [
        PurposeRule(.adverseReview, Wording("review of adverse events", "不良事件审核"), grounds: [.order])
    ]

    package static var methods: [Method] {
        get throws {
            let (node, entry) = (try NodeID("sample"), try EntryID("sample/0/clinical/0/0"))
            let command = CaseCommand<AdverseWorkflow>(
                id: CaseID(origin: node, serial: "0"), attempt: 1, home: node, actor: "controller", origin: node,
                event: .accepted, role: .controller)
            let reading = CaseReading<AdverseWorkflow>(id: command.id, entry: entry, statement: try .sample)
            return [
                Method(240, .adverse, "command", lane: .clinical, callers: [.parent, .child], samples: command) {
                    try await $0.command($1)
                }.short(),
                Method(241, .adverse, "read", lane: .clinical, callers: [.parent, .child], samples: reading) {
                    try await $0.read($1)
                }.short(),
            ]
        }
    }

    package let context: NodeContext
    package let book: CaseBook<AdverseWorkflow>
    private let desk: AdverseDesk

    package init(_ context: NodeContext) async throws {
        self.context = context
        let counter = CommandCounter<AdverseWorkflow>(
            context: context,
            passReading: { try await DeskInterface.adverse.at($1, context.system).read($0) },
            pass: { try await DeskInterface.adverse.at($1, context.system).command($0) })
        book = CaseBook(counter: counter)
        desk = AdverseDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches what is due until the task is cancelled.
    package func run() async throws { try await CaseWatch<AdverseWorkflow>(context: context).run() }

    /// What somebody reports.
    package struct Report: Sendable {
        package var grade: String
        package var kind: AdverseClass
        package var unit: String
        /// By the fields of the form.
        package var values: [String: String]
        /// Whom it happened to; nobody where it happened to none, or where that is not said.
        package var patient: PatientDemographics
        /// Who reports it; empty: they do not say.
        package var reporter: String
        /// The number under which the hospital's system has it; the same number reports it once.
        package var number: String

        package init(
            _ grade: String, _ kind: AdverseClass, unit: String, values: [String: String],
            patient: PatientDemographics = PatientDemographics(identifiers: []), reporter: String = "",
            number: String = ""
        ) {
            self.grade = grade
            self.kind = kind
            self.unit = unit
            self.values = values
            self.patient = patient
            self.reporter = reporter
            self.number = number
        }

        /// What no text may hold.
        fileprivate var persons: [String] {
            ([patient.name ?? "", reporter] + patient.identifiers.map(\.value)).filter { $0.count > 1 }
        }
    }

    /// Takes a report at this node; durable on return.
    ///
    /// Anybody who works at the node may report, and need not say who they are.
    ///
    /// - Throws: `adverse.unknownGrade`, `.namesPerson` where a text holds the name or number of the patient or of who
    ///   reports, `.badActor`, `.noUnit`, `.noPatient`, `.badContent`, `.tooLarge`, `.noHome`, `.orderNumberUsed`.
    package func report(_ report: Report) async throws -> CreatedCase<AdverseWorkflow> {
        guard let level = context.region.current.adverseLevel(report.grade) else {
            throw Failure(
                "adverse.unknownGrade", "the region has agreed on no such grade of adverse events",
                remedy: KnownWord.remedy(for: report.grade, among: context.region.current.adverseLevels.map(\.grade)))
        }
        guard report.reporter.utf8.count <= Limits.caseWordBytes else {
            throw Failure(
                "adverse.badActor", "who reports is named at too great a length", remedy: "give the staff number")
        }
        guard !report.values.values.contains(where: { text in report.persons.contains { text.contains($0) } }) else {
            throw Failure(
                "adverse.namesPerson", "the report names the patient, or who reports, among its words",
                remedy: "write what happened without a name or number; controllers of others read it, too")
        }
        let terms = AdverseTerms(level, report.kind.rawValue, unit: report.unit, madeTime: context.now)
        return try await book.create(
            CaseDraft(
                terms: terms,
                content: CaseContent(patient: report.patient, values: report.values, orderNumber: report.number),
                asking: Asking(
                    practitioner: report.reporter, organizationUnit: report.unit, purpose: .adverseReview)))
    }
}

extension AdverseService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let open = try await book.openCases()
        return AdverseState.allCases.map { state in
            ServiceFigure(
                "yilian_adverse_open", "Adverse events in which something is left to do.",
                Double(open.counts[state] ?? 0), labels: [("state", state.rawValue)])
        }
    }
}
