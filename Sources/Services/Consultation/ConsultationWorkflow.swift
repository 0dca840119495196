import Effects
import Ledgers
import Regions
package import WorkflowKit

/// The consultation workflow as data: one table from which the code decides and `docs/consultation.md` is drawn.
package enum ConsultationWorkflow: Workflow {
    package typealias State = ConsultationState
    package typealias Event = ConsultationEvent
    package typealias Role = ConsultationRole
    package typealias Terms = ConsultationTerms

    /// The seat of the expert who has the request.
    static let claimant = "claimant"

    package static let table = WorkflowTable<ConsultationWorkflow>(
        name: "consultation", noun: "request", chineseNoun: "申请", showVerb: "yilian consult show",
        listVerb: "yilian consult list",
        createAction: "consultation.request", readAction: "consultation.read", initial: .requested,
        closed: [.reported, .acknowledged, .escalated, .withdrawn], settled: [.reported, .acknowledged],
        homeRole: .home, dispatcherRole: .dispatcher,
        creation: creation, events: events, roles: [claimantRule, requesterRule],
        seats: [CaseSeat(claimant, .claimant)], answers: [.reported], timers: [claimTimer, reportTimer],
        attempts: attempts,
        nodes: { experts, configuration in
            configuration.rosters.flatMap(\.experts).filter { experts.contains($0.id) }.map(\.node)
        },
        transitions: transitions)

    private static let creation = CaseCreation<ConsultationWorkflow>(
        kind: .consultationRequest, role: .requester, keys: .inHeader, headerAudience: .region,
        payloadAudience: .city, form: requestForm,
        isAgreed: { terms, configuration in
            let agreed = configuration.serviceLevel(terms.kind)
            return agreed.map { ConsultationTerms($0, requestedTime: terms.requestedTime) } == terms
        },
        // The requester's county group, or the city for a city's own request.
        firstHome: { origin, tree in
            tree.county(of: origin) ?? (tree.tier(of: origin) == .city ? origin : nil)
        })

    private static let claimTimer = CaseTimer<ConsultationWorkflow>(
        EscalationReason.claimDeadline.rawValue, anchor: .events([.opened, .offered]), states: [.opened, .offered],
        consequence: .event(.escalated)
    ) { Int($0.claimSeconds) }

    private static let reportTimer = CaseTimer<ConsultationWorkflow>(
        EscalationReason.reportDeadline.rawValue, anchor: .events([.claimed]), states: [.claimed],
        consequence: .event(.escalated)
    ) { Int($0.reportSeconds) }

    private static let attempts = AttemptPlan<ConsultationWorkflow>(
        opening: .opened,
        withdrawal: .init(.withdrawn, from: [.opened, .offered], reason: EscalationReason.reportedElsewhere.rawValue),
        firstSeconds: { Int($0.claimSeconds) }, graceSeconds: { Int($0.graceSeconds) },
        isSuitable: { node, terms, configuration in
            configuration.roster(at: node)?.experts(for: terms.specialty).isEmpty == false
        })

    private static let events: [EventRule<ConsultationWorkflow>] = [
        EventRule(.opened, .consultationOpened, readers: []),
        EventRule(.offered, .consultationOffered, readers: [.origin, .candidates]),
        EventRule(
            .claimed, .consultationClaimed, fills: claimant, readers: [.origin, .candidates], opensContent: true),
        EventRule(
            .reported, .consultationReported, form: reportForm, holder: claimant, readers: [.origin, .seat(claimant)]),
        EventRule(.acknowledged, .consultationAcknowledged, readers: [.origin, .seat(claimant)]),
        EventRule(.escalated, .consultationEscalated, readers: [.origin, .candidates]),
        EventRule(.withdrawn, .consultationWithdrawn, readers: [.origin, .candidates]),
    ]

    private static let transitions: [WorkflowTable<ConsultationWorkflow>.Transition] = [
        .init(.requested, .opened, .home, .opened, "attempt 1: the requester's county group takes the request on"),
        .init(
            .requested, .opened, .dispatcher, .opened,
            "attempt 2 and later: the attempt before was escalated, or its home is silent past deadline and grace"),
        .init(.opened, .offered, .home, .offered, "the home's roster has experts of the specialty"),
        .init(.opened, .escalated, .home, .escalated, "the roster has none"),
        .init(.opened, .withdrawn, .home, .withdrawn, "another attempt was reported meanwhile"),
        .init(.offered, .claimed, .claimant, .claimed, "one expert takes it; all others are told who has it"),
        .init(.offered, .escalated, .home, .escalated, "nobody claimed it by the claim deadline"),
        .init(.offered, .withdrawn, .home, .withdrawn, "another attempt was reported meanwhile"),
        .init(.claimed, .reported, .claimant, .reported, "the expert reports"),
        .init(.claimed, .escalated, .home, .escalated, "no report by the report deadline"),
        .init(.escalated, .reported, .claimant, .reported, "a late report is kept and shown all the same"),
        .init(.reported, .reported, .claimant, .reported, "another text is a new version of the report"),
        .init(.reported, .acknowledged, .requester, .acknowledged, "the requester takes note"),
        .init(.acknowledged, .reported, .claimant, .reported, "a new version must be acknowledged again"),
    ]

    /// A home offers what it has taken on to its experts, or gives it up at once where it has none.
    package static func automatic(
        _ question: HomeQuestion<ConsultationWorkflow>
    ) throws -> HomeMove<ConsultationWorkflow>? {
        guard question.attempt.state == .opened else { return nil }
        let roster = question.configuration.roster(at: question.node)
        let experts = try roster?.asked(for: question.record.terms.specialty, at: question.now) {
            try question.load($0.id)
        }
        guard let experts, !experts.isEmpty else {
            return HomeMove(.escalated, reason: EscalationReason.noExpert.rawValue)
        }
        return HomeMove(.offered, candidates: experts.map(\.id))
    }
}
