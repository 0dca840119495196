import Console
import ConsoleKit
import Destinations
import Effects
import ServiceKit

/// The first page: what needs somebody now, each with its one action; whoever keeps no node sees where to go.
enum StartPage {
    static func route(_ translating: @escaping ConsoleSite.Translating, _ needs: [StartNeed]) -> PageRoute {
        PageRoute(
            .get, "/", for: Roles.everybody, menu: .init(.present, Wording("Start", "开始")),
            asks: [
                NodeEndpoints.status.description, NodeEndpoints.peers.description, QueueEndpoints.stuck.description,
                QueueEndpoints.list.description, RegionEndpoints.outlook.description,
            ]
        ) { visit in
            var mine: [NeedsList.Item] = []
            for need in needs { mine += try await need.items(for: visit) }
            guard visit.visitor.roles.contains(.operator) else {
                let isAsked = needs.contains { !$0.roles.isDisjoint(with: visit.visitor.roles) }
                return .page(greeting(visit, isAsked ? NeedsList(mine) : nil))
            }
            return .page(try await page(visit, translating, mine))
        }
    }

    /// Somebody who keeps no node: what waits for the own roles, and the menu.
    ///
    /// - Parameter needs: none where nothing ever waits for these roles.
    private static func greeting(_ visit: PageVisit, _ needs: NeedsList?) -> Page {
        let words = visit.words
        let count = needs?.items.count ?? 0
        let roles = ConsoleRole.allCases.filter(visit.visitor.roles.contains).map { words($0.word) }
        let heading =
            roles.isEmpty
            ? words("No role has been granted to you yet", "还没有授予您任何角色")
            : count == 0
                ? words("Good day, \(visit.visitor.name)", "\(visit.visitor.name)，您好")
                : words(
                    "\(count) \(count == 1 ? "thing needs" : "things need") you now", "现在有 \(count) 件事等您处理")
        let text =
            roles.isEmpty
            ? words("The security administrator grants roles.", "角色由安全管理员授予。")
            : words(
                "The menu has what your role opens: \(roles.joined(separator: ", ")).",
                "菜单里是您的角色能打开的页面：\(roles.joined(separator: "、"))。")
        return Page(words("Start", "开始"), heading: heading, lead: HTML(text), HTML.each(needs) { top($0, visit) })
    }

    /// What needs somebody, or that nothing does.
    private static func top(_ needs: NeedsList, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let body: HTML =
            needs.items.isEmpty
            ? EmptyState(
                words("Nothing waits for you", "没有等您处理的"), words("What is new comes here by itself.", "有新的会自己出现在这里。")
            ).html(in: visit.scene)
            : NeedsList(Array(needs.items.prefix(shownNeeds))).html(in: visit.scene)
        return "<h2 class=\"hide\">\(words("What needs you", "要处理的"))</h2>\(.live("needs", body))"
    }

    private static func page(
        _ visit: PageVisit, _ translating: ConsoleSite.Translating, _ mine: [NeedsList.Item]
    ) async throws -> Page {
        let status = try await visit.ask(NodeEndpoints.status)
        let peers = try await visit.ask(NodeEndpoints.peers)
        let stuck = try await visit.ask(QueueEndpoints.stuck)
        let queue = try await visit.ask(QueueEndpoints.list)
        let outlook = try await visit.ask(RegionEndpoints.outlook)
        let words = visit.words
        let needs = NeedsList(
            links(peers, visit) + RegionPages.needs(outlook, visit) + stuckItems(stuck, visit)
                + others(status, visit, translating) + mine)
        let count = needs.items.count
        let heading =
            count == 0
            ? words("Nothing needs you now", "现在没有事等您")
            : words(
                "\(count) \(count == 1 ? "thing needs" : "things need") you now", "现在有 \(count) 件事等您处理")
        let up = peers.count { $0.state == "up" }
        let lead = words(
            "\(up) of \(peers.count) links are up; everything that was taken lies on disk.",
            "\(peers.count) 条链路中 \(up) 条通；已接收的都已落盘。")
        let top: HTML =
            count == 0
            ? EmptyState(
                words("All is well", "一切正常"),
                words("What mends itself is on the pages of links and queues.", "会自己好的事在「链路」和「队列」里。")
            ).html(in: visit.scene)
            : NeedsList(Array(needs.items.prefix(shownNeeds))).html(in: visit.scene)
                + HTML.when(
                    count > shownNeeds,
                    "<p class=\"note\"><a href=\"/alerts\">\(words("all \(count)", "看全部 \(count) 件"))</a></p>")
        let neighbours = PageSection(
            "nodes", words("Nodes", "节点"),
            note: "<a href=\"/region\">\(words("the region", "区域详情"))</a>", RegionLooks(outlook, visit).map())
        let figures = PageSection(
            "node", words("This node", "这个节点"), StatusFigures(status: status, queue: queue).html(in: visit.scene))
        return Page(
            words("Start", "开始"), heading: heading, lead: HTML(lead),
            "<h2 class=\"hide\">\(words("What needs you", "要处理的"))</h2>\(.live("needs", top))"
                + .live("nodes", neighbours.html(in: visit.scene)) + .live("figures", figures.html(in: visit.scene)))
    }

    /// More than so many stand on the page of alerts.
    private static let shownNeeds = 30

    /// The way up; what is below stands in the region.
    private static func links(_ peers: [PeerInfo], _ visit: PageVisit) -> [NeedsList.Item] {
        let words = visit.words
        return peers.filter { $0.state != "up" && $0.relation == "parent" }.map { peer in
            guard peer.state != "paused" else { return paused(peer, visit) }
            let what = words("the parent", "上级")
            return NeedsList.Item(
                peer.mark,
                words(
                    "No link to \(what) \(visit.node.node(peer.node))", "与\(what) \(visit.node.node(peer.node)) 没有链路"),
                """
                \(visit.said(peer.reason)) \(words(
                    "This node works on; what it takes lies on its disk and follows by itself when the link is back.",
                    "本节点继续工作；接收的数据已落盘，恢复后自动补传。"))
                """, since: PageVisit.time(peer.since),
                action: .link(words("Look at the link", "看这条链路"), LinkPages.address(peer.node)))
        }
    }

    private static func paused(_ peer: PeerInfo, _ visit: PageVisit) -> NeedsList.Item {
        let words = visit.words
        return NeedsList.Item(
            .attention,
            words(
                "The link to the parent \(visit.node.node(peer.node)) is paused",
                "与上级 \(visit.node.node(peer.node)) 的链路已暂停"),
            """
            \(visit.said(peer.reason)) \(words(
                "It stays down over restarts; what this node takes lies on its disk until somebody resumes it.",
                "重启后仍然暂停；接收的数据留在本节点盘上，直到有人恢复。"))
            """, since: PageVisit.time(peer.pausedSince),
            action: .link(words("Resume, or see why", "恢复，或看为什么"), LinkPages.address(peer.node)))
    }

    private static func stuckItems(_ stuck: StuckListing, _ visit: PageVisit) -> [NeedsList.Item] {
        let words = visit.words
        let groups = Dictionary(grouping: stuck.items.filter(\.state.needsSomebody)) { $0.state }
        return groups.sorted { $0.key.rawValue < $1.key.rawValue }.map { state, items in
            let oldest = items.compactMap { PageVisit.time($0.since) }.min()
            return NeedsList.Item(
                state.mark, words("\(items.count) × \(words(state.word))", "\(items.count) 件\(words(state.word))"),
                HTML(words(state.consequence)), since: oldest,
                action: .link(words("See which", "看是哪些"), PageAddress("/queue", fragment: "stuck")))
        }
    }

    /// What the node says besides: its sentences stand in the person's language where somebody has them in it.
    private static func others(
        _ status: NodeInfo, _ visit: PageVisit, _ translating: ConsoleSite.Translating
    ) -> [NeedsList.Item] {
        let known = ["no link to the ", "the node's certificate runs out", "the ledger key ends at "]
        let counted = [" entries are set aside: see `ledger verify`", " forks are kept as evidence: see the log"]
        return status.concerns.filter { concern in
            !known.contains { concern.hasPrefix($0) } && !counted.contains { concern.hasSuffix($0) }
        }.map { concern in
            NeedsList.Item(
                .attention, translating(concern, visit.words.language), .empty,
                action: .link(visit.words("See the system", "看系统"), "/system"))
        }
    }
}
