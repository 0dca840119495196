import Effects
import Ledgers
import Regions
package import WorkflowKit

/// Two-way referral (双向转诊) as data: one table from which the code decides and `docs/referral.md` is drawn.
///
/// Until somebody takes the patient, the node that wrote the referral decides; then the one that has the patient does, and
/// after the way down the township or the care home (``EventRule/Handover``). No tier stands in it: up, down and sideways
/// are one thing.
package enum ReferralWorkflow: Workflow {
    package typealias State = ReferralState
    package typealias Event = ReferralEvent
    package typealias Role = ReferralRole
    package typealias Terms = ReferralTerms

    package static let table = WorkflowTable<ReferralWorkflow>(
        name: "referral", noun: "referral", chineseNoun: "转诊", showVerb: "yilian referral show",
        listVerb: "yilian referral list",
        createAction: "referral.write", readAction: "referral.read", initial: .drafted,
        closed: [.closed, .withdrawn], settled: [.closed], homeRole: .home, creation: creation, events: events,
        roles: [keeperRule, receiverRule], timers: [answerTimer, arrivalTimer, returnTimer],
        transitions: upward + downward)

    private static let creation = CaseCreation<ReferralWorkflow>(
        kind: .referral, role: .referrer, keys: .inHeader, headerAudience: .region, payloadAudience: .city,
        form: ReferralForms.referral,
        isAgreed: { terms, configuration in
            let agreed = configuration.referralLevel(terms.kind)
            return agreed.map { ReferralTerms($0, madeTime: terms.madeTime) } == terms
        },
        firstHome: { origin, tree in tree.tier(of: origin) == .dispatcher ? nil : origin })

    private static let answerTimer = CaseTimer<ReferralWorkflow>(
        "answer", anchor: .events([.offered, .rerouted, .answered]), states: [.offered], consequence: .notice
    ) { Int($0.answerSeconds) }

    private static let arrivalTimer = CaseTimer<ReferralWorkflow>(
        "arrival", anchor: .events([.accepted]), states: [.accepted], consequence: .event(.notArrived)
    ) { Int($0.arrivalSeconds) }

    private static let returnTimer = CaseTimer<ReferralWorkflow>(
        "return", anchor: .field([.discharged]) { $0.namedTime }, states: [.downTaken], consequence: .event(.lost)
    ) { Int($0.returnSeconds) }

    private static let events: [EventRule<ReferralWorkflow>] = [
        rule(.offered, .referralOffered, offers: true),
        rule(.rerouted, .referralRerouted, offers: true),
        rule(.accepted, .referralAccepted, handover: .actor, isForCandidates: true),
        rule(.declined, .referralDeclined, form: ReferralForms.refusal, isForCandidates: true),
        rule(.questioned, .referralQuestioned, form: ReferralForms.text, isForCandidates: true),
        rule(.answered, .referralAnswered, form: ReferralForms.text),
        rule(.arrived, .referralArrived, .stated, handover: .actor, isForCandidates: true),
        rule(.notArrived, .referralNotArrived),
        rule(.admitted, .referralAdmitted),
        rule(.discharged, .referralDischarged, form: ReferralForms.plan, namesTime: true),
        rule(.downOffered, .referralDownOffered, offers: true),
        rule(.downTaken, .referralDownTaken, handover: .actor, isForCandidates: true),
        rule(.downDeclined, .referralDownDeclined, form: ReferralForms.refusal, isForCandidates: true),
        rule(.followedUp, .referralFollowedUp, form: ReferralForms.text),
        rule(.lost, .referralLost),
        rule(.closed, .referralClosed),
        rule(.withdrawn, .referralWithdrawn),
    ]

    /// Everybody who has a part in a referral reads all of it: the node that wrote it, who is asked, who decides or did.
    private static func rule(
        _ event: ReferralEvent, _ kind: EntryKind, _ way: EventRule<ReferralWorkflow>.Way = .decided,
        form: CaseForm? = nil, handover: EventRule<ReferralWorkflow>.Handover? = nil, offers: Bool = false,
        namesTime: Bool = false, isForCandidates: Bool = false
    ) -> EventRule<ReferralWorkflow> {
        EventRule(
            event, kind, way, form: form, handover: handover, offers: offers, namesTime: namesTime,
            isForCandidates: isForCandidates, headerAudience: .region, payloadAudience: .city,
            readers: [.origin, .homes, .candidates])
    }

    private typealias Line = WorkflowTable<ReferralWorkflow>.Transition

    private static let upward: [Line] = [
        Line(.drafted, .offered, .keeper, .offered, "the referrer asks a hospital, a township or a care home"),
        Line(.drafted, .withdrawn, .keeper, .withdrawn, "the referrer takes it back"),
        Line(
            .offered, .accepted, .receiver, .accepted, "whoever is asked expects the patient, and decides from here on"),
        Line(.offered, .declined, .receiver, .declined, "it has no bed, or cannot treat this, and says so"),
        Line(.offered, .questioned, .receiver, .questioned, "it wants to know more first"),
        Line(.offered, .rerouted, .keeper, .offered, "the referrer asks somebody else"),
        Line(.offered, .arrived, .receiver, .arrived, "the patient is there before anybody has answered"),
        Line(.offered, .withdrawn, .keeper, .withdrawn, "the referrer takes it back"),
        Line(.questioned, .answered, .keeper, .offered, "the referrer answers"),
        Line(.questioned, .rerouted, .keeper, .offered, "the referrer asks somebody else"),
        Line(.questioned, .withdrawn, .keeper, .withdrawn, "the referrer takes it back"),
        Line(.declined, .rerouted, .keeper, .offered, "the referrer asks somebody else"),
        Line(.declined, .withdrawn, .keeper, .withdrawn, "the referrer takes it back"),
        Line(.accepted, .arrived, .receiver, .arrived, "the patient is there"),
        Line(.accepted, .notArrived, .home, .notArrived, "the patient did not come in time"),
        Line(.accepted, .rerouted, .keeper, .offered, "whoever accepted has no bed any more and asks somebody else"),
        Line(.notArrived, .arrived, .receiver, .arrived, "the patient comes late"),
        Line(.notArrived, .closed, .keeper, .closed, "nobody expects the patient any more"),
    ]

    private static let downward: [Line] = [
        Line(.arrived, .admitted, .keeper, .admitted, "the patient gets a bed"),
        Line(.arrived, .discharged, .keeper, .discharged, "treated without a bed; the plan says what is to follow"),
        Line(.admitted, .discharged, .keeper, .discharged, "the treatment is over; the plan says what is to follow"),
        Line(.discharged, .downOffered, .keeper, .downOffered, "a township or a care home is asked to follow the plan"),
        Line(.discharged, .closed, .keeper, .closed, "nothing is to follow"),
        Line(.downOffered, .downTaken, .receiver, .downTaken, "it takes the patient, and decides from here on"),
        Line(.downOffered, .downDeclined, .receiver, .discharged, "it does not, and says why"),
        Line(.downTaken, .followedUp, .keeper, .followedUp, "the patient was seen"),
        Line(.downTaken, .lost, .home, .lost, "the patient was not seen by the day of return and its grace"),
        Line(.lost, .followedUp, .keeper, .followedUp, "the patient was found"),
        Line(.lost, .closed, .keeper, .closed, "the patient is not to be found"),
        Line(.followedUp, .followedUp, .keeper, .followedUp, "the patient was seen again"),
        Line(.followedUp, .closed, .keeper, .closed, "the plan is done"),
    ]
}
