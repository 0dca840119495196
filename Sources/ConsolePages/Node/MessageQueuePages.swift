import Console
import ConsoleKit
import Destinations
import Effects
import ServiceKit

/// The messages to hospitals' systems one by one: which wait, are held or lie beside, without what they say.
enum MessageQueuePages {
    static let routes = [
        PageRoute(
            .get, "/queue/messages", for: Roles.operators,
            asks: [DestinationEndpoints.messages.description, DestinationEndpoints.list.description]
        ) { .page(try await page($0)) },
        PageRoute(
            .get, "/queue/messages/export", for: Roles.operators, asks: [DestinationEndpoints.messages.description]
        ) { try await export($0) },
    ]

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let filter = MessageListFilter(visit.request.query)
        let listing = try await visit.ask(
            DestinationEndpoints.messages,
            filter.question(after: visit.request.query["after"], before: visit.request.query["before"]))
        let receivers = try await visit.ask(DestinationEndpoints.list).map(\.name).sorted()
        let shown = listing.messages
        let title = words("Messages to hospitals", "发往医院的报文")
        let held = shown.count { $0.state != .waiting }
        let heading =
            shown.isEmpty
            ? words("No message is here", "这里没有报文")
            : held == 0
                ? words.count(
                    shown.count, "message waits and goes by itself", "messages wait and go by themselves", "件报文在等、会自己走")
                : words(
                    "\(held) of the \(shown.count) messages shown need you", "显示的 \(shown.count) 件报文中 \(held) 件要您决定")
        return Page(
            title, eyebrow: words("Queues · one by one", "队列 · 逐件"), heading: heading,
            lead: HTML(
                words(
                    "The oldest come first. What they say is not shown: it is about patients.",
                    "最久的在前。内容与患者有关，不在这里显示。")),
            bar(filter, receivers, visit).html(in: visit.scene) + body(listing, filter, visit))
    }

    private static func bar(_ filter: MessageListFilter, _ receivers: [String], _ visit: PageVisit) -> FilterBar {
        let words = visit.words
        let states = DestinationEndpoints.Standing.allCases.map { FormField.Choice($0.rawValue, words($0.word)) }
        let all = FormField.Choice("", words("all", "全部"))
        let known = filter.to.isEmpty || receivers.contains(filter.to) ? receivers : receivers + [filter.to]
        return FilterBar(
            "/queue/messages", words("Filter the messages", "筛选报文"),
            [
                FormField(
                    "to", words("To", "去向"), .choice([all] + known.map { .init($0, $0) }), value: filter.to),
                FormField("state", words("State", "状态"), .choice([all] + states), value: filter.state?.rawValue ?? ""),
                FormField(
                    "older", words("Waiting longer than", "等了超过"), .choice(WaitingLonger.choices(words)),
                    value: filter.older),
            ], isInForce: filter.isInForce)
    }

    private static func body(
        _ listing: DestinationEndpoints.MessageListing, _ filter: MessageListFilter, _ visit: PageVisit
    ) -> HTML {
        let words = visit.words
        guard let first = listing.messages.first else {
            return EmptyState(
                filter.isInForce ? words("Nothing fits the filter", "没有符合筛选的") : words("Nothing waits", "没有等待的"),
                filter.isInForce
                    ? words("Clear it to see every message.", "清除筛选可看全部报文。")
                    : words("Every message has been taken by its hospital's system.", "报文都已被医院系统接收。")
            ).html(in: visit.scene)
        }
        let columns: [DataTable.Column] = [
            .init(words("Message", "报文")), .init(words("State", "状态")), .init(words("Why", "原因")),
            .number(words("Tried", "试过")), .number(words("Size", "大小")),
            DataTable.Column(words("Since", "自"), sorted: .ascending), .init(words("Next try", "下次")),
            .init(words("Action", "动作")),
        ]
        let rows = listing.messages.map { message -> [HTML] in
            let open = PageAction.link(words("Open", "打开"), filter.address(of: message.item), isSmall: true)
            return [
                "<span class=\"code\">\(message.item)</span><small class=\"note\">\(message.kind)</small>",
                message.state.mark.html(words, words(message.state.word)), reason(message, visit),
                HTML(words.grouped(message.attempts)), HTML(words.bytes(message.sizeBytes)),
                .each(PageVisit.time(message.madeAt)) { Moment($0).withAge(visit.scene) },
                PageVisit.time(message.due).map { HTML(Moment($0).short(seenFrom: visit.now)) } ?? "–",
                open.html(in: visit.scene),
            ]
        }
        let title = words("Messages", "报文")
        let pager = Pager(
            words(
                "\(listing.messages.count) messages from \(first.item) on",
                "从 \(first.item) 起 \(listing.messages.count) 件"),
            previous: listing.before.map { filter.address([("before", $0)]) },
            next: listing.after.map { filter.address([("after", $0)]) })
        let export = PageAction.link(
            words("Save the list as a file", "把列表存成文件"),
            PageAddress("/queue/messages/export", filter.parts), isSmall: true)
        return DataTable(title, columns, rows).html(in: visit.scene) + pager.html(in: visit.scene)
            + "<p class=\"block-s\">\(export.html(in: visit.scene))</p>"
    }

    static func reason(_ message: DestinationEndpoints.QueuedMessage, _ visit: PageVisit) -> HTML {
        guard !message.reason.isEmpty || !message.code.isEmpty else { return "–" }
        // An operator's own words are in whatever language they were written.
        let text = message.state == .held && message.code == heldByHand ? message.reason : visit.said(message.reason)
        return "\(text)\(.when(!message.code.isEmpty, "<small class=\"note code\">\(message.code)</small>"))"
    }

    private static let heldByHand = "destination.heldByHand"

    // MARK: A file of it

    /// How many messages a file lists at most.
    private static let exportedMessages = 10_000

    private static func export(_ visit: PageVisit) async throws -> PageOutcome {
        let words = visit.words
        let filter = MessageListFilter(visit.request.query)
        var lines = [
            [
                words("message", "报文"), words("to", "去向"), words("kind", "种类"), words("control id", "控制号"),
                words("state", "状态"), words("since", "自"), words("next try", "下次"), words("tried", "试过"),
                words("bytes", "字节"), words("code", "代码"), words("why", "原因"),
            ]
        ]
        var after = ""
        while lines.count <= exportedMessages {
            var question = filter.question(after: after)
            question.limit = Limits.messagesListed
            let listing = try await visit.ask(DestinationEndpoints.messages, question)
            lines += listing.messages.map { message in
                [
                    message.item, message.receiver, message.kind, message.controlID, words(message.state.word),
                    message.madeAt, message.due ?? "", "\(message.attempts)", "\(message.sizeBytes)", message.code,
                    message.reason,
                ]
            }
            guard let next = listing.after else { break }
            after = next
        }
        let text = lines.prefix(exportedMessages + 1).map { $0.map(SeparatedText.cell).joined(separator: ",") + "\r\n" }
        return .file(name: "messages.csv", type: "text/csv; charset=utf-8", Array(text.joined().utf8))
    }
}

/// What narrows a list of messages; all of it stands in the address.
struct MessageListFilter {
    let to: String
    let state: DestinationEndpoints.Standing?
    let older: String

    init(_ form: FormData) {
        to = form["to"]
        state = DestinationEndpoints.Standing(rawValue: form["state"])
        older = form["older"]
    }

    /// Everything for one receiver.
    init(to receiver: String) { (to, state, older) = (receiver, nil, "") }

    var isInForce: Bool { !parts.isEmpty }

    var parts: [(String, String)] {
        [("to", to), ("state", state?.rawValue ?? ""), ("older", older)].filter { !$0.1.isEmpty }
    }

    var hidden: [String: String] { Dictionary(parts, uniquingKeysWith: { $1 }) }

    func address(_ more: [(String, String)] = []) -> PageAddress { PageAddress("/queue/messages", parts + more) }

    /// The page of one message within this list.
    func address(of item: String) -> PageAddress {
        PageAddress("/queue/message", [("item", item), ("in", "list")] + parts)
    }

    func question(after: String = "", before: String = "") -> DestinationEndpoints.MessageQuestion {
        .init(
            receiver: to.isEmpty ? nil : to, state: state, olderSeconds: WaitingLonger.seconds(older),
            after: after.isEmpty ? nil : after, before: before.isEmpty ? nil : before)
    }

    func look(at item: String) -> DestinationEndpoints.MessageLook {
        .init(
            item: item, receiver: to.isEmpty ? nil : to, state: state, olderSeconds: WaitingLonger.seconds(older))
    }
}

/// How long something has waited, as filters offer it.
enum WaitingLonger {
    static func seconds(_ word: String) -> Int64? { ["10m": 600, "1h": 3_600, "1d": 86_400][word] }

    static func choices(_ words: Words) -> [FormField.Choice] {
        [
            .init("", words("any time", "不限")), .init("10m", words("10 minutes", "10 分")),
            .init("1h", words("1 hour", "1 小时")), .init("1d", words("1 day", "1 天")),
        ]
    }
}

/// Cells of a file of lines that a spreadsheet opens.
enum SeparatedText {
    /// In quotation marks where it needs them.
    ///
    /// What a spreadsheet would calculate begins with an apostrophe.
    static func cell(_ text: String) -> String {
        var text = PlainText.line(text)
        if let first = text.first, "=+-@".contains(first) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}

extension DestinationEndpoints.Standing {
    var mark: StateMark {
        switch self {
        case .waiting: .waiting
        case .held: .held
        case .beside: .attention
        }
    }

    var word: Wording {
        switch self {
        case .waiting: Wording("waiting", "等待")
        case .held: Wording("held", "扣留")
        case .beside: Wording("beside the queue", "放在旁边")
        }
    }
}
