package import ConsoleKit
import Effects
import Inventory
import ServiceKit

/// Beds, outpatient numbers and examination slots: what is there, and what is held.
package enum InventoryWork: ServicePages {
    private static let practitioners: Set<ConsoleRole> = [.doctor, .expert]

    package static let routes = [
        PageRoute(
            .get, "/inventories", for: practitioners, menu: .init(.work, Wording("Beds and slots", "床位号源")),
            asks: [InventoryEndpoints.list.description, InventoryEndpoints.holds.description]
        ) { .page(try await list($0)) },
        PageRoute(
            .get, "/inventories/one", for: practitioners,
            asks: [InventoryEndpoints.list.description, InventoryEndpoints.stock.description]
        ) { .page(try await one($0)) },
        PageRoute(.post, "/inventories/hold", for: practitioners, asks: [InventoryEndpoints.hold.description]) {
            visit in
            let form = visit.request.form
            let receipt = try await visit.ask(
                InventoryEndpoints.hold,
                .init(
                    inventory: form["inventory"], lot: form["lot"].isEmpty ? nil : form["lot"],
                    practitioner: try visit.practitioner(), unit: visit.visitor.unit))
            return .redirect(
                "/inventories",
                notice: Wording(
                    "Unit \(receipt.unit) of \(receipt.lot) is held.", "已占用 \(receipt.lot) 的第 \(receipt.unit) 个。"))
        },
        action("confirm", InventoryEndpoints.confirm, Wording("The hold is confirmed.", "占用已确认。")),
        action("release", InventoryEndpoints.release, Wording("The hold was given back.", "占用已退回。")),
        action("take-back", InventoryEndpoints.takeBack, Wording("The wish was taken back.", "意愿已收回。")),
    ]

    private static func action<Answer: Sendable>(
        _ name: StaticString, _ endpoint: Endpoint<HoldAction, Answer>, _ notice: Wording
    ) -> PageRoute {
        PageRoute(.post, "/inventories/\(name)", for: practitioners, asks: [endpoint.description]) { visit in
            _ = try await visit.ask(
                endpoint,
                .init(
                    hold: visit.request.form["hold"], practitioner: try visit.practitioner(), unit: visit.visitor.unit))
            return .redirect("/inventories", notice: notice)
        }
    }

    // MARK: What there is

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let inventories = try await visit.ask(InventoryEndpoints.list)
        let holds = try await visit.ask(InventoryEndpoints.holds, .init(limit: 100))
        let open = holds.filter { ["held", "confirmed", "wished"].contains($0.state) }
        let title = words("Beds and slots", "床位号源")
        let columns: [DataTable.Column] = [
            .init(words("Name", "名称")), .init(words("Kind", "种类")), .init(words("Where", "在哪")),
            .number(words("A hold lasts", "占用时长")), .init(words("Stock", "余量")),
        ]
        let rows = inventories.map { inventory -> [HTML] in
            let look = PageAction.link(
                words("What is there", "看余量"), PageAddress("/inventories/one", [("id", inventory.inventory)]),
                isSmall: true)
            return [
                "\(inventory.name)<small class=\"note code\">\(inventory.inventory)</small>",
                HTML(words(kind(inventory.kind))),
                "\(visit.node.unit(inventory.unit))<small class=\"note\">\(visit.node.node(inventory.owner))</small>",
                HTML(words.span(seconds: Int64(inventory.holdSeconds))), look.html(in: visit.scene),
            ]
        }
        let table: HTML =
            rows.isEmpty
            ? EmptyState(
                words("The region has none", "区域里没有"),
                words("They stand in the region's configuration.", "它们写在区域配置里。")
            ).html(in: visit.scene)
            : DataTable(title, columns, rows, hasRowHeads: true).html(in: visit.scene)
        return Page(
            title,
            heading: open.isEmpty
                ? words("Nothing is held here", "这里没有占用")
                : words.count(open.count, "hold or wish is open", "holds and wishes are open", "个占用或意愿未结束"),
            lead: HTML(
                words(
                    "The owner alone decides; a hold that is not confirmed ends by itself.", "只有所属节点能决定；没有确认的占用到时自动结束。")
            ),
            .live("holds", held(open, visit))
                + PageSection("all", words("What there is", "有哪些"), table).html(in: visit.scene))
    }

    private static func held(_ holds: [HoldInfo], _ visit: PageVisit) -> HTML {
        let words = visit.words
        guard !holds.isEmpty else { return .empty }
        let items = holds.map { hold -> WorkList.Item in
            let until = hold.until.flatMap { try? WallTime(text: $0) }
            let begun = hold.steps.last.flatMap { try? WallTime(text: $0.at) } ?? visit.now
            let isMine = hold.origin == visit.node.id
            var action: PageAction?
            if isMine, hold.state == "held" {
                action = PageAction(words("Confirm", "确认"), .post("/inventories/confirm", ["hold": hold.hold]))
            } else if isMine, hold.state == "confirmed" {
                action = PageAction(words("Give back", "退回"), .post("/inventories/release", ["hold": hold.hold]))
            } else if isMine, hold.state == "wished" {
                action = PageAction(words("Take back", "收回"), .post("/inventories/take-back", ["hold": hold.hold]))
            }
            return WorkList.Item(
                until.map { .due($0, allowedMilliseconds: max(1, $0.milliseconds(since: begun))) }
                    ?? .none(words("no clock", "不计时")),
                of: words(state(hold.state)), .routine, urgencyWord: hold.inventory, kind: hold.lot,
                title: hold.label.isEmpty ? "\(hold.inventory) \(hold.unit)" : "\(hold.label) \(hold.unit)",
                text: HTML(
                    words("for \(visit.node.node(hold.origin))", "占用方 \(visit.node.node(hold.origin))")),
                state: HTML(words(state(hold.state))), action: action)
        }
        return PageSection("held", words("Held", "占用"), WorkList(items).html(in: visit.scene)).html(in: visit.scene)
    }

    private static func one(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let id = visit.request.query["id"]
        guard let inventory = try await visit.ask(InventoryEndpoints.list).first(where: { $0.inventory == id }) else {
            throw Failure(
                "page.gone", "what the page was about is not there any more", remedy: "look at the list again")
        }
        let stock = try await visit.ask(InventoryEndpoints.stock, .init(inventory: id))
        let free = stock.lines.reduce(0) { $0 + $1.free }
        let columns: [DataTable.Column] = [
            .init(words("Lot", "批次")), .init(words("Decides", "决定方")), .init(words("From", "从")),
            .number(words("Offered", "提供")), .number(words("Free", "空闲")), .number(words("Held", "占用")),
            .number(words("Confirmed", "已确认")), .init(words("Hold one", "占用")),
        ]
        let rows = stock.lines.map { line -> [HTML] in
            let hold = PageAction(
                words("Hold one", "占用一个"), .post("/inventories/hold", ["inventory": id, "lot": line.lot]), isSmall: true
            )
            return [
                "\(line.label.isEmpty ? line.lot : line.label)<small class=\"note code\">\(line.lot)</small>",
                HTML(visit.node.node(line.decider)),
                .each(line.starts.flatMap { try? WallTime(text: $0) }) { HTML(Moment($0).full) },
                HTML("\(line.offered)"), HTML("\(line.free)"), HTML("\(line.held)"), HTML("\(line.confirmed)"),
                line.free > 0 ? hold.html(in: visit.scene) : "–",
            ]
        }
        let known = (try? WallTime(text: stock.asOf)).map { Moment($0).age(visit.scene) } ?? .empty
        let teller = visit.node.node(stock.toldBy)
        let banner = Banner(
            .stale, words("The owner was not reached", "没有问到所属节点"),
            words("This is what \(teller) knows. Only the owner decides.", "这是\(teller)所知的；只有所属节点能决定。"))
        return Page(
            words("Beds and slots", "床位号源"), eyebrow: words("Beds and slots · one", "床位号源 · 一种"),
            heading: words("\(inventory.name): \(free) free", "\(inventory.name)：空闲 \(free)"),
            lead: HTML(words("said by \(teller) ", "\(teller)说的，")) + known
                + HTML(words(", \(stock.wishesWaiting) wishes wait", "，\(stock.wishesWaiting) 个意愿在等")),
            banners: stock.isOwners ? [] : [banner],
            rows.isEmpty
                ? EmptyState(words("Nothing is offered", "没有提供"), words("The owner has offered none.", "所属节点还没有提供。"))
                    .html(in: visit.scene)
                : DataTable(words("What is there", "余量"), columns, rows, hasRowHeads: true).html(in: visit.scene))
    }

    static func kind(_ word: String) -> Wording {
        switch word {
        case "bed": Wording("beds", "床位")
        case "number": Wording("outpatient numbers", "门诊号源")
        case "slot": Wording("examination slots", "检查时段")
        default: Wording(word, word)
        }
    }

    static func state(_ word: String) -> Wording {
        switch word {
        case "held": Wording("held", "占用中")
        case "confirmed": Wording("confirmed", "已确认")
        case "asked": Wording("asked", "已请求")
        case "wished": Wording("wished for", "等待")
        case "lapsed": Wording("lapsed", "已失效")
        case "takenBack": Wording("taken back", "已收回")
        case "released": Wording("given back", "已退回")
        case "expired": Wording("ended", "已到期")
        default: Wording(word, word)
        }
    }
}
