import Effects
import Ledgers
import Regions
package import WorkflowKit

/// Diagnosis of what others examined (基层检查、上级诊断) as data: one table from which the code decides and
/// `docs/diagnosis.md` is drawn.
///
/// A request has numbered attempts, each with a home that offers it to the experts of its roster. One reads, another one
/// audits where the terms want that; what is signed stays, and what is corrected is a new version beside it.
package enum DiagnosisWorkflow: Workflow {
    package typealias State = DiagnosisState
    package typealias Event = DiagnosisEvent
    package typealias Role = DiagnosisRole
    package typealias Terms = DiagnosisTerms

    /// The seats of the two who read.
    package static let reader = "reader"
    package static let auditor = "auditor"

    package static let table = WorkflowTable<DiagnosisWorkflow>(
        name: "diagnosis", noun: "diagnosis", chineseNoun: "诊断申请", showVerb: "yilian diagnosis show",
        listVerb: "yilian diagnosis list",
        createAction: "diagnosis.request", readAction: "diagnosis.read", initial: .requested,
        closed: [.reported, .acknowledged, .recognised, .escalated, .withdrawn, .cancelled, .voided],
        settled: [.reported, .acknowledged, .recognised, .cancelled, .voided],
        homeRole: .home, dispatcherRole: .dispatcher, creation: creation, events: events,
        roles: [requesterRule, readerRule, auditorRule, benchRule],
        seats: [CaseSeat(reader, .reader), CaseSeat(auditor, .auditor, distinctFrom: [reader])],
        timers: [claimTimer, reportTimer, auditTimer], attempts: attempts, itemMoves: specimens,
        nodes: { experts, configuration in experts.compactMap { configuration.expert($0)?.node } },
        transitions: asking + reading + ending + onTheBench)

    private static let creation = CaseCreation<DiagnosisWorkflow>(
        kind: .diagnosisRequested, role: .requester, keys: .inHeader, headerAudience: .region, payloadAudience: .city,
        form: DiagnosisForms.request,
        isAgreed: { terms, configuration in
            let agreed = configuration.diagnosisLevel(terms.kind)
            return agreed.map { DiagnosisTerms($0, madeTime: terms.madeTime) } == terms
        },
        // The requester's county group, or the city for a city's own request.
        firstHome: { origin, tree in
            tree.county(of: origin) ?? (tree.tier(of: origin) == .city ? origin : nil)
        })

    private static let claimTimer = CaseTimer<DiagnosisWorkflow>(
        DiagnosisReason.claimDeadline.rawValue, anchor: .events([.opened, .offered, .handedBack]),
        states: [.opened, .offered], consequence: .event(.escalated)
    ) { Int($0.claimSeconds) }

    /// Stands still while the reader waits for more, and begins anew with it.
    private static let reportTimer = CaseTimer<DiagnosisWorkflow>(
        DiagnosisReason.reportDeadline.rawValue, anchor: .events([.claimed, .supplemented]), states: [.claimed],
        consequence: .event(.escalated)
    ) { Int($0.reportSeconds) }

    private static let auditTimer = CaseTimer<DiagnosisWorkflow>(
        DiagnosisReason.auditDeadline.rawValue, anchor: .events([.drafted]), states: [.preliminary],
        consequence: .event(.escalated)
    ) { Int($0.auditSeconds ?? $0.reportSeconds) }

    private static let attempts = AttemptPlan<DiagnosisWorkflow>(
        opening: .opened,
        withdrawal: .init(.withdrawn, from: [.opened, .offered], reason: DiagnosisReason.answeredElsewhere.rawValue),
        firstSeconds: { Int($0.claimSeconds) }, graceSeconds: { Int($0.graceSeconds) },
        isSuitable: { node, terms, configuration in
            configuration.roster(at: node)?.experts(for: terms.specialty).isEmpty == false
        })

    private static let specimens: [CaseItemMove<DiagnosisWorkflow>] = [
        .init(.collected, from: nil, to: "collected"),
        .init(.dispatched, from: "collected", to: "inTransit"),
        .init(.received, from: "inTransit", to: "received"),
        // The courier did not scan it.
        .init(.received, from: "collected", to: "received"),
        .init(.rejected, from: "inTransit", to: "rejected"),
        .init(.rejected, from: "collected", to: "rejected"),
        .init(.rejected, from: "received", to: "rejected"),
    ]

    private static let everybody: [CaseReader] = [.origin, .candidates, .seat(reader), .seat(auditor)]
    private static let readers: [CaseReader] = [.origin, .seat(reader), .seat(auditor)]

    private static let events: [EventRule<DiagnosisWorkflow>] = [
        EventRule(.opened, .diagnosisOpened, readers: []),
        EventRule(.offered, .diagnosisOffered, readers: [.origin, .candidates]),
        EventRule(.claimed, .diagnosisClaimed, fills: reader, readers: [.origin, .candidates], opensContent: true),
        EventRule(
            .handedBack, .diagnosisHandedBack, form: DiagnosisForms.reason, frees: reader, holder: reader,
            readers: everybody),
        EventRule(
            .supplementAsked, .diagnosisSupplementAsked, form: DiagnosisForms.text, holder: reader, readers: readers),
        EventRule(.supplemented, .diagnosisSupplemented, form: DiagnosisForms.text, readers: readers),
        EventRule(.graded, .diagnosisGraded, form: DiagnosisForms.quality, holder: reader, readers: readers),
        EventRule(
            .drafted, .diagnosisDrafted, form: DiagnosisForms.report, frees: auditor, holder: reader,
            readers: everybody, isPossible: { $0.auditSeconds != nil }),
        EventRule(
            .audited, .diagnosisAudited, form: DiagnosisForms.audit, fills: auditor, readers: readers,
            opensContent: true),
        EventRule(
            .reported, .diagnosisReported, form: DiagnosisForms.report, holder: reader, readers: readers,
            isPossible: { $0.auditSeconds == nil }),
        EventRule(.acknowledged, .diagnosisAcknowledged, readers: readers),
        EventRule(.recognised, .diagnosisRecognised, form: DiagnosisForms.prior, holder: reader, readers: readers),
        EventRule(.escalated, .diagnosisEscalated, readers: everybody),
        EventRule(.withdrawn, .diagnosisWithdrawn, readers: everybody),
        EventRule(.cancelled, .diagnosisCancelled, form: DiagnosisForms.reason, readers: everybody),
        EventRule(.voided, .diagnosisVoided, form: DiagnosisForms.reason, holder: reader, readers: readers),
        EventRule(.collected, .diagnosisCollected, .stated, readers: [.homes]),
        EventRule(.dispatched, .diagnosisDispatched, .stated, readers: [.homes]),
        EventRule(.received, .diagnosisReceived, .stated, readers: [.origin]),
        EventRule(.rejected, .diagnosisRejected, .stated, form: DiagnosisForms.rejection, readers: [.origin]),
    ]

    private typealias Line = WorkflowTable<DiagnosisWorkflow>.Transition

    private static let asking: [Line] = [
        Line(.requested, .opened, .home, .opened, "attempt 1: the requester's county group takes the request on"),
        Line(
            .requested, .opened, .dispatcher, .opened,
            "attempt 2 and later: the attempt before was escalated, or its home is silent past deadline and grace"),
        Line(.opened, .offered, .home, .offered, "the home's roster has experts of the specialty"),
        Line(.opened, .escalated, .home, .escalated, "the roster has none"),
        Line(.opened, .withdrawn, .home, .withdrawn, "another attempt was answered meanwhile"),
        Line(.offered, .claimed, .reader, .claimed, "one expert takes it; all others are told who has it"),
        Line(.offered, .escalated, .home, .escalated, "nobody claimed it by the claim deadline"),
        Line(.offered, .withdrawn, .home, .withdrawn, "another attempt was answered meanwhile"),
        Line(.claimed, .handedBack, .reader, .offered, "the reader gives it back, with a reason; anybody may take it"),
        Line(
            .claimed, .supplementAsked, .reader, .supplementing,
            "something is missing: the clock stands still until whoever asked has answered"),
        Line(.supplementing, .supplemented, .requester, .claimed, "whoever asked gives what was missing"),
    ]

    private static let reading: [Line] = [
        Line(.claimed, .graded, .reader, .claimed, "the reader says how good the images or specimens are"),
        Line(.claimed, .drafted, .reader, .preliminary, "what was agreed wants a second reader"),
        Line(.claimed, .recognised, .reader, .recognised, "a prior report answers what was asked"),
        Line(.claimed, .reported, .reader, .reported, "the reader reports"),
        Line(.claimed, .escalated, .home, .escalated, "no report by the report deadline"),
        Line(.preliminary, .drafted, .reader, .preliminary, "the reader corrects the draft"),
        Line(.preliminary, .audited, .auditor, .reported, "a second reader signs the report, and grades the draft"),
        Line(.preliminary, .escalated, .home, .escalated, "nobody audited it by the audit deadline"),
        Line(.escalated, .reported, .reader, .reported, "a late report is kept and shown all the same"),
        Line(.escalated, .drafted, .reader, .preliminary, "a late draft is audited all the same"),
        Line(.reported, .reported, .reader, .reported, "another text is a new version of the report"),
        Line(.reported, .drafted, .reader, .preliminary, "a correction goes to a second reader again"),
        Line(.acknowledged, .reported, .reader, .reported, "a new version must be acknowledged again"),
        Line(.acknowledged, .drafted, .reader, .preliminary, "a correction goes to a second reader again"),
        Line(.voided, .reported, .reader, .reported, "the reader reports anew"),
        Line(.voided, .drafted, .reader, .preliminary, "the reader drafts anew"),
    ]

    private static let ending: [Line] = [
        Line(.reported, .acknowledged, .requester, .acknowledged, "whoever asked takes note"),
        Line(.reported, .voided, .reader, .voided, "the report was a mistake; the reader says why"),
        Line(.acknowledged, .voided, .reader, .voided, "the report was a mistake; the reader says why"),
        Line(.recognised, .acknowledged, .requester, .acknowledged, "whoever asked takes note"),
        Line(.offered, .cancelled, .requester, .cancelled, "whoever asked needs it no more"),
        Line(.claimed, .cancelled, .requester, .cancelled, "whoever asked needs it no more"),
        Line(.supplementing, .cancelled, .requester, .cancelled, "whoever asked needs it no more"),
    ]

    /// Specimens are scanned where they are, whether the home can be reached or not.
    private static let onTheBench: [Line] = [DiagnosisState.opened, .offered, .claimed, .supplementing, .preliminary]
        .flatMap { state in
            [
                Line(state, .collected, .requester, state, "a specimen was taken"),
                Line(state, .dispatched, .requester, state, "it is on its way"),
                Line(state, .received, .bench, state, "it is there"),
                Line(state, .rejected, .bench, state, "it cannot be examined, and why"),
            ]
        }

    /// A home offers what it has taken on to those of its experts who are on duty, or gives it up at once where it has none.
    package static func automatic(_ question: HomeQuestion<DiagnosisWorkflow>) throws -> HomeMove<DiagnosisWorkflow>? {
        guard question.attempt.state == .opened else { return nil }
        let roster = question.configuration.roster(at: question.node)
        let experts = try roster?.asked(for: question.record.terms.specialty, at: question.now) {
            try question.load($0.id)
        }
        guard let experts, !experts.isEmpty else {
            return HomeMove(.escalated, reason: DiagnosisReason.noExpert.rawValue)
        }
        return HomeMove(.offered, candidates: experts.map(\.id))
    }
}
