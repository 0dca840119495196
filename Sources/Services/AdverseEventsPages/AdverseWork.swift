import AdverseEvents
package import ConsoleKit
import Effects
import ServiceKit
import WorkflowKit

/// Adverse events: the work list of quality controllers, one event as its controller reads it, and the report that anybody at
/// the hospital writes.
///
/// The list has headers alone, and they name nobody. Opening an event is an access of a controller whom the region names for
/// the unit; everybody else is refused by the workflow's own rule.
package enum AdverseWork: ServicePages {
    private static let controllers: Set<ConsoleRole> = [.qualityControl]
    private static let reporters: Set<ConsoleRole> = [.doctor, .expert, .qualityControl]
    private static let cases = AdverseEndpoints.cases

    package static let routes = [
        PageRoute(
            .get, "/adverse-events", for: controllers, menu: .init(.work, Wording("Adverse events", "不良事件")),
            asks: [cases.list.description, AdverseEndpoints.levels.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/adverse-events/case", for: controllers, asks: [cases.read.description, cases.forms.description]
        ) { .page(try await AdversePage.page($0)) },
        PageRoute(
            .post, "/adverse-events/act", for: controllers,
            asks: [cases.act.description, cases.read.description, cases.forms.description]
        ) { try await AdversePage.act($0) },
        PageRoute(
            .get, "/adverse-events/new", for: reporters,
            menu: .init(.work, Wording("Report an event", "报告不良事件")),
            asks: [cases.forms.description, AdverseEndpoints.levels.description]
        ) { .page(try await AdverseReporting.page($0)) },
        PageRoute(
            .post, "/adverse-events/new", for: reporters,
            asks: [
                cases.forms.description, AdverseEndpoints.levels.description, AdverseEndpoints.report.description,
            ]
        ) { try await AdverseReporting.report($0) },
    ]

    package static let needs = [
        StartNeed(Wording("adverse events", "不良事件"), for: controllers, asks: [cases.work.description]) { visit in
            let words = visit.words
            let open = try await visit.ask(cases.work)
            let late = open.count {
                $0.dues.first.flatMap { try? WallTime(text: $0.at) }.map { $0 < visit.now } ?? false
            }
            guard !open.isEmpty else { return [] }
            return [
                NeedsList.Item(
                    late > 0 ? .broken : .attention,
                    words.count(
                        open.count, "adverse event has something left to do",
                        "adverse events have something left to do",
                        "起不良事件待处理"),
                    HTML(late > 0 ? words("\(late) of them overdue.", "其中 \(late) 起超时。") : ""),
                    action: .link(words("Look at them", "去看"), "/adverse-events"))
            ]
        }
    ]

    static func address(_ id: String) -> PageAddress { PageAddress("/adverse-events/case", [("id", id)]) }

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let all = try await visit.ask(cases.list, .init(limit: 200))
        let levels = try await visit.ask(AdverseEndpoints.levels)
        // A closed one of which the authority was not told yet has something left to do.
        let open = all.filter { $0.isOpen || !$0.dues.isEmpty }
        let closed = all.filter { !$0.isOpen && $0.dues.isEmpty }.map { event in
            Timeline.Item(
                try? WallTime(text: event.madeAt),
                "<a href=\"\(address(event.id).text)\">\(words(AdverseTexts.kind(event.topic)))</a> \(words(AdverseTexts.state(event.state)))"
            )
        }
        return CaseList(
            words("Adverse events", "不良事件"),
            lead: words(
                "Headers alone: neither patients nor who reported. First due first; opening one is on record.",
                "只有题头：没有患者，也没有报告者。最先到期的在前；打开会记录。"),
            open: open.map { entry($0, levels, visit) }, closed: closed
        ).page(in: visit.scene)
    }

    private static func entry(
        _ event: CaseInfo, _ levels: [AdverseEndpoints.Level], _ visit: PageVisit
    ) -> CaseList.Entry {
        let words = visit.words
        let made = (try? WallTime(text: event.madeAt)) ?? visit.now
        let last = event.steps.last.flatMap { try? WallTime(text: $0.at) } ?? made
        let due = event.dues.first.flatMap { try? WallTime(text: $0.at) }
        let timing: WorkList.Timing =
            due.map { .due($0, allowedMilliseconds: max(1, $0.milliseconds(since: last))) }
            ?? .none(words("no clock", "不计时"))
        let level = levels.first { $0.grade == event.kind }?.name ?? event.kind
        let isHere = event.home == visit.node.id
        let item = WorkList.Item(
            timing,
            of: event.dues.first.map { words(AdverseTexts.timer($0.timer)) } ?? words(AdverseTexts.state(event.state)),
            .routine, urgencyWord: level, kind: event.unit.map(visit.node.unit) ?? "",
            title: words(AdverseTexts.kind(event.topic)), address: address(event.id),
            text: HTML(
                words(
                    "reported \(Moment(made).short(seenFrom: visit.now))",
                    "\(Moment(made).short(seenFrom: visit.now)) 报告")),
            state: HTML(words(AdverseTexts.state(event.state))),
            action: .link(words("Open", "打开"), address(event.id)))
        return CaseList.Entry(item, due: due, isMine: isHere)
    }
}
