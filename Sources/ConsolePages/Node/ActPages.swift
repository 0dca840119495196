import Console
import ConsoleKit
import Effects
import ServiceKit

/// What operators did and why, for those who watch them and for themselves.
enum ActPages {
    static let routes = [
        PageRoute(
            .get, "/acts", for: [.operator, .auditor, .auditAdministrator],
            menu: .init(.node, Wording("Operators' acts", "操作记录")), asks: [ActEndpoints.list.description]
        ) { .page(try await page($0)) }
    ]

    private static func page(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let listing = try await visit.ask(
            ActEndpoints.list, .init(before: Int64(visit.request.query["before"])))
        let title = words("Operators' acts", "操作记录")
        guard let newest = listing.acts.first else {
            let empty = EmptyState(
                words("Nothing yet", "还没有"),
                words("No operator has held, dropped or paused anything.", "操作员还没有扣留、丢弃或暂停过什么。"))
            return Page(
                title, heading: words("No operator has done anything here", "还没有操作记录"), empty.html(in: visit.scene))
        }
        let rows = listing.acts.map { act -> [HTML] in
            [
                .each(PageVisit.time(act.at)) { Moment($0).withAge(visit.scene) },
                act.action.mark.html(words, words(act.action.word)), "<span class=\"code\">\(act.item)</span>",
                "<span class=\"code\">\(act.actor)</span>", act.reason.isEmpty ? "–" : HTML(act.reason),
            ]
        }
        let table = DataTable(
            title,
            [
                DataTable.Column(words("Time", "时间"), sorted: .descending), .init(words("What", "内容")),
                .init(words("Of", "对象")), .init(words("By", "由谁")), .init(words("Reason", "原因")),
            ], rows)
        let pager = Pager(
            words("\(listing.acts.count) acts", "\(listing.acts.count) 条"),
            next: listing.next.map { PageAddress("/acts", [("before", "\($0)")]) })
        return Page(
            title,
            heading: words(
                "The last act was: \(words(newest.action.word)), by \(newest.actor)",
                "最近一次：\(newest.actor) \(words(newest.action.word))"),
            lead: HTML(
                words(
                    "Kept for 200 days. 'node' is whoever works on the node's own machine.",
                    "保存 200 天。「node」是在节点机器上操作的人。")),
            table.html(in: visit.scene) + pager.html(in: visit.scene))
    }
}

extension OperatorAct.Action {
    var mark: StateMark {
        switch self {
        case .messageDropped: .attention
        case .messageHeld, .linkPaused: .held
        case .messageResent, .messageReleased, .linkResumed, .backupMade: .ok
        }
    }

    var word: Wording {
        switch self {
        case .messageResent: Wording("sent a message again", "重发报文")
        case .messageHeld: Wording("held a message", "扣留报文")
        case .messageReleased: Wording("released a message", "放行报文")
        case .messageDropped: Wording("dropped a message", "丢弃报文")
        case .linkPaused: Wording("paused a link", "暂停链路")
        case .linkResumed: Wording("resumed a link", "恢复链路")
        case .backupMade: Wording("made a backup", "做备份")
        }
    }
}
