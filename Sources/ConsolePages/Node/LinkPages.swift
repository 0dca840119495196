import Console
import ConsoleKit
import Effects
import ServiceKit

/// The neighbours and their links: which is up, since when, and why not.
enum LinkPages {
    static let routes = [
        PageRoute(
            .get, "/links", for: Roles.keepers, menu: .init(.network, Wording("Links", "链路")),
            asks: [NodeEndpoints.peers.description, RegionEndpoints.show.description]
        ) { .page(try await page($0)) }
    ]

    /// The page of one link.
    static func address(_ node: String) -> PageAddress { PageAddress("/links/one", [("node", node)]) }

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let peers = try await visit.ask(NodeEndpoints.peers).sorted { left, right in
            (left.mark.rank, left.node) < (right.mark.rank, right.node)
        }
        let region = try await visit.ask(RegionEndpoints.show)
        let names = Dictionary(region.nodes.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let up = peers.count { $0.state == "up" }
        let paused = peers.count { $0.state == "paused" }
        let title = words("Links", "链路")
        guard !peers.isEmpty else {
            let empty = EmptyState(
                words("No neighbours yet", "还没有邻居"),
                words(
                    "The region's configuration names them; a child dials in by itself when it starts.",
                    "邻居写在区域配置里；下级节点启动后会自己拨进来。"))
            return Page(title, heading: words("This node has no neighbours", "本节点没有邻居"), empty.html(in: visit.scene))
        }
        let heading =
            up == peers.count
            ? words("All \(up) links are up", "\(up) 条链路都通")
            : words("\(up) of \(peers.count) links are up", "\(peers.count) 条链路中 \(up) 条通")
                + (paused == 0 ? "" : words(", \(paused) paused", "，\(paused) 条暂停"))
        let columns: [DataTable.Column] = [
            .init(words("Node", "节点")), .init(words("State", "状态")), .init(words("Since", "自")),
            .number(words("Round trip", "往返")), .number(words("Clock", "时钟差")),
            .number(words("Configuration", "配置")), .init(words("Release", "版本")),
            .number(words("Received", "收")), .number(words("Sent", "发")), .init(words("Action", "动作")),
        ]
        let rows = peers.map { row($0, names, version: region.version, visit) }
        let table = DataTable(title, columns, rows, hasRowHeads: true)
        return Page(
            title, heading: heading,
            lead: HTML(words("Worst first. A link that is down is dialled again by itself.", "最差的在前。断开的链路会自己重拨。")),
            .live("links", table.html(in: visit.scene)))
    }

    private static func row(
        _ peer: PeerInfo, _ names: [String: String], version: UInt64, _ visit: PageVisit
    ) -> [HTML] {
        let words = visit.words
        let relation = peer.relation == "parent" ? words("parent", "上级") : words("child", "下级")
        let why = visit.said(peer.reason)
        let state: HTML = """
            \(peer.mark.html(words, words(peer.stateWord)))\(.when(!why.isEmpty, "<small class=\"note\">\(why)</small>"))
            """
        let configuration: HTML = .each(peer.configurationVersion) { number in
            number < version ? StateMark.stale.html(words, "\(number)") : HTML("\(number)")
        }
        return [
            """
            <a id="n-\(peer.node)" href="\(address(peer.node).text)">\(names[peer.node] ?? peer.node)</a>\
            <small class="note code">\(peer.node) · \(relation)</small>
            """,
            state, .each(PageVisit.time(peer.since)) { Moment($0).withAge(visit.scene) },
            HTML(peer.roundTripMilliseconds.map { words("\($0) ms", "\($0) 毫秒") } ?? "–"),
            HTML(peer.clockDifferenceMilliseconds.map { words("\($0) ms", "\($0) 毫秒") } ?? "–"),
            configuration.isEmpty ? "–" : configuration, HTML(peer.release ?? "–"),
            HTML(words.bytes(peer.receivedBytes)), HTML(words.bytes(peer.sentBytes)),
            PageAction.link(words("Test, pause", "测试、暂停"), address(peer.node), isSmall: true).html(in: visit.scene),
        ]
    }
}

extension PeerInfo {
    /// How the link is: a child that dials is not broken yet, a parent that does not answer is.
    var mark: StateMark {
        switch state {
        case "up": reason.isEmpty ? .ok : .attention
        case "connecting": .waiting
        case "waiting", "down": .broken
        case "paused": .held
        default: .unknown
        }
    }

    var stateWord: Wording {
        switch state {
        case "up": Wording("up", "通")
        case "connecting": Wording("connecting", "正在连接")
        case "waiting": Wording("waiting", "等待重拨")
        case "down": Wording("down", "断开")
        case "paused": Wording("paused", "暂停")
        default: Wording(state, state)
        }
    }
}
