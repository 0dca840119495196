import Console
import ConsoleKit
import Effects
import ServiceKit

/// What became of hospitals' messages; nothing of their content.
enum MessagePages {
    static let routes = [
        PageRoute(
            .get, "/messages", for: [.operator, .qualityControl], menu: .init(.network, Wording("Messages", "消息")),
            asks: [MessageEndpoints.list.description]
        ) { .page(try await page($0)) }
    ]

    private static let shown: UInt32 = 100

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let onlyRefused = visit.request.query["only"] == "refused"
        let messages = try await visit.ask(
            MessageEndpoints.list, .init(refused: onlyRefused ? true : nil, limit: shown))
        let refused = messages.count { $0.outcome == "refused" || $0.outcome == "notStored" }
        let title = words("Messages", "消息")
        let heading =
            messages.isEmpty
            ? words("No messages have come", "还没有报文来过")
            : refused == 0
                ? words("None of the last \(messages.count) messages was refused", "最近 \(messages.count) 条报文都收下了")
                : words(
                    "\(refused) of the last \(messages.count) messages were refused",
                    "最近 \(messages.count) 条报文中 \(refused) 条被拒收")
        let bar = FilterBar(
            "/messages", words("Filter the messages", "筛选报文"),
            [
                FormField(
                    "only", words("Outcome", "结果"),
                    .choice([
                        .init("", words("all", "全部")), .init("refused", words("only refused", "只看被拒收的")),
                    ]), value: onlyRefused ? "refused" : "")
            ], isInForce: onlyRefused)
        let body: HTML =
            messages.isEmpty
            ? EmptyState(
                onlyRefused ? words("None was refused", "没有被拒收的") : words("Nothing has come yet", "还没有"),
                words(
                    "Refused messages are remembered since the node's start; their content is not kept.",
                    "被拒收的报文从节点启动起记住；内容不保存。")
            ).html(in: visit.scene)
            : table(messages, visit)
        return Page(
            title, heading: heading,
            lead: HTML(
                words(
                    "Place and reason of a refusal stand here; the content of a message is not kept. A corrected message may be sent with the same id.",
                    "这里有拒收的位置和原因；报文内容不保存。改好后可用同一编号重发。")),
            bar.html(in: visit.scene) + body)
    }

    private static func table(_ messages: [MessageInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        let columns: [DataTable.Column] = [
            .init(words("Came", "时间")), .init(words("Message", "报文")), .init(words("Unit", "机构")),
            .init(words("Outcome", "结果")), .init(words("Why", "原因")),
        ]
        let rows = messages.map { message -> [HTML] in
            let problems = message.problems.prefix(3).map { "<small>\($0)</small>" as HTML }
            let more: HTML = .when(
                message.problems.count > 3, "<small class=\"note\">+\(max(0, message.problems.count - 3))</small>")
            let log: HTML = .each(message.correlation) { "<small class=\"note code\">\($0)</small>" }
            return [
                .each(PageVisit.time(message.receivedAt)) { Moment($0).withAge(visit.scene) },
                "<span class=\"code\">\(message.message.isEmpty ? "–" : message.message)</span>",
                HTML(message.institution),
                mark(message).html(words, words(word(message.outcome))),
                "\(Array(problems))\(more)\(log)",
            ]
        }
        return DataTable(words("Messages", "报文"), columns, rows).html(in: visit.scene)
    }

    private static func mark(_ message: MessageInfo) -> StateMark {
        switch message.outcome {
        case "accepted", "duplicate": .ok
        case "refused": .attention
        case "notStored": .broken
        default: .unknown
        }
    }

    private static func word(_ outcome: String) -> Wording {
        switch outcome {
        case "accepted": Wording("taken", "收下")
        case "duplicate": Wording("taken before", "之前已收")
        case "refused": Wording("refused", "被拒收")
        case "notStored": Wording("not kept, to be sent again", "没有存下，请重发")
        default: Wording(outcome, outcome)
        }
    }
}
