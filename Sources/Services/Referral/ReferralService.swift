package import Calls
import Effects
package import Ledgers
package import Regions
package import ServiceKit
package import WorkflowKit

/// Two-way referral at one node: writes referrals, answers those that are offered, says what becomes of the patient, and
/// watches what is due where the node decides.
package struct ReferralService: NodeService, WorkflowOffer {
    package static let serviceName = "referral"
    package static let workflows: [any Workflow.Type] = [ReferralWorkflow.self]
    package static let regionSections: [any RegionSection.Type] = [ReferralSection.self]
    package static let projections: [any Projection] = [CaseProjection<ReferralWorkflow>()]
    package static let facts: [FactRule] = []
    package static let endpoints: [any EndpointSet.Type] = [ReferralEndpoints.self]

    package static let methods = [
        Method(
            220, .referral, "command", lane: .clinical, callers: [.parent, .child], samples: sampleCommand
        ) { desk, command in
            try await desk.command(command)
        }.short()
    ]

    private static let sampleCommand = ReferralCommand(
        id: ReferralID(origin: sampleNode, serial: "0"), attempt: 1, home: sampleNode, actor: "doctor",
        origin: sampleNode, event: .accepted, role: .receiver)

    private static var sampleNode: NodeID {
        guard let node = NodeID(rawValue: "sample") else { preconditionFailure("'sample' has the form of a node id") }
        return node
    }

    package let context: NodeContext
    private let book: CaseBook<ReferralWorkflow>
    private let desk: ReferralDesk

    package init(_ context: NodeContext) async throws {
        self.context = context
        let counter = CommandCounter<ReferralWorkflow>(context: context) { command, next in
            try await DeskInterface.referral.at(next, context.system).command(command)
        }
        book = CaseBook(counter: counter)
        desk = ReferralDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches what is due until the task is cancelled.
    package func run() async throws { try await CaseWatch<ReferralWorkflow>(context: context).run() }

    /// Writes a referral at this node; durable on return.
    ///
    /// The same order of a hospital's system again is the same referral.
    ///
    /// - Parameter kind: of the region's `referralLevels`.
    /// - Throws: `referral.unknownKind`, `.noUnit`, `.noPatient`, `.badContent`, `.tooLarge`, `.noHome`,
    ///   `.orderNumberUsed`; what the access rule throws.
    package func write(
        _ kind: String, _ content: CaseContent, _ asking: Asking
    ) async throws -> CreatedCase<ReferralWorkflow> {
        guard let level = context.region.current.referralLevel(kind) else {
            throw Failure(
                "referral.unknownKind", "the region has agreed on no such kind of referral",
                remedy: KnownWord.remedy(for: kind, among: context.region.current.referralLevels.map(\.kind)))
        }
        return try await book.create(
            CaseDraft(terms: ReferralTerms(level, madeTime: context.now), content: content, asking: asking))
    }

    /// What somebody does about a referral.
    package typealias Deed = CaseDeed<ReferralWorkflow>

    /// Does something about a referral: here, or at the node that decides about it now.
    ///
    /// That the patient is there is stated on the spot and needs nobody else.
    ///
    /// - Throws: `referral.unknown`, `.notTheKeeper`, `.wrongState`, `.movedOn`, `.badContent`, `.homeEvent`;
    ///   `.unknownNode` where the node that is asked is none of the region's; `call.…` where the node that decides cannot
    ///   be reached: then the same may be sent again.
    package func act(_ deed: Deed, on referral: ReferralID) async throws -> ReferralReceipt {
        guard ReferralWorkflow.table.role(doing: deed.event) != nil else {
            throw Failure(
                "referral.homeEvent", "nobody does this, it comes by itself when a time has run out",
                remedy: "look at the referral with `yilian referral show`")
        }
        if let target = deed.target {
            let tier = context.tree.tier(of: target)
            guard tier != nil, tier != .dispatcher else {
                throw Failure(
                    "referral.unknownNode", "the region has no such node that takes patients",
                    remedy: KnownWord.remedy(
                        for: target.rawValue, among: context.region.current.nodes.map(\.id.rawValue)))
            }
        }
        return try await book.perform(deed, on: referral)
    }

    /// Referrals that concern this node, newest first.
    package func list(
        _ filter: CaseFilter<ReferralWorkflow> = CaseFilter()
    ) async throws -> [ReferralRecord] { try await book.list(filter) }

    /// A referral and what became of it; headers only, nothing of the patient.
    ///
    /// - Throws: `referral.unknown`.
    package func show(_ referral: ReferralID) async throws -> ReferralRecord { try await book.show(referral) }

    /// Opens a referral: what the referrer wrote, and what was written since; it stands in the audit ledger.
    ///
    /// Those may who are asked or decide, or did, as long as it is not closed; those at the node that wrote it always.
    ///
    /// - Throws: `referral.unknown`, `.notHere`, `.notEntitled`; what the access rule throws.
    package func read(_ referral: ReferralID, _ asking: Asking) async throws -> CaseFile<ReferralWorkflow> {
        try await book.read(referral, asking) { record in
            if record.id.origin == context.node { return true }
            guard record.isOpen, let course = record.attempts.last else { return false }
            return course.home == context.node || course.formerHomes.contains(context.node)
                || course.candidates.contains(context.node.rawValue)
        }
    }
}

extension ReferralService: FigureOffer {
    package func figures() async throws -> [ServiceFigure] {
        let open = try await book.openCases()
        return ReferralState.allCases.map { state in
            ServiceFigure(
                "yilian_referral_open", "Referrals in which something is left to do.", Double(open.counts[state] ?? 0),
                labels: [("state", state.rawValue)])
        }
    }
}
