import Console
import ConsoleKit
import Effects
import ServiceKit

/// Why a node is as it is: the chain from the node that looks down to it, what it says of itself, and what helps.
struct NodeWhyPage {
    let visit: PageVisit
    let translating: ConsoleSite.Translating

    private var words: Words { visit.words }

    func page() async throws -> Page {
        let outlook = try await visit.ask(RegionEndpoints.outlook)
        let way = outlook.way(to: visit.request.query["id"])
        guard let node = way.last else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        let names = outlook.names
        let findings = NodeFinding.all(
            of: node, name: { names[$0] ?? $0 }, version: outlook.configurationVersion, now: visit.now)
        let heading =
            findings.first.map { words($0.title) } ?? words("\(node.name) is well", "\(node.name) 正常")
        let back = PageAction.link(words("Back to the region", "回到区域"), "/region")
        return Page(
            words("Why", "为什么"), eyebrow: words("Region · \(node.name)", "区域 · \(node.name)"), heading: heading,
            lead: HTML(findings.first.map { words($0.consequence) } ?? words("Nothing is to be done.", "没有要处理的。")),
            chain(way) + helps(findings) + facts(node)
                + "<p class=\"block-s\">\(back.html(in: visit.scene))</p>")
    }

    /// From here to the node, each station with what is known of it.
    private func chain(_ way: [RegionOutlookInfo.Node]) -> HTML {
        // What is behind the first that is away cannot be seen from here.
        let cut = way.firstIndex { $0.state != .up } ?? way.count
        let items = way.enumerated().map { index, node -> Timeline.Item in
            let text: HTML = """
                \(node.standing.html(words)) <b>\(node.name)</b> \(said(node, isBehind: index > cut))
                """
            return Timeline.Item(
                PageVisit.time(node.since), text, index < cut ? .past : index == cut ? .now : .ahead)
        }
        return PageSection(
            "chain", words("From here to there", "从这里到那里"), Timeline(items).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private func said(_ node: RegionOutlookInfo.Node, isBehind: Bool) -> HTML {
        if isBehind { return HTML(words("cannot be seen from here", "从这里看不到")) }
        switch node.state {
        case .up: return HTML(node.parent == nil ? words("looks", "从这里看") : words("answers", "在线"))
        case .broken, .paused:
            let reason = translating(node.reason, words.language)
            return HTML(reason.isEmpty ? words("has no link", "没有链路") : reason)
        case .stale: return HTML(words("is linked, and its last word is old", "有链路，最后一次消息已过时"))
        case .unknown: return HTML(words("has said nothing", "没有消息"))
        }
    }

    private func helps(_ findings: [NodeFinding]) -> HTML {
        guard !findings.isEmpty else { return .empty }
        let items = findings.map { finding in
            NeedsList.Item(
                finding.mark, words(finding.title),
                finding.command.map {
                    "\(words("On its machine:", "在它的机器上：")) <code>\($0)</code>"
                } ?? HTML(words("Nobody has to do anything.", "不用处理。")), since: finding.since)
        }
        return PageSection("helps", words("What helps", "怎么办"), NeedsList(items).html(in: visit.scene))
            .html(in: visit.scene)
    }

    private func facts(_ node: RegionOutlookInfo.Node) -> HTML {
        func moment(_ text: String?) -> HTML {
            PageVisit.time(text).map { Moment($0).withAge(visit.scene) } ?? "–"
        }
        func day(_ text: String?) -> HTML { PageVisit.time(text).map { HTML(Moment($0).day) } ?? "–" }
        let pairs = Pairs([
            (words("Node", "节点"), "<span class=\"code\">\(node.node)</span>"),
            (words("Last word", "最后消息"), moment(node.lastWordAt)), (words("Started", "启动"), moment(node.startedAt)),
            (words("Release", "版本"), HTML(node.release ?? "–")),
            (words("Configuration", "配置"), HTML(node.configurationVersion.map { "\($0)" } ?? "–")),
            (words("Waiting", "积压"), HTML(node.waitingEntries.map { words.grouped($0) } ?? "–")),
            (words("Certificate", "证书到"), day(node.certificateEndsAt)),
            (words("Ledger key", "账本密钥到"), day(node.ledgerKeyEndsAt)),
            (words("Disk free", "磁盘剩余"), HTML(node.freeDiskBytes.map { words.bytes($0) } ?? "–")),
        ])
        return PageSection("facts", words("What it said last", "它最后说的"), pairs.html(in: visit.scene))
            .html(in: visit.scene)
    }
}
