import Console
import ConsoleKit
import Effects
import ServiceKit

/// The region as this node may know it: a map of tiles, what needs a look, and the tree; and why a node is as it is.
enum RegionPages {
    static func routes(_ translating: @escaping ConsoleSite.Translating) -> [PageRoute] {
        let asks = [RegionEndpoints.outlook.description]
        return [
            PageRoute(
                .get, "/region", for: Roles.keepers, menu: .init(.network, Wording("Region", "区域")), asks: asks
            ) { .page(try await page($0)) },
            PageRoute(
                .get, "/alerts", for: Roles.keepers, menu: .init(.present, Wording("Alerts", "告警")), asks: asks
            ) { .page(try await alerts($0)) },
            PageRoute(.get, "/region/node", for: Roles.keepers, asks: asks) {
                .page(try await NodeWhyPage(visit: $0, translating: translating).page())
            },
        ]
    }

    /// Where it is said why a node is as it is.
    static func address(_ node: String) -> PageAddress { PageAddress("/region/node", [("id", node)]) }

    // MARK: The region

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let outlook = try await visit.ask(RegionEndpoints.outlook)
        let looks = RegionLooks(outlook, visit)
        let bad = outlook.nodes.filter { looks.mark(of: $0) != .ok }
        let title = words("Region", "区域")
        let heading =
            bad.isEmpty
            ? words.count(outlook.nodes.count, "node, and it is well", "nodes, and all are well", "个节点都正常")
            : words(
                "\(outlook.nodes.count - bad.count) of \(outlook.nodes.count) nodes are well, \(bad.count) to look at",
                "\(outlook.nodes.count) 个节点中 \(outlook.nodes.count - bad.count) 个正常，\(bad.count) 个要看")
        let broken = bad.count { looks.mark(of: $0) == .broken }
        let lead =
            bad.isEmpty
            ? words("Each told its parent so within the last 45 seconds.", "都在最近 45 秒内向上级报过。")
            : words(
                "\(broken) broken. A node that is not reached works on by itself, and what it took follows.",
                "\(broken) 个中断。中断的节点在本地继续工作，恢复后补传。")
        return Page(
            title, heading: heading, lead: HTML(lead),
            .live("map", looks.map()) + .live("look", looks.table(bad, state: visit.request.query["state"]))
                + looks.tree())
    }

    // MARK: Alerts

    /// What needs somebody, as the first page and the page of alerts list it.
    static func needs(_ outlook: RegionOutlookInfo, _ visit: PageVisit) -> [NeedsList.Item] {
        let words = visit.words
        return outlook.findings(visit).map { finding in
            NeedsList.Item(
                finding.mark, words(finding.title), HTML(words(finding.consequence)), since: finding.since,
                action: .link(words("Why, and what helps", "为什么，怎么办"), address(finding.node)))
        }
    }

    private static func alerts(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let outlook = try await visit.ask(RegionEndpoints.outlook)
        let needs = needs(outlook, visit)
        let urgent = needs.count { $0.mark == .broken }
        let title = words("Alerts", "告警")
        guard !needs.isEmpty else {
            let empty = EmptyState(
                words("All is well", "一切正常"),
                words(
                    "None of \(outlook.nodes.count) nodes has anything to look at.",
                    "\(outlook.nodes.count) 个节点都没有要看的事。"))
            return Page(title, heading: words("No alerts", "没有告警"), .live("needs", empty.html(in: visit.scene)))
        }
        return Page(
            title,
            heading: words(
                "\(needs.count) \(needs.count == 1 ? "alert" : "alerts"), \(urgent) of them broken",
                "\(needs.count) 条告警，其中 \(urgent) 条中断"),
            lead: HTML(words("Each leads to its cause and to the one command that helps.", "每一条都能看到原因和一条有用的命令。")),
            .live("needs", NeedsList(needs).html(in: visit.scene)))
    }
}

/// The parts of the region's page.
struct RegionLooks {
    private let outlook: RegionOutlookInfo
    private let visit: PageVisit
    private let findings: [String: [NodeFinding]]
    private let children: [String: [RegionOutlookInfo.Node]]

    init(_ outlook: RegionOutlookInfo, _ visit: PageVisit) {
        self.outlook = outlook
        self.visit = visit
        findings = Dictionary(grouping: outlook.findings(visit), by: \.node)
        children = Dictionary(grouping: outlook.nodes.filter { $0.parent != nil }, by: { $0.parent ?? "" })
    }

    private var words: Words { visit.words }

    /// The worst of what is to be said about a node.
    func mark(of node: RegionOutlookInfo.Node) -> StateMark { findings[node.node]?.first?.mark ?? .ok }

    private func tile(_ node: RegionOutlookInfo.Node) -> TileMap.Tile {
        TileMap.Tile(
            node.name, mark(of: node), last: PageVisit.time(node.lastWordAt), address: RegionPages.address(node.node))
    }

    private func isLeaf(_ node: RegionOutlookInfo.Node) -> Bool { children[node.node, default: []].isEmpty }

    /// Nodes with nobody directly below them that stands alone in a group.
    private var groups: [(head: RegionOutlookInfo.Node, leaves: [RegionOutlookInfo.Node])] {
        outlook.nodes.compactMap { head in
            let leaves = children[head.node, default: []].filter(isLeaf)
            return leaves.isEmpty ? nil : (head, leaves)
        }
    }

    func map() -> HTML {
        let heads = Set(groups.map(\.head.node))
        let leaves = Set(groups.flatMap { $0.leaves.map(\.node) })
        let crown = outlook.nodes.filter { !heads.contains($0.node) && !leaves.contains($0.node) }
        let grouped = groups.map { head, leaves in
            let well = leaves.count { mark(of: $0) == .ok }
            return TileMap.Group(
                head.name, mark(of: head),
                note: words("\(well)/\(leaves.count) well", "\(well)/\(leaves.count) 正常"),
                address: RegionPages.address(head.node), leaves.map(tile))
        }
        let top: HTML = .when(!crown.isEmpty, TileMap.tiles(crown.map(tile), visit.scene))
        let legend = words(
            "Each tile is a node with the age of its last word; groups stand as their counties are listed.",
            "每格是一个节点和它最后一次消息的时间；各组按配置中的顺序排列，不是地图。")
        return """
            <h2 class="hide">\(words("Map of the nodes", "节点图"))</h2>\(top)\(TileMap(grouped).html(in: visit.scene))\
            <p class="note">\(legend)</p>
            """
    }

    /// What needs a look, worst first.
    ///
    /// - Parameter state: the only one that is shown; empty for all.
    func table(_ bad: [RegionOutlookInfo.Node], state: String) -> HTML {
        guard !bad.isEmpty else { return .empty }
        let states = Set(bad.map { mark(of: $0) }).sorted { $0.rank < $1.rank }
        let bar = FilterBar(
            "/region", words("Filter the nodes", "筛选节点"),
            [
                FormField(
                    "state", words("State", "状态"),
                    .choice([.init("", words("all", "全部"))] + states.map { .init($0.rawValue, words($0.word)) }),
                    value: state)
            ], isInForce: !state.isEmpty)
        let shown = bad.filter { state.isEmpty || mark(of: $0).rawValue == state }
            .sorted { (mark(of: $0).rank, $0.since ?? "~", $0.node) < (mark(of: $1).rank, $1.since ?? "~", $1.node) }
        let columns: [DataTable.Column] = [
            .init(words("Node", "节点")), .init(words("What is so", "状况")), .number(words("Waiting", "积压")),
            .init(words("Release", "版本")), .number(words("Configuration", "配置")), .init(words("Last word", "最后消息")),
            .init(words("Next", "下一步")),
        ]
        let title = words("To look at", "要看的")
        let rows = shown.map { node -> [HTML] in
            let first = findings[node.node]?.first
            let why = PageAction.link(words("Why", "为什么"), RegionPages.address(node.node), isSmall: true)
            return [
                named(node),
                """
                \(mark(of: node).html(words))<small class="note">\(first.map { words($0.title) } ?? "")</small>
                """, waiting(node), HTML(node.release ?? "–"), version(node), lastWord(node), why.html(in: visit.scene),
            ]
        }
        let body: HTML =
            rows.isEmpty
            ? EmptyState(words("Nothing fits the filter", "没有符合筛选的"), words("Take it away.", "请清除筛选。")).html(
                in: visit.scene)
            : DataTable(title, columns, rows, hasRowHeads: true).html(in: visit.scene)
        return PageSection(
            "look", words("\(bad.count) to look at, worst first", "要看的 \(bad.count) 个，最急的在前"),
            bar.html(in: visit.scene) + body
        ).html(in: visit.scene)
    }

    /// Who manages whom, each group folded.
    func tree() -> HTML {
        let columns: [DataTable.Column] = [
            .init(words("Node", "节点")), .init(words("State", "状态")), .number(words("Waiting", "积压")),
            .init(words("Release", "版本")), .number(words("Configuration", "配置")),
            .number(words("Certificate", "证书还有")), .init(words("Last word", "最后消息")),
        ]
        let parts = outlook.nodes.compactMap { head -> HTML? in
            guard let below = children[head.node], !below.isEmpty else { return nil }
            let rows = ([head] + below).map { node -> [HTML] in
                [
                    named(node), mark(of: node).html(words), waiting(node), HTML(node.release ?? "–"), version(node),
                    days(node.certificateEndsAt), lastWord(node),
                ]
            }
            let count = words.count(below.count, "node below", "nodes below", "个下级")
            let caption = words("Nodes below \(head.name)", "\(head.name)的节点")
            return """
                <details id="t-\(head.node)"><summary><b>\(head.name)</b> \(mark(of: head).html(words)) \
                <span class="note">\(count)</span></summary>\
                \(DataTable(caption, columns, rows, hasRowHeads: true).html(in: visit.scene))</details>
                """
        }
        return .when(
            !parts.isEmpty, PageSection("tree", words("Who manages whom", "管理树"), HTML(parts)).html(in: visit.scene))
    }

    private func named(_ node: RegionOutlookInfo.Node) -> HTML {
        "<a href=\"\(RegionPages.address(node.node).text)\">\(node.name)</a><small class=\"note code\">\(node.node)</small>"
    }

    private func waiting(_ node: RegionOutlookInfo.Node) -> HTML {
        HTML(node.waitingEntries.map { words.grouped($0) } ?? "–")
    }

    private func version(_ node: RegionOutlookInfo.Node) -> HTML {
        guard let version = node.configurationVersion else { return "–" }
        return version < outlook.configurationVersion ? StateMark.stale.html(words, "\(version)") : HTML("\(version)")
    }

    private func lastWord(_ node: RegionOutlookInfo.Node) -> HTML {
        PageVisit.time(node.lastWordAt).map { Moment($0).age(visit.scene) } ?? HTML(words("never", "从未"))
    }

    private func days(_ end: String?) -> HTML {
        guard let end = PageVisit.time(end) else { return "–" }
        let days = end.milliseconds(since: visit.now) / 86_400_000
        return HTML(words("\(days) days", "\(days) 天"))
    }
}
