package import ConsoleKit
import Consultation
import Effects
import Regions
import ServiceKit

/// The work list of remote diagnosis and consultation, and one case: claim, read, report, take note.
package enum ConsultationWork: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]

    package static let routes = [
        PageRoute(
            .get, "/consultations", for: practitioners, menu: .init(.work, Wording("Work list", "工作单")),
            asks: [ConsultationEndpoints.list.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/consultations/case", for: practitioners, asks: [ConsultationEndpoints.read.description]
        ) { .page(try await CasePage.page($0)) },
        PageRoute(
            .post, "/consultations/claim", for: [.expert], asks: [ConsultationEndpoints.claim.description]
        ) { visit in
            let action = try action(visit)
            _ = try await visit.ask(ConsultationEndpoints.claim, action)
            return .redirect(address(action.request), notice: Wording("The case is yours.", "已接诊。"))
        },
        PageRoute(
            .post, "/consultations/report", for: [.expert],
            asks: [ConsultationEndpoints.report.description, ConsultationEndpoints.read.description]
        ) { try await CasePage.report($0) },
        PageRoute(
            .post, "/consultations/acknowledge", for: [.doctor],
            asks: [ConsultationEndpoints.acknowledge.description]
        ) { visit in
            let action = try action(visit)
            _ = try await visit.ask(ConsultationEndpoints.acknowledge, action)
            return .redirect(address(action.request), notice: Wording("The report is taken note of.", "报告已确认。"))
        },
    ]

    package static let needs = [
        StartNeed(Wording("work list", "工作单"), for: practitioners, asks: [ConsultationEndpoints.list.description]) {
            visit in
            let (words, me) = (visit.words, try visit.practitioner())
            let all = try await visit.ask(ConsultationEndpoints.list, .init(limit: 200)).filter(\.isOpen)
            let (isExpert, isDoctor) = (
                visit.visitor.roles.contains(.expert), visit.visitor.roles.contains(.doctor)
            )
            let mine = all.filter { request in
                guard let attempt = request.attempts.last else { return false }
                let isOffered = attempt.state == "offered" && attempt.offeredTo.contains(me)
                let isBack = attempt.state == "reported" && request.requester == visit.node.id
                return isExpert && (isOffered || attempt.claimant == me && attempt.state != "reported")
                    || isDoctor && isBack
            }
            guard !mine.isEmpty else { return [] }
            let dues = mine.compactMap { $0.attempts.last?.deadline.flatMap { try? WallTime(text: $0) } }
            let late = dues.count { $0 < visit.now }
            return [
                NeedsList.Item(
                    late > 0 ? .broken : .attention,
                    words.count(mine.count, "case waits for you", "cases wait for you", "份病例等您处理"),
                    HTML(late > 0 ? words("\(late) of them overdue.", "其中 \(late) 份超时。") : ""),
                    action: .link(words("Look at them", "去看"), "/consultations"))
            ]
        }
    ]

    static func address(_ request: String) -> PageAddress {
        PageAddress("/consultations/case", [("id", request)])
    }

    static func action(_ visit: PageVisit) throws -> ConsultationAction {
        let form = visit.request.form
        return ConsultationAction(
            request: form["id"], attempt: Int(form["attempt"]), actor: try visit.practitioner(),
            findings: form.has("findings") ? form["findings"] : nil,
            conclusion: form.has("conclusion") ? form["conclusion"] : nil)
    }

    // MARK: The list

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let me = try visit.practitioner()
        let all = try await visit.ask(ConsultationEndpoints.list, .init(limit: 200))
        let closed = all.filter { !$0.isOpen }.map { request in
            Timeline.Item(
                try? WallTime(text: request.requestedAt),
                "<a href=\"\(address(request.request).text)\">\(request.kind)</a> \(words(stateWord(request.state)))")
        }
        return CaseList(
            words("Work list", "工作单"),
            lead: words(
                "First due first. What is overdue goes on to others by itself; a report that comes all the same is kept.",
                "最先到期的在前。超时的会自动转给别人；您仍可以写，两份都会保留。"),
            open: all.filter(\.isOpen).map { entry($0, me: me, visit) }, closed: closed
        ).page(in: visit.scene)
    }

    private static func entry(_ request: ConsultationInfo, me: String, _ visit: PageVisit) -> CaseList.Entry {
        let words = visit.words
        let attempt = request.attempts.last
        let requested = (try? WallTime(text: request.requestedAt)) ?? visit.now
        let last = attempt?.steps.last.flatMap { try? WallTime(text: $0.at) } ?? requested
        let deadline = attempt?.deadline.flatMap { try? WallTime(text: $0) }
        let isMine = attempt?.claimant == me
        let timing: WorkList.Timing =
            deadline.map { .due($0, allowedMilliseconds: max(1, $0.milliseconds(since: last))) }
            ?? .none(words("no clock", "不计时"))
        var action: PageAction?
        if attempt?.state == "offered", attempt?.offeredTo.contains(me) == true,
            visit.visitor.roles.contains(.expert)
        {
            action = PageAction(words("Claim", "接诊"), .post("/consultations/claim", ["id": request.request]))
        } else if isMine || request.state == "reported" {
            action = .link(words("Open", "打开"), address(request.request))
        }
        let who: String =
            isMine
            ? words("yours", "您接的")
            : attempt?.claimant.map { words("claimed by \($0)", "\($0) 已接") } ?? words("nobody has it yet", "还没有人接")
        let item = WorkList.Item(
            timing, of: words(stateWord(attempt?.state ?? request.state)),
            request.kind.hasSuffix("emergency") ? .emergency : .routine,
            urgencyWord: request.kind.hasSuffix("emergency") ? words("emergency", "急诊") : words("routine", "常规"),
            kind: request.specialty, title: request.kind, address: address(request.request),
            text: HTML(
                words(
                    "from \(request.requester), asked \(Moment(requested).short(seenFrom: visit.now))",
                    "来自 \(request.requester)，\(Moment(requested).short(seenFrom: visit.now)) 申请")),
            state: HTML(who), action: action)
        return CaseList.Entry(item, due: deadline, isMine: isMine)
    }

    static func stateWord(_ state: String) -> Wording {
        switch state {
        case "requested": Wording("requested", "待受理")
        case "opened": Wording("opened", "已受理")
        case "offered": Wording("offered", "待接")
        case "claimed": Wording("claimed", "已接")
        case "reported": Wording("reported", "已报告")
        case "acknowledged": Wording("acknowledged", "已确认")
        case "escalated": Wording("escalated", "已升级")
        case "withdrawn": Wording("withdrawn", "已撤回")
        default: Wording(state, state)
        }
    }
}
