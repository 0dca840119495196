package import ConsoleKit
import Diagnosis
import Effects
import ServiceKit
import WorkflowKit
import WorkflowPages

/// The work list of diagnoses, one of them, asking for one, and who is on duty.
package enum DiagnosisWork: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]
    private static let cases = DiagnosisEndpoints.cases

    package static let routes = [
        PageRoute(
            .get, "/diagnoses", for: practitioners, menu: .init(.work, Wording("Diagnoses", "远程诊断")),
            asks: [cases.list.description, DiagnosisEndpoints.levels.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/diagnoses/case", for: practitioners,
            asks: [
                cases.read.description, cases.forms.description, DiagnosisEndpoints.levels.description,
                DiagnosisEndpoints.experts.description,
            ]
        ) { .page(try await DiagnosisPage.page($0)) },
        PageRoute(
            .post, "/diagnoses/act", for: practitioners,
            asks: [
                cases.act.description, cases.read.description, cases.forms.description,
                DiagnosisEndpoints.levels.description, DiagnosisEndpoints.experts.description,
            ]
        ) { try await DiagnosisPage.act($0) },
        PageRoute(
            .get, "/diagnoses/new", for: [.doctor],
            asks: [DiagnosisEndpoints.levels.description, cases.forms.description]
        ) { .page(try await DiagnosisAsking.page($0)) },
        PageRoute(
            .post, "/diagnoses/new", for: [.doctor],
            asks: [
                DiagnosisEndpoints.levels.description, cases.forms.description, DiagnosisEndpoints.request.description,
            ]
        ) { try await DiagnosisAsking.ask($0) },
        PageRoute(
            .get, "/diagnoses/experts", for: practitioners, asks: [DiagnosisEndpoints.experts.description]
        ) { .page(try await experts($0)) },
    ]

    package static let needs = [
        StartNeed(Wording("diagnoses", "远程诊断"), for: practitioners, asks: [cases.list.description]) { visit in
            let (words, me) = (visit.words, try visit.practitioner())
            let (isExpert, isDoctor) = (visit.visitor.roles.contains(.expert), visit.visitor.roles.contains(.doctor))
            let mine = try await visit.ask(cases.list, .init(limit: 200)).filter { diagnosis in
                let isOffered = diagnosis.state == "offered" && diagnosis.candidates.contains(me)
                let isRead = diagnosis.state == "claimed" && DiagnosisTexts.holder(of: diagnosis) == me
                let isBack =
                    ["reported", "recognised", "supplementing"].contains(diagnosis.state)
                    && diagnosis.id.hasPrefix("\(visit.node.id).")
                return isExpert && (isOffered || isRead) || isDoctor && isBack
            }
            guard !mine.isEmpty else { return [] }
            let dues = mine.compactMap { $0.dues.first.flatMap { try? WallTime(text: $0.at) } }
            let late = dues.count { $0 < visit.now }
            return [
                NeedsList.Item(
                    late > 0 ? .broken : .attention,
                    words.count(mine.count, "diagnosis waits for you", "diagnoses wait for you", "份诊断等您处理"),
                    HTML(late > 0 ? words("\(late) of them overdue.", "其中 \(late) 份超时。") : ""),
                    action: .link(words("Look at them", "去看"), "/diagnoses"))
            ]
        }
    ]

    static func address(_ id: String) -> PageAddress { PageAddress("/diagnoses/case", [("id", id)]) }

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let me = try visit.practitioner()
        let all = try await visit.ask(cases.list, .init(limit: 200))
        let levels = try await visit.ask(DiagnosisEndpoints.levels)
        let closed = all.filter { !$0.isOpen }.map { diagnosis in
            Timeline.Item(
                try? WallTime(text: diagnosis.madeAt),
                "<a href=\"\(address(diagnosis.id).text)\">\(name(of: diagnosis, levels))</a> \(words(DiagnosisTexts.state(diagnosis.state)))"
            )
        }
        var page = CaseList(
            words("Diagnoses", "远程诊断"),
            lead: words(
                "Examined there, read here. First due first; what is overdue goes on to the next centre by itself.",
                "基层检查、上级诊断。最先到期的在前；超时的会自动转给下一家中心。"),
            open: all.filter(\.isOpen).map { entry($0, levels, me: me, visit) }, closed: closed
        ).page(in: visit.scene)
        var links = [PageAction.link(words("Who is on duty", "谁在班"), "/diagnoses/experts", style: .quiet)]
        if visit.visitor.roles.contains(.doctor) {
            links.insert(.link(words("Ask for a diagnosis", "申请诊断"), "/diagnoses/new"), at: 0)
        }
        page.body = "<p class=\"row\">\(HTML(links.map { $0.html(in: visit.scene) }))</p>" + page.body
        return page
    }

    static func name(of diagnosis: CaseInfo, _ levels: [DiagnosisEndpoints.Level]) -> String {
        levels.first { $0.kind == diagnosis.kind }?.name ?? diagnosis.kind
    }

    private static func entry(
        _ diagnosis: CaseInfo, _ levels: [DiagnosisEndpoints.Level], me: String, _ visit: PageVisit
    ) -> CaseList.Entry {
        let words = visit.words
        let level = levels.first { $0.kind == diagnosis.kind }
        let asked = (try? WallTime(text: diagnosis.madeAt)) ?? visit.now
        let last = diagnosis.steps.last.flatMap { try? WallTime(text: $0.at) } ?? asked
        let due = diagnosis.dues.first.flatMap { try? WallTime(text: $0.at) }
        let timing: WorkList.Timing =
            due.map { .due($0, allowedMilliseconds: max(1, $0.milliseconds(since: last))) }
            ?? .none(words("no clock", "不计时"))
        let holder = DiagnosisTexts.holder(of: diagnosis)
        let isMine = holder == me || diagnosis.state == "offered" && diagnosis.candidates.contains(me)
        let isEmergency = level?.priority == "emergency"
        let who =
            holder.map { $0 == me ? words("yours", "您接的") : words("read by \($0)", "\($0) 在诊断") }
            ?? words("nobody has it yet", "还没有人接")
        let item = WorkList.Item(
            timing, of: words(DiagnosisTexts.state(diagnosis.state)), isEmergency ? .emergency : .routine,
            urgencyWord: isEmergency ? words("emergency", "急诊") : words("routine", "常规"),
            kind: words(DiagnosisTexts.modality(diagnosis.topic)), title: name(of: diagnosis, levels),
            address: address(diagnosis.id),
            text: HTML(
                words(
                    "asked \(Moment(asked).short(seenFrom: visit.now))",
                    "\(Moment(asked).short(seenFrom: visit.now)) 申请")),
            state: HTML(who),
            action: .link(words("Open", "打开"), address(diagnosis.id)))
        return CaseList.Entry(item, due: due, isMine: isMine)
    }

    private static func experts(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let experts = try await visit.ask(DiagnosisEndpoints.experts)
        let title = words("Who is on duty", "谁在班")
        guard !experts.isEmpty else {
            let empty = EmptyState(
                words("The region's rosters name nobody", "区域的名册里没有人"),
                words("They stand in the region's configuration.", "名册写在区域配置里。"))
            return Page(title, heading: title, empty.html(in: visit.scene))
        }
        let table = DataTable(
            title,
            [
                .init(words("Expert", "专家")), .init(words("At", "所在")), .init(words("Specialties", "专业")),
                .init(words("Duty", "在班")), .number(words("Has", "在诊")), .number(words("Takes", "上限")),
            ],
            experts.map { expert in
                [
                    HTML(expert.name), HTML(visit.node.node(expert.node)),
                    HTML(expert.specialties.joined(separator: "、")),
                    HTML(expert.isOnDuty ? words("on duty", "在班") : words("off duty", "不在班")), HTML("\(expert.load)"),
                    HTML(expert.capacity.map { "\($0)" } ?? "–"),
                ]
            }, hasRowHeads: true)
        return Page(
            title, eyebrow: words("Diagnoses · experts", "远程诊断 · 专家"), heading: title,
            lead: HTML(
                words(
                    "A request is offered to those on duty, who has least of what they can take first.",
                    "申请派给在班的专家，手头占其上限最少的在前。")),
            table.html(in: visit.scene))
    }
}
