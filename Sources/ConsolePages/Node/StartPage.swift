import Console
import ConsoleKit
import Destinations
import Effects
import ServiceKit

/// The first page: what needs somebody now, each with its one action; whoever keeps no node sees where to go.
enum StartPage {
    static func route(_ translating: @escaping ConsoleSite.Translating) -> PageRoute {
        PageRoute(
            .get, "/", for: Roles.everybody, menu: .init(.present, Wording("Start", "开始")),
            asks: [
                NodeEndpoints.status.description, NodeEndpoints.peers.description, QueueEndpoints.stuck.description,
                QueueEndpoints.list.description,
            ]
        ) { visit in
            guard visit.visitor.roles.contains(.operator) else { return .page(greeting(visit)) }
            return .page(try await page(visit, translating))
        }
    }

    /// Somebody who keeps no node: the menu is what one came for.
    private static func greeting(_ visit: PageVisit) -> Page {
        let words = visit.words
        let roles = ConsoleRole.allCases.filter(visit.visitor.roles.contains).map { words($0.word) }
        let heading =
            roles.isEmpty
            ? words("No role has been granted to you yet", "还没有授予您任何角色")
            : words("Good day, \(visit.visitor.name)", "\(visit.visitor.name)，您好")
        let text =
            roles.isEmpty
            ? words("The security administrator grants roles.", "角色由安全管理员授予。")
            : words(
                "The menu has what your role opens: \(roles.joined(separator: ", ")).",
                "菜单里是您的角色能打开的页面：\(roles.joined(separator: "、"))。")
        return Page(words("Start", "开始"), heading: heading, lead: HTML(text), .empty)
    }

    private static func page(_ visit: PageVisit, _ translating: ConsoleSite.Translating) async throws -> Page {
        let status = try await visit.ask(NodeEndpoints.status)
        let peers = try await visit.ask(NodeEndpoints.peers)
        let stuck = try await visit.ask(QueueEndpoints.stuck)
        let queue = try await visit.ask(QueueEndpoints.list)
        let words = visit.words
        let needs = NeedsList(
            links(peers, visit) + stuckItems(stuck, visit) + expiries(status, visit)
                + others(status, visit, translating))
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
            : needs.html(in: visit.scene)
        let tiles = TileMap.tiles(peers.map { LinkPages.tile($0, visit.node) }, visit.scene)
        let neighbours = PageSection(
            "neighbours", words("Neighbours", "邻居"),
            note: "<a href=\"/links\">\(words("all about the links", "链路详情"))</a>", tiles)
        let figures = PageSection(
            "node", words("This node", "这个节点"), StatusFigures(status: status, queue: queue).html(in: visit.scene))
        return Page(
            words("Start", "开始"), heading: heading, lead: HTML(lead),
            "<h2 class=\"hide\">\(words("What needs you", "要处理的"))</h2>\(top)"
                + neighbours.html(in: visit.scene) + figures.html(in: visit.scene))
    }

    private static func links(_ peers: [PeerInfo], _ visit: PageVisit) -> [NeedsList.Item] {
        let words = visit.words
        return peers.filter { $0.state != "up" }.map { peer in
            let what = peer.relation == "parent" ? words("the parent", "上级") : words("the child", "下级")
            return NeedsList.Item(
                peer.mark,
                words(
                    "No link to \(what) \(visit.node.node(peer.node))", "与\(what) \(visit.node.node(peer.node)) 没有链路"),
                """
                \(peer.explanation(words)) \(words(
                    "Its data stays on its own disk and follows by itself when the link is back.",
                    "数据在对方本地继续保存，恢复后自动补传。"))
                """, since: PageVisit.time(peer.since),
                action: .link(words("Look at the link", "看这条链路"), PageAddress("/links", fragment: "n-\(peer.node)")))
        }
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

    private static let warningDays: Int64 = 30

    private static func expiries(_ status: NodeInfo, _ visit: PageVisit) -> [NeedsList.Item] {
        let words = visit.words
        let ends: [(Wording, String?)] = [
            (Wording("certificate", "证书"), status.certificateExpiresAt),
            (Wording("ledger key", "账本密钥"), status.ledgerKeyEndsAt),
        ]
        return ends.compactMap { name, end in
            guard let end = PageVisit.time(end) else { return nil }
            let left = end.milliseconds(since: visit.now) / 86_400_000
            guard left < warningDays else { return nil }
            let title =
                end < visit.now
                ? words("The node's \(words(name)) has run out", "本节点\(words(name))已到期")
                : words("The node's \(words(name)) runs out in \(left) days", "本节点\(words(name)) \(left) 天后到期")
            return NeedsList.Item(
                end < visit.now ? .broken : .attention, title,
                HTML(
                    words(
                        "It ends on \(Moment(end).day). Old and new hold side by side for a while; nothing is stopped.",
                        "\(Moment(end).day) 到期。新旧会同时有效一段时间，不用停机。")),
                action: .link(words("How to renew", "怎样续签"), "/certificates"))
        }
    }

    /// What the node says besides: its sentences stand in the person's language where somebody has them in it.
    private static func others(
        _ status: NodeInfo, _ visit: PageVisit, _ translating: ConsoleSite.Translating
    ) -> [NeedsList.Item] {
        let known = ["no link to the ", "the node's certificate runs out"]
        return status.concerns.filter { concern in !known.contains { concern.hasPrefix($0) } }.map { concern in
            NeedsList.Item(
                .attention, translating(concern, visit.words.language), .empty,
                action: .link(visit.words("See the system", "看系统"), "/system"))
        }
    }
}
