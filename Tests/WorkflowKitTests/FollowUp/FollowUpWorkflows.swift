import Calls
import Effects
import Ledgers
import Regions
import ServiceKit
import Wire
import WorkflowKit

/// A plan by which somebody is visited every so many days: it makes a visit for each.
enum PlanWorkflow: Workflow {
    enum State: String, CaseWord { case active, ended }
    enum Event: String, CaseWord { case ended, lapsed }
    enum Role: String, CaseWord { case planner, home }

    struct Terms: CaseTerms {
        var firstDay: WallTime
        var everyDays: Int
        var visits: Int
        let kind = "chronic"
        let topic = "hypertension"
        var madeTime: WallTime { firstDay }

        init(firstDay: WallTime, everyDays: Int, visits: Int) {
            self.firstDay = firstDay
            self.everyDays = everyDays
            self.visits = visits
        }

        init(bytes: [UInt8]) throws {
            let numbers = String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { Int64($0) }
            guard numbers.count == 3 else { throw Failure("plan.malformed", "no terms") }
            self.init(
                firstDay: try PeerNumber.time(numbers[0], "a day"), everyDays: Int(numbers[1]), visits: Int(numbers[2]))
        }

        func encoded() throws -> [UInt8] { Array("\(firstDay.milliseconds) \(everyDays) \(visits)".utf8) }
    }

    static let table = WorkflowTable<PlanWorkflow>(
        name: "plan", noun: "plan", showVerb: "yilian plan show", listVerb: "yilian plan list",
        createAction: "plan.create", readAction: "plan.read", initial: .active, closed: [.ended], settled: [],
        homeRole: .home,
        creation: CaseCreation(
            kind: EntryKind(9_100), role: .planner, keys: .inHeader, headerAudience: .city, payloadAudience: .own,
            form: CaseForm([]), isAgreed: { _, _ in true }, firstHome: { origin, _ in origin }),
        events: [
            EventRule(.ended, EntryKind(9_101), readers: [.origin]),
            EventRule(.lapsed, EntryKind(9_102), readers: [.origin]),
        ],
        roles: [FollowUpRoles.rule(.planner)],
        recurrences: [
            CaseRecurrence(
                VisitWorkflow.self, in: [.active], leadSeconds: 2 * 86_400,
                next: { plan, newest in
                    let terms = plan.terms
                    let day =
                        newest?.advanced(byMilliseconds: Int64(terms.everyDays) * 86_400_000) ?? terms.firstDay
                    let last = terms.firstDay.advanced(
                        byMilliseconds: Int64(terms.everyDays * (terms.visits - 1)) * 86_400_000)
                    return day <= last ? day : nil
                },
                terms: { _, day in VisitWorkflow.Terms(day: day) },
                values: { ["what": $0.values["what"] ?? "量血压"] })
        ],
        transitions: [
            .init(.active, .ended, .planner, .ended, "nobody is to be visited any more"),
            .init(.active, .lapsed, .home, .ended, "nobody has looked at it for years"),
        ])

}

/// A visit of a plan: it is done, or missed a week after its day.
enum VisitWorkflow: Workflow {
    enum State: String, CaseWord { case due, done, missed }
    enum Event: String, CaseWord { case done, missed }
    enum Role: String, CaseWord { case visitor, home }

    struct Terms: CaseTerms {
        var day: WallTime
        let kind = "visit"
        let topic = "hypertension"
        var madeTime: WallTime { day }

        init(day: WallTime) { self.day = day }
        init(bytes: [UInt8]) throws {
            guard let number = Int64(String(decoding: bytes, as: UTF8.self)) else {
                throw Failure("visit.malformed", "no terms")
            }
            day = try PeerNumber.time(number, "a day")
        }
        func encoded() throws -> [UInt8] { Array("\(day.milliseconds)".utf8) }
    }

    static let table = WorkflowTable<VisitWorkflow>(
        name: "visit", noun: "visit", showVerb: "yilian visit show", listVerb: "yilian visit list",
        createAction: "visit.create", readAction: "visit.read", initial: .due, closed: [.done, .missed], settled: [],
        homeRole: .home,
        creation: CaseCreation(
            kind: EntryKind(9_110), role: .visitor, keys: .inHeader, headerAudience: .city, payloadAudience: .own,
            form: CaseForm([CaseForm.Field("what", .text(limitBytes: 100), isRequired: true, "what to do", "事项")]),
            plan: "plan", isAgreed: { _, _ in true }, firstHome: { origin, _ in origin }),
        events: [
            EventRule(.done, EntryKind(9_111), readers: [.origin]),
            EventRule(.missed, EntryKind(9_112), readers: [.origin]),
        ],
        roles: [FollowUpRoles.rule(.visitor)],
        timers: [
            CaseTimer("week", anchor: .creation, states: [.due], consequence: .event(.missed)) { _ in 7 * 86_400 }
        ],
        transitions: [
            .init(.due, .done, .visitor, .done, "somebody was there"),
            .init(.due, .missed, .home, .missed, "nobody was there within a week"),
        ])

}

enum FollowUpRoles {
    static func rule<W: Workflow>(_ role: W.Role) -> RoleRule<W> {
        RoleRule(
            role, holds: { $0.node == $0.home }, refusal: { _ in Failure("plan.never", "") },
            authorRefusal: { _ in Failure("author.never", "") })
    }
}

/// Plans and visits at one node.
struct FollowUpService: NodeService, WorkflowOffer {
    static let serviceName = "followUp"
    static let workflows: [any Workflow.Type] = [PlanWorkflow.self, VisitWorkflow.self]
    static let projections: [any Projection] = [CaseProjection<PlanWorkflow>(), CaseProjection<VisitWorkflow>()]
    static let failures = [FailureDefinition]()
    static let methods = [Method]()

    let context: NodeContext
    let plans: CaseBook<PlanWorkflow>
    let visits: CaseBook<VisitWorkflow>

    init(_ context: NodeContext) async throws {
        self.context = context
        plans = CaseBook(counter: CommandCounter(context: context, pass: { _, _ in throw Self.nobodyElse }))
        visits = CaseBook(counter: CommandCounter(context: context, pass: { _, _ in throw Self.nobodyElse }))
    }

    private static var nobodyElse: Failure { Failure("plan.never", "each node decides about its own") }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await CaseWatch<PlanWorkflow>(context: context).run() }
            group.addTask { try await CaseWatch<VisitWorkflow>(context: context).run() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
