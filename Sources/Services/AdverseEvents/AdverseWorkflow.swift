import Effects
import Ledgers
import Regions
package import WorkflowKit

/// An adverse event (不良事件) as data: one table from which the code decides and `docs/adverse-events.md` is drawn.
///
/// The node of the unit where it happened decides. Headers name neither the patient nor who reported it; what was written
/// stays at that node, and quality controllers read it there or ask that node for it.
package enum AdverseWorkflow: Workflow {
    package typealias State = AdverseState
    package typealias Event = AdverseAction
    package typealias Role = AdverseRole
    package typealias Terms = AdverseTerms

    package static let table = WorkflowTable<AdverseWorkflow>(
        name: "adverse", noun: "adverse event", chineseNoun: "不良事件", showVerb: "yilian adverse show",
        listVerb: "yilian adverse list",
        createAction: "adverse.report", readAction: "adverse.read", initial: .reported,
        closed: [.closed, .dismissed], settled: [.closed], homeRole: .home, creation: creation, events: events,
        roles: [controllerRule], timers: [acceptTimer, analysisTimer, measuresTimer, lawTimer],
        transitions: course + notices)

    private static let creation = CaseCreation<AdverseWorkflow>(
        kind: .adverseReported, role: .reporter, keys: .none, headerAudience: .city, payloadAudience: .own,
        form: AdverseForms.report, readers: [.controller],
        isAgreed: { terms, configuration in
            let agreed = configuration.adverseLevel(terms.kind)
            return agreed.map { AdverseTerms($0, terms.topic, unit: terms.unit, madeTime: terms.madeTime) } == terms
        },
        firstHome: { origin, tree in tree.tier(of: origin) == .dispatcher ? nil : origin })

    private static let acceptTimer = CaseTimer<AdverseWorkflow>(
        "accept", anchor: .creation, states: [.reported], hours: .working, consequence: .event(.escalated)
    ) { Int($0.acceptSeconds) }

    private static let analysisTimer = CaseTimer<AdverseWorkflow>(
        "analysis", anchor: .events([.accepted]), states: [.accepted], hours: .working, consequence: .notice
    ) { Int($0.analysisSeconds) }

    private static let measuresTimer = CaseTimer<AdverseWorkflow>(
        "measures", anchor: .field([.planned]) { $0.namedTime }, states: [.acting], consequence: .notice
    ) { _ in 0 }

    /// The law's clock runs by night and on holidays, and ends when the authority was told.
    private static let lawTimer = CaseTimer<AdverseWorkflow>(
        "law", anchor: .creation, states: [.reported, .escalated, .accepted, .analysed, .acting, .closed],
        fulfilledBy: [.notified], consequence: .notice
    ) { $0.lawSeconds.map(Int.init) }

    private static let events: [EventRule<AdverseWorkflow>] = [
        rule(.accepted, .adverseAccepted, form: AdverseForms.acceptance),
        rule(.escalated, .adverseEscalated),
        rule(.dismissed, .adverseDismissed, form: AdverseForms.dismissal),
        rule(.analysed, .adverseAnalysed, form: AdverseForms.analysis),
        rule(.planned, .adversePlanned, form: AdverseForms.measures, namesTime: true),
        rule(.closed, .adverseClosed, form: AdverseForms.effect),
        rule(.notified, .adverseNotified, form: AdverseForms.notice),
    ]

    private static func rule(
        _ event: AdverseAction, _ kind: EntryKind, form: CaseForm? = nil, namesTime: Bool = false
    ) -> EventRule<AdverseWorkflow> {
        EventRule(
            event, kind, form: form, namesTime: namesTime, headerAudience: .city, payloadAudience: .own,
            readers: [.origin])
    }

    private typealias Line = WorkflowTable<AdverseWorkflow>.Transition

    private static let course: [Line] = [
        Line(
            .reported, .accepted, .controller, .accepted, "a controller says that it is one, and how much harm it did"),
        Line(.reported, .escalated, .home, .escalated, "nobody looked at it in time"),
        Line(.reported, .dismissed, .controller, .dismissed, "it is none, or was reported before"),
        Line(.escalated, .accepted, .controller, .accepted, "a controller looks at it late"),
        Line(.escalated, .dismissed, .controller, .dismissed, "it is none, or was reported before"),
        Line(.accepted, .analysed, .controller, .analysed, "it is known why it happened"),
        Line(.accepted, .dismissed, .controller, .dismissed, "it turns out to be none"),
        Line(.analysed, .planned, .controller, .acting, "something is to be done by a day"),
        Line(.acting, .planned, .controller, .acting, "something else is to be done, or later"),
        Line(.acting, .closed, .controller, .closed, "it was done, and what came of it is known"),
    ]

    /// The authority can be told at any time, late too.
    private static let notices: [Line] = [.reported, .escalated, .accepted, .analysed, .acting, .closed].map { state in
        Line(state, .notified, .controller, state, "the authority was told")
    }
}
