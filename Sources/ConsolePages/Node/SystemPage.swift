import Console
import ConsoleKit
import Effects
import ServiceKit

/// Versions, disk, ledger, where the node listens, and how much it logs.
enum SystemPage {
    static let routes = [
        PageRoute(
            .get, "/system", for: Roles.keepers, menu: .init(.node, Wording("System", "系统")),
            asks: [
                NodeEndpoints.status.description, NodeEndpoints.logLevel.description, QueueEndpoints.list.description,
            ]
        ) { .page(try await page($0)) },
        PageRoute(.post, "/system/log", for: Roles.operators, asks: [NodeEndpoints.setLogLevel.description]) { visit in
            let info = try await visit.ask(NodeEndpoints.setLogLevel, .init(level: visit.request.form["level"]))
            return .redirect(
                "/system", notice: Wording("The log is at \(info.level) now.", "日志级别现在是 \(info.level)。"))
        },
    ]

    private static let levels = ["trace", "debug", "info", "notice", "warning", "error"]

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let status = try await visit.ask(NodeEndpoints.status)
        let queue = try await visit.ask(QueueEndpoints.list)
        let log = try await visit.ask(NodeEndpoints.logLevel)
        let heading =
            status.concerns.isEmpty
            ? words("The node is well", "节点正常")
            : words("\(status.concerns.count) things need a look", "有 \(status.concerns.count) 件要看")
        let concerns = HTML.when(
            !status.concerns.isEmpty,
            PageSection(
                "concerns", words("What the node says", "节点自己说的"),
                Timeline(status.concerns.map { .init(nil, HTML($0)) }).html(in: visit.scene)
            ).html(in: visit.scene))
        return Page(
            words("System", "系统"), heading: heading,
            StatusFigures(status: status, queue: queue).html(in: visit.scene) + concerns + ledger(status, visit)
                + listeners(status, visit) + logForm(log.level, visit))
    }

    private static func ledger(_ status: NodeInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let ledger = status.ledger
        let rows = [(words("all chains", "全部链"), ledger.all), (words("own chains", "自己的链"), ledger.own)].map {
            name, part -> [HTML] in
            [
                HTML(name), HTML(words.grouped(part.batches)), HTML(words.grouped(part.entries)),
                HTML(words.bytes(part.rawBytes)), HTML(words.bytes(part.storedBytes)),
            ]
        }
        let title = words("Ledger", "账本")
        let table = DataTable(
            title,
            [
                .init(words("Chains", "链")), .number(words("Batches", "批次")), .number(words("Entries", "条目")),
                .number(words("Before compression", "压缩前")), .number(words("On disk", "盘上")),
            ], rows, hasRowHeads: true)
        let note = words(
            "\(ledger.held) held, \(ledger.setAside) set aside, \(ledger.forks) forks",
            "等前一条 \(ledger.held)，搁置 \(ledger.setAside)，分叉 \(ledger.forks)")
        return PageSection("ledger", title, note: HTML(note), table.html(in: visit.scene)).html(in: visit.scene)
    }

    private static func listeners(_ status: NodeInfo, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let addresses = status.addresses
        var items: [(String, HTML)] = [
            (words("Links", "链路"), HTML(addresses.link ?? "–")), ("HTTPS", HTML(addresses.https ?? "–")),
            (words("Health", "健康检查"), HTML(addresses.health)),
            (words("Socket", "套接字"), "<code>\(addresses.socket)</code>"),
        ]
        items += addresses.mllp.map { ("MLLP \($0.unit)", HTML($0.address)) }
        return PageSection("listeners", words("Where it listens", "监听"), Pairs(items).html(in: visit.scene))
            .html(in: visit.scene)
    }

    private static func logForm(_ level: String, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let field = FormField(
            "level", words("From this level on", "从这一级起"), .choice(levels.map { .init($0, $0) }),
            hint: words("until the node's file is read again", "到重新读取节点文件为止"), value: level)
        let form = FormView("/system/log", [field], submit: words("Change the level", "改日志级别"), style: .plain)
        let body: HTML =
            visit.visitor.roles.contains(.operator) ? form.html(in: visit.scene) : "<p>\(level)</p>"
        return PageSection("log", words("Log", "日志"), body).html(in: visit.scene)
    }
}
