import Console
import ConsoleKit
import Destinations
import Effects
import ServiceKit

/// What waits and why: first the few reasons, then what needs somebody, then every item.
enum QueuePages {
    static let routes = [
        PageRoute(
            .get, "/queue", for: Roles.operators, menu: .init(.network, Wording("Queues", "队列")),
            asks: [QueueEndpoints.list.description, QueueEndpoints.stuck.description]
        ) { .page(try await page($0)) },
        PageRoute(.get, "/queue/export", for: Roles.operators, asks: [QueueEndpoints.export.description]) { visit in
            let neighbour = visit.request.query["neighbour"]
            let bytes = try await visit.ask(QueueEndpoints.export, .init(neighbour: neighbour))
            let name = String(neighbour.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            return .file(name: "queue-\(name).yilian", type: "application/octet-stream", bytes)
        },
    ]

    /// What narrows the list; all of it stands in the address.
    private struct Filter {
        let to: String
        let olderSeconds: Int64
        let older: String

        init(_ query: FormData) {
            to = query["to"]
            older = query["older"]
            olderSeconds = WaitingLonger.seconds(older) ?? 0
        }

        var isInForce: Bool { !to.isEmpty || olderSeconds > 0 }

        func takes(_ item: QueueItemInfo) -> Bool {
            (to.isEmpty || item.neighbour == to) && (item.oldestAgeSeconds ?? 0) >= olderSeconds
        }
    }

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let items = try await visit.ask(QueueEndpoints.list)
        let stuck = try await visit.ask(QueueEndpoints.stuck)
        let waiting = items.reduce(0) { $0 + $1.entries }
        let needing = stuck.items.count(where: \.state.needsSomebody)
        let title = words("Queues", "队列")
        let heading =
            waiting == 0 && needing == 0
            ? words("Nothing waits", "没有等待的")
            : words(
                "\(words.grouped(waiting)) entries wait and go by themselves, \(needing) need you",
                "\(words.grouped(waiting)) 条在等、会自己走，\(needing) 件要您决定")
        let lead: HTML =
            waiting == 0
            ? HTML(
                words("Everything that was written has reached the neighbours that are to have it.", "写下的都已到达应得的邻居。"))
            : HTML(
                words(
                    "What waits stays on this node's disk and goes when the other side is there.", "等待的都在本节点盘上，对方一到就发。")
            )
        return Page(
            title, heading: heading, lead: lead,
            .live("reasons", reasons(items, visit)) + .live("stuck", stuckSection(stuck, visit))
                + list(items, Filter(visit.request.query), visit))
    }

    private static func reasons(_ items: [QueueItemInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        let groups = Dictionary(grouping: items) { $0.neighbour }
        guard !groups.isEmpty else { return .empty }
        let rows = groups.sorted { left, right in
            let counts = (left.value.reduce(0) { $0 + $1.entries }, right.value.reduce(0) { $0 + $1.entries })
            return (counts.1, left.key) < (counts.0, right.key)
        }.map { neighbour, items -> ReasonList.Item in
            let reason = items.map(\.reason).first { !$0.isEmpty } ?? ""
            let oldest = items.compactMap(\.oldestAgeSeconds).max()
            return ReasonList.Item(
                .waiting, state: words("waiting", "等待"), neighbour,
                reason.isEmpty ? HTML(words("It is being sent.", "正在发送。")) : HTML(visit.said(reason)),
                count: words.grouped(items.reduce(0) { $0 + $1.entries }), unit: words("entries", "条"),
                since: .each(oldest) { seconds in
                    HTML(words("oldest \(words.span(seconds: seconds))", "最久 \(words.span(seconds: seconds))"))
                },
                action: .link(
                    words("Only these", "只看这些"), PageAddress("/queue", [("to", neighbour)], fragment: "items"),
                    isSmall: true))
        }
        return PageSection(
            "reasons", words("Why", "为什么等"), note: HTML(words("one line for each receiver", "一行一个去向")),
            ReasonList(rows).html(in: visit.scene)
        ).html(in: visit.scene)
    }

    private static func stuckSection(_ stuck: StuckListing, _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !stuck.items.isEmpty else { return .empty }
        let columns: [DataTable.Column] = [
            .init(words("What", "内容")), .init(words("State", "状态")), .init(words("Why", "原因")),
            .init(words("Way out", "出路")), .init(words("Since", "自")), .init(words("Action", "动作")),
        ]
        let rows = stuck.items.map { item -> [HTML] in
            let isMessage = item.state == .messageHeld || item.state == .messageRefused
            let decide = PageAction.link(
                words("Decide…", "处理…"), PageAddress("/queue/message", [("item", item.item)]), isSmall: true)
            return [
                "<span class=\"code\">\(item.item)</span>\(.when(!item.node.isEmpty, "<small class=\"note\">\(item.node)</small>"))",
                item.state.mark.html(words, words(item.state.word)),
                "\(visit.said(item.reason))\(.when(!item.code.isEmpty, "<small class=\"note code\">\(item.code)</small>"))",
                HTML(visit.said(item.wayOut)), .each(PageVisit.time(item.since)) { Moment($0).withAge(visit.scene) },
                isMessage ? decide.html(in: visit.scene) : "–",
            ]
        }
        let more = HTML.when(
            stuck.isTruncated,
            "<p class=\"note\">\(words("There are more: the first of each state are shown.", "还有更多：每种状态只显示最前的。"))</p>")
        return PageSection(
            "stuck", words("What does not go by itself", "不会自己走的"),
            DataTable(words("What does not go by itself", "不会自己走的"), columns, rows).html(in: visit.scene) + more
        ).html(in: visit.scene)
    }

    private static func list(_ items: [QueueItemInfo], _ filter: Filter, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let receivers = Set(items.map(\.neighbour)).sorted()
        let bar = FilterBar(
            "/queue", words("Filter the queue", "筛选队列"),
            [
                FormField(
                    "to", words("To", "去向"),
                    .choice([.init("", words("all", "全部"))] + receivers.map { .init($0, $0) }), value: filter.to),
                FormField(
                    "older", words("Waiting longer than", "等了超过"),
                    .choice(WaitingLonger.choices(words)), value: filter.older),
            ], isInForce: filter.isInForce)
        let shown = items.filter(filter.takes).sorted { ($0.oldestAgeSeconds ?? 0) > ($1.oldestAgeSeconds ?? 0) }
        let body: HTML
        if shown.isEmpty {
            body = EmptyState(
                filter.isInForce
                    ? words("Nothing fits the filter", "没有符合筛选的") : words("Nothing waits", "没有等待的"),
                filter.isInForce
                    ? words("There are \(items.count) lines without it.", "不筛选时有 \(items.count) 行。")
                    : words("Everything has gone out.", "都已发出。")
            ).html(in: visit.scene)
        } else {
            body = table(shown, visit)
        }
        return PageSection(
            "items", words("One by one", "逐项"),
            note: HTML(words("the filter stands in the address and can be passed on", "筛选写在网址里，可以转给同事")),
            bar.html(in: visit.scene) + body
        ).html(in: visit.scene)
    }

    private static func table(_ items: [QueueItemInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        let columns: [DataTable.Column] = [
            .init(words("To", "去向")), .init(words("What", "内容")), .init(words("Why it waits", "为什么等")),
            .number(words("Entries", "条数")), .number(words("Size", "大小")),
            DataTable.Column(words("Waiting", "等了"), isNumber: true, sorted: .descending),
            .init(words("Action", "动作")),
        ]
        let rows = items.map { item -> [HTML] in
            let export = PageAction.link(
                words("Export", "导出"), PageAddress("/queue/export", [("neighbour", item.neighbour)]), isSmall: true)
            return [
                HTML(item.neighbour), "<span class=\"code\">\(item.chain)</span>", HTML(visit.said(item.reason)),
                HTML(words.grouped(item.entries)), HTML(words.bytes(item.bytes)),
                HTML(item.oldestAgeSeconds.map { words.span(seconds: $0) } ?? "–"),
                item.batches > 0
                    ? export.html(in: visit.scene)
                    : item.chain == DestinationsService.queueName
                        ? oneByOne(item.neighbour, visit).html(in: visit.scene) : "–",
            ]
        }
        return DataTable(words("What waits", "等待的内容"), columns, rows).html(in: visit.scene)
    }

    private static func oneByOne(_ receiver: String, _ visit: PageVisit) -> PageAction {
        .link(visit.words("One by one", "逐件看"), MessageListFilter(to: receiver).address(), isSmall: true)
    }
}
