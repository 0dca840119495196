import Console
import ConsoleKit
import Effects
import Links
import ServiceKit

/// One link: how it is and why, a test of it, and pausing and resuming it.
enum LinkPage {
    static let routes = [
        PageRoute(.get, "/links/one", for: Roles.keepers, asks: [NodeEndpoints.peers.description]) {
            .page(try await page($0))
        },
        PageRoute(
            .post, "/links/test", for: Roles.operators,
            asks: [PeerEndpoints.test.description, NodeEndpoints.peers.description]
        ) { try await test($0) },
        PageRoute(
            .post, "/links/pause", for: Roles.operators,
            asks: [PeerEndpoints.pause.description, NodeEndpoints.peers.description]
        ) { try await pause($0) },
        PageRoute(.post, "/links/resume", for: Roles.operators, asks: [PeerEndpoints.resume.description]) { visit in
            let node = visit.request.form["node"]
            _ = try await visit.ask(PeerEndpoints.resume, .init(node: node, actor: visit.visitor.account))
            return .redirect(
                LinkPages.address(node), notice: Wording("The link may come up again.", "链路已恢复，会自行连通。"))
        },
    ]

    // MARK: What is done

    /// The result stays in the session for the page that comes next.
    private static func test(_ visit: PageVisit) async throws -> PageOutcome {
        let node = visit.request.form["node"]
        let result = try await visit.ask(PeerEndpoints.test, .init(node: node, actor: visit.visitor.account))
        try visit.memory.keep(tested, String(decoding: try OperatorJSON.bytes(result), as: UTF8.self))
        return .redirect(LinkPages.address(node))
    }

    private static let tested = "tested link"

    /// The last test of a link by this session.
    private static func lastTest(of node: String, _ visit: PageVisit) -> PeerTestInfo? {
        guard let text = visit.memory[tested],
            let info = try? OperatorJSON.value(PeerTestInfo.self, from: Array(text.utf8), place: nil),
            info.node == node
        else { return nil }
        return info
    }

    private static func pause(_ visit: PageVisit) async throws -> PageOutcome {
        let form = visit.request.form
        do {
            _ = try await visit.ask(
                PeerEndpoints.pause,
                .init(node: form["node"], reason: form["reason"], actor: visit.visitor.account))
        } catch let failure as Failure where failure.code == "operator.reason" {
            let text = visit.words("say in a few words why; it stays on record", "请用几个字写明原因；原因会留存")
            return .page(try await page(visit, errors: FormErrors(text, field: "reason")))
        }
        return .redirect(
            LinkPages.address(form["node"]), notice: Wording("The link is paused.", "链路已暂停。"))
    }

    // MARK: The page

    private static func page(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let form = visit.request.method == .post ? visit.request.form : visit.request.query
        guard let peer = try await visit.ask(NodeEndpoints.peers).first(where: { $0.node == form["node"] }) else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        let isOperator = visit.visitor.roles.contains(.operator)
        let back = PageAction.link(words("Back to the links", "回到链路"), "/links")
        return Page(
            words("A link", "一条链路"), eyebrow: words("Links · one", "链路 · 一条"), heading: heading(peer, visit),
            lead: HTML(lead(peer, words)), status: errors.isEmpty ? 200 : 422,
            .live("link", facts(peer, visit)) + .when(isOperator, testing(peer, visit))
                + .when(isOperator, pausing(peer, errors, visit))
                + "<p class=\"block-s\">\(back.html(in: visit.scene))</p>")
    }

    private static func heading(_ peer: PeerInfo, _ visit: PageVisit) -> String {
        let (words, name) = (visit.words, visit.node.node(peer.node))
        switch peer.state {
        case "up": return words("The link to \(name) is up", "与\(name)的链路是通的")
        case "paused":
            return words(
                "The link to \(name) is paused by \(peer.pausedBy ?? "")", "与\(name)的链路由 \(peer.pausedBy ?? "") 暂停")
        default: return words("The link to \(name) is down", "与\(name)的链路不通")
        }
    }

    private static func lead(_ peer: PeerInfo, _ words: Words) -> String {
        switch peer.state {
        case "up": words("What is written goes over at once.", "写下的随即送到。")
        case "paused":
            words(
                "It stays down, over restarts too, until somebody resumes it. What is written waits on disk.",
                "在有人恢复之前一直暂停，重启后也一样。写下的在盘上等。")
        default:
            words(
                "It is dialled again by itself. What is written waits on disk and follows.", "会自动重拨。写下的在盘上等，恢复后补传。")
        }
    }

    private static func facts(_ peer: PeerInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let relation = peer.relation == "parent" ? words("parent", "上级") : words("child", "下级")
        var rows: [(String, HTML)] = [
            (words("Node", "节点"), "<span class=\"code\">\(peer.node)</span> · \(relation)"),
            (words("State", "状态"), peer.mark.html(words, words(peer.stateWord))),
            (words("Since", "自"), .each(PageVisit.time(peer.since)) { Moment($0).withAge(visit.scene) }),
        ]
        if !peer.reason.isEmpty { rows.append((words("Why", "为什么"), HTML(visit.said(peer.reason)))) }
        if let reason = peer.pauseReason { rows.append((words("Reason given", "写明的原因"), HTML(reason))) }
        if let error = peer.lastError, peer.state != "up", peer.pausedBy == nil {
            let moment: HTML = .each(PageVisit.time(peer.lastErrorAt)) { Moment($0).withAge(visit.scene) }
            rows.append((words("Last time", "上一次"), "\(visit.said(error)) <small class=\"note\">\(moment)</small>"))
        }
        if let address = peer.remoteAddress { rows.append((words("Address", "地址"), HTML(address))) }
        if let difference = peer.clockDifferenceMilliseconds {
            rows.append((words("Clock", "时钟差"), HTML(words("\(difference) ms", "\(difference) 毫秒"))))
        }
        return Pairs(rows).html(in: visit.scene)
    }

    // MARK: A test

    private static func testing(_ peer: PeerInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let note = words(
            "dials, looks at TLS and certificate, compares configuration and clock; a link that is up is left as it is",
            "拨号，核对 TLS 和证书，比较配置和时钟；已通的链路不受影响")
        let button = PageAction(
            words("Test this link", "测试这条链路"), .post("/links/test", ["node": peer.node]), style: .primary)
        let result = HTML.each(lastTest(of: peer.node, visit)) { Self.result($0, visit) }
        return PageSection(
            "test", words("Test", "测试"), note: HTML(note),
            result + "<div class=\"block-s\">\(button.html(in: visit.scene))</div>"
        ).html(in: visit.scene)
    }

    private static func result(_ test: PeerTestInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let rows = test.findings.map { finding -> [HTML] in
            [
                HTML(words(finding.step.word)), finding.outcome.mark.html(words, words(finding.outcome.word)),
                HTML(visit.said(finding.text)),
            ]
        }
        let table = DataTable(
            words("What the test found", "测试结果"),
            [.init(words("Step", "步骤")), .init(words("Result", "结果")), .init(words("What is so", "情况"))], rows,
            hasRowHeads: true)
        let age: HTML = .each(PageVisit.time(test.at)) { Moment($0).age(visit.scene) }
        let remedy: HTML = .each(test.remedy) { remedy in
            Banner(.attention, words("What helps:", "怎么办："), visit.said(remedy)).html(in: visit.scene)
        }
        let well: HTML = .when(
            test.isWell, Banner(.ok, words("All of it holds.", "都正常。")).html(in: visit.scene))
        return "<p class=\"note\">\(words("tested", "测试于")) \(age)</p>\(remedy)\(well)\(table.html(in: visit.scene))"
    }

    // MARK: Pausing

    private static func pausing(_ peer: PeerInfo, _ errors: FormErrors, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard peer.pausedBy == nil else {
            let resume = PageAction(
                words("Resume the link", "恢复链路"), .post("/links/resume", ["node": peer.node]), style: .primary)
            return PageSection(
                "pause", words("Resume", "恢复"), "<div class=\"block-s\">\(resume.html(in: visit.scene))</div>"
            ).html(in: visit.scene)
        }
        let name = visit.node.node(peer.node)
        let warning = Banner(
            .attention, words("While it is paused nothing goes to or from \(name).", "暂停期间与\(name)什么也不传。"),
            words(
                "Nothing is lost: batches wait on disk. Questions about people and cases across this link are refused meanwhile. "
                    + "It stays paused over a restart.",
                "什么也不会丢：批次在盘上等。经这条链路对人和病例的提问暂时被拒绝。重启后仍然暂停。"))
        let form = FormView(
            "/links/pause",
            [
                FormField(
                    "reason", words("Reason", "原因"), hint: words("shown to everybody who asks why", "会显示给每个问为什么的人"),
                    value: visit.request.form["reason"], isRequired: true, limit: Limits.operatorReasonCharacters)
            ], hidden: ["node": peer.node], errors: errors, submit: words("Pause this link", "暂停这条链路"), style: .danger)
        return PageSection(
            "pause", words("Pause", "暂停"), warning.html(in: visit.scene) + form.html(in: visit.scene)
        ).html(in: visit.scene)
    }
}

extension LinkTrial.Step {
    var word: Wording {
        switch self {
        case .pause: Wording("Paused by somebody", "是否被暂停")
        case .address: Wording("Address", "地址")
        case .connection: Wording("Connection", "连接")
        case .certificate: Wording("TLS and certificate", "TLS 与证书")
        case .handshake: Wording("Handshake", "握手")
        case .configuration: Wording("Configuration", "配置")
        case .clock: Wording("Clock", "时钟")
        }
    }
}

extension LinkTrial.Outcome {
    var mark: StateMark {
        switch self {
        case .well: .ok
        case .warning: .attention
        case .failed: .broken
        case .skipped: .unknown
        }
    }

    var word: Wording {
        switch self {
        case .well: Wording("well", "正常")
        case .warning: Wording("look", "注意")
        case .failed: Wording("failed", "不成")
        case .skipped: Wording("not tried", "没有试")
        }
    }
}
