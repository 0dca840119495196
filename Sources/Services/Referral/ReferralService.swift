package import Calls
package import Effects
import Inventory
import InventoryKit
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
    package static let facts = ReferralFacts.all
    package static let endpoints: [any EndpointSet.Type] = [ReferralEndpoints.self]

    package static let methods = [
        Method(
            220, .referral, "command", lane: .clinical, callers: [.parent, .child],
            samples: .sample(.accepted, as: .receiver)
        ) { desk, command in
            try await desk.command(command)
        }.short()
    ]

    package let context: NodeContext
    package let book: CaseBook<ReferralWorkflow>
    private let desk: ReferralDesk
    private let holds: ReferralHolds

    package init(_ context: NodeContext) async throws {
        self.context = context
        let holds = ReferralHolds(inventories: InventoryService(beside: context))
        let counter = CommandCounter<ReferralWorkflow>(
            context: context, prepare: { try await holds.prepare($0, $1) },
            pass: { command, next in
                try await DeskInterface.referral.at(next, context.system).command(command)
            })
        self.holds = holds
        book = CaseBook(counter: counter)
        desk = ReferralDesk(counter: counter, actorSystem: context.system)
    }

    /// Watches what is due until the task is cancelled.
    package func run() async throws {
        let holds = holds
        try await CaseWatch<ReferralWorkflow>(context: context, attendant: { try await holds.attend(to: $0) }).run()
    }

    /// Writes a referral at this node; durable on return.
    ///
    /// The same order of a hospital's system again is the same referral.
    ///
    /// - Parameters:
    ///   - kind: of the region's `referralLevels`.
    ///   - receiver: to whom it is offered at once, in the same transaction; none: nobody is asked yet.
    ///   - alongside: what else is done in the same transaction, for a repetition too.
    /// - Throws: `referral.unknownKind`, `.noUnit`, `.noPatient`, `.badContent`, `.tooLarge`, `.noHome`,
    ///   `.orderNumberUsed`; what the access rule throws.
    package func write(
        _ kind: String, _ content: CaseContent, _ asking: Asking, to receiver: ReferralReceiver? = nil,
        alongside: @escaping @Sendable (CreatedCase<ReferralWorkflow>, LedgerTransaction) throws -> Void = { _, _ in }
    ) async throws -> CreatedCase<ReferralWorkflow> {
        let draft = try draft(kind, content, asking)
        let first = receiver.map { receiver in
            CaseBeginning<ReferralWorkflow>(
                .offered, as: .keeper, by: asking.practitioner, target: receiver.node, unit: receiver.unit)
        }
        return try await book.create(draft, first: first, alongside: alongside)
    }

    /// What would keep a referral from being written, as far as can be said without writing it.
    package func objection(to kind: String, _ content: CaseContent, _ asking: Asking) async throws -> Failure? {
        do {
            let draft = try draft(kind, content, asking)
            try draft.check()
            try await book.checkOrder(of: draft)
            return nil
        } catch let failure as Failure where !failure.stopsTheNode {
            return failure
        }
    }

    private func draft(
        _ kind: String, _ content: CaseContent, _ asking: Asking
    ) throws -> CaseDraft<ReferralWorkflow> {
        guard let level = context.region.current.referralLevel(kind) else {
            throw Failure(
                "referral.unknownKind", "the region has agreed on no such kind of referral",
                remedy: KnownWord.remedy(for: kind, among: context.region.current.referralLevels.map(\.kind)))
        }
        return CaseDraft(terms: ReferralTerms(level, madeTime: context.now), content: content, asking: asking)
    }

    /// What somebody does about a referral.
    package typealias Deed = CaseDeed<ReferralWorkflow>

    /// Does something about a referral: here, or at the node that decides about it now.
    ///
    /// That the patient is there is stated on the spot and needs nobody else.
    ///
    /// - Parameter seen: the referral as whoever acts saw it, where nothing is to be done if it has changed since.
    /// - Throws: `referral.unknown`, `.notTheKeeper`, `.wrongState`, `.notItsHome`, `.badContent`, `.homeEvent`, `.changed`;
    ///   `.unknownNode` where the node that is asked is none of the region's; `call.…` where the node that decides cannot
    ///   be reached: then the same may be sent again.
    package func act(
        _ deed: Deed, on referral: ReferralID, seen: ReferralRecord? = nil
    ) async throws -> ReferralReceipt {
        guard ReferralWorkflow.table.role(doing: deed.event) != nil else {
            throw Failure(
                "referral.homeEvent", "nobody does this, it comes by itself when a time has run out",
                remedy: "look at the referral with `yilian referral show`")
        }
        if let target = deed.target { try check(ReferralReceiver(node: target, unit: deed.unit)) }
        let named = try deed.items.map { try HoldID($0.name) }
        for hold in named {
            try await holds.check(hold, in: deed, on: referral)
            // Whoever accepts with a hold of their own has it for good before they say so.
            if deed.event == .accepted { try await holds.confirm(hold) }
        }
        let receipt = try await book.perform(deed, on: referral, seen: seen)
        // What is taken back is over, and nobody looks at it again; what cannot be given back now ends by itself.
        if deed.event == .withdrawn { _ = try await holds.attend(to: try await show(referral)) }
        return receipt
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
    /// - Parameter isOwn: whether whoever asks works where it was written; another unit at that node does not.
    /// - Throws: `referral.unknown`, `.notHere`, `.notEntitled`; what the access rule throws.
    package func read(
        _ referral: ReferralID, _ asking: Asking, isOwn: Bool = true
    ) async throws -> CaseFile<ReferralWorkflow> {
        try await book.read(referral, asking) { record in
            if isOwn, record.id.origin == context.node { return true }
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
