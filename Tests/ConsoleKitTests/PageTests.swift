import ConsoleKit
import Effects
import Foundation
import ServiceKit
import PageMarkup
import Testing

@Suite("Whole pages") struct PageTests {
    private static let node = NodeFace(id: "pingding", name: "平定县医疗集团节点", tier: "county", release: "1")

    private func frame(_ look: Look, visitor: Visitor?) -> PageFrame {
        PageFrame(
            node: Self.node, look: look, scene: Scene(look.language, now: PartTests.now, formToken: "t"),
            path: "/queue", visitor: visitor,
            menu: [.init(.init(.network, Wording("Queues", "队列")), path: "/queue")],
            parent: .init(.ok, name: "阳泉市节点", since: PartTests.now))
    }

    private let visitor = Visitor(account: "zhou", name: "周示例", roles: [.operator])

    private func page(_ text: String = "x") -> Page {
        let scene = PartTests.scenes[0]
        // Two forms and two charts would have the same ids.
        let parts = PartTests.parts(text).filter { !($0 is FilterBar) && !($0 is ConfirmView) && !($0 is Watermark) }
        return Page(
            text, heading: text, lead: HTML(text), banners: [Banner(.ok, text)], watermark: Watermark(text),
            HTML(parts.map { $0.html(in: scene) }))
    }

    @Test func `a page is sound, loads nothing from elsewhere, and has no script or style inside`() throws {
        for language in Language.allCases {
            for visitor in [visitor, nil] {
                let html = frame(Look(language: language, theme: .dark, hasKeys: false), visitor: visitor).document(
                    page())
                let markup = try Markup(html.text)
                #expect(markup.problem == nil)
                #expect(markup.addresses.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") }, "\(markup.addresses)")
                #expect(!markup.attributes.contains("style") && !markup.attributes.contains { $0.hasPrefix("on") })
                #expect(!html.text.contains("<style") && !html.text.contains("<script>"))
                #expect(html.text.contains("lang=\"\(language == .english ? "en" : "zh-CN")\" data-now="))
                #expect(html.text.contains("data-theme=\"dark\" data-keys=\"off\""))
            }
        }
    }

    @Test func `nobody who has not signed in sees a menu`() {
        let html = frame(Look(), visitor: nil).document(page()).text
        #expect(!html.contains("id=\"menu\"") && !html.contains("/sign-out"))
        #expect(frame(Look(), visitor: visitor).document(page()).text.contains("aria-current=\"page\""))
    }

    @Test(arguments: HTMLTests.hostile) func `names of people and nodes do not become markup`(_ text: String) throws {
        var frame = frame(Look(), visitor: Visitor(account: text, name: text, roles: [.doctor], practitioner: text))
        frame.node = NodeFace(id: text, name: text, tier: text, release: text)
        frame.parent = .init(.broken, name: text, since: PartTests.now)
        #expect(try Markup(frame.document(page(text)).text).problem == nil)
    }

    @Test func `the script is under 5 KB, the sheet under 40, and both may be kept because their addresses change`() {
        #expect(Asset.script.body.count < 5_000, "\(Asset.script.body.count)")
        #expect(Asset.stylesheet.body.count < 40_000, "\(Asset.stylesheet.body.count)")
        #expect(Set(Asset.all.map(\.path)).count == Asset.all.count)
        #expect(Asset.all.allSatisfy { $0.path.hasPrefix("/assets/") && !$0.body.isEmpty })
    }

    @Test func `a page with a hundred rows is far below 100 KB`() {
        let rows = (0..<100).map { number -> [HTML] in
            [HTML("pingding/1a2298ec/bulk/\(number)/3"), "平定县人民医院", "对方不应答", "1 小时 52 分", "2.3 KB"]
        }
        let columns = (0..<5).map { DataTable.Column("列 \($0)") }
        let table = DataTable("等待的条目", columns, rows).html(in: PartTests.scenes[0])
        let page = Page("队列", heading: "1,284 条在等", table)
        #expect(frame(Look(), visitor: visitor).document(page).text.utf8.count < 40_000)
    }

    @Test func `every class that parts use has a rule, and every rule has a part`() throws {
        let sheet = String(decoding: Asset.stylesheet.body, as: UTF8.self)
        let selectors = try Regex(#"\.(-?[a-z][a-z0-9-]*)"#)
        // Numbers such as 0.5em hold no letter behind the dot; comments stand only in the sources.
        let ruled = Set(sheet.matches(of: selectors).compactMap { $0.output[1].substring.map(String.init) })
        let everything = (PartTests.parts("x") + Self.variants).map { $0.html(in: PartTests.scenes[0]).text }.joined()
        let pages = [visitor, nil].map {
            frame(Look(), visitor: $0).document(Page("x", heading: "x", lead: "x", "")).text
        }
        let used = try Markup("<div>" + everything.replacing(try Regex(#" id="[^"]*""#), with: "") + "</div>").classes
            .union(try pages.reduce(into: Set<String>()) { $0.formUnion(try Markup($1).classes) })
            .union(StateMark.allCases.map(\.style)).union(Self.ofPages)
        #expect(ruled.subtracting(used).sorted() == [])
        #expect(used.subtracting(ruled).subtracting(Self.withoutRule).sorted() == [])
    }

    /// What single pages use and no part does, and what the script sets.
    private static let ofPages: Set<String> = [
        "box", "block", "code", "even", "chip", "plain", "old", "over", "here", "live",
    ]

    /// Parts in the states that the samples do not have.
    private static let variants: [any PagePart] = {
        let now = PartTests.now
        func work(_ timing: WorkList.Timing) -> WorkList {
            WorkList([
                .init(timing, of: "", .routine, urgencyWord: "", kind: "", title: "", text: "", state: "")
            ])
        }
        let tiles = (0..<10).map { TileMap.Tile("\($0)", .ok, last: nil, address: "/a") }
        return [
            work(.due(now.advanced(byMilliseconds: 1), allowedMilliseconds: 100)), work(.stopped("x")),
            TileMap([.init("a", .ok, note: "", tiles), .init("b", .ok, note: "", Array(tiles.prefix(5)))]),
            Timeline([.init(now, "x", .now)]),
            BarChart("v", "x", finding: "", nameTitle: "", valueTitle: "", [.init("a", 1, isOpen: true)]),
        ]
    }()
    /// Names that say what something is and need no rule.
    private static let withoutRule: Set<String> = []

    @Test func `a session's memory is bounded`() throws {
        let memory = VisitMemory()
        try memory.keep("a", String(repeating: "x", count: 60_000))
        #expect(throws: Failure("page.tooMuch", "")) { try memory.keep("b", String(repeating: "x", count: 6_000)) }
        try memory.keep("a", nil)
        try memory.keep("b", "y")
        #expect(memory.take("b") == "y" && memory["b"] == nil)
    }

    @Test func `three administrators exclude each other and everybody else`() {
        let administrators = ConsoleRole.allCases.filter(\.isAdministrator)
        #expect(administrators.count == 3)
        for one in administrators {
            #expect(ConsoleRole.mayStandTogether([one]))
            for other in ConsoleRole.allCases where other != one {
                #expect(!ConsoleRole.mayStandTogether([one, other]))
            }
        }
        #expect(ConsoleRole.mayStandTogether([.doctor, .expert]))
    }
}
