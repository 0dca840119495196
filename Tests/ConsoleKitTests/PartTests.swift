import ConsoleKit
import Effects
import PageMarkup
import Testing

@Suite("Parts of pages") struct PartTests {
    static let now = WallTime(milliseconds: 1_796_020_328_000)
    static let scenes = Language.allCases.map { Scene($0, now: now, formToken: "t0ken") }

    private static func earlier(_ seconds: Int64) -> WallTime { now.advanced(byMilliseconds: -seconds * 1_000) }

    /// Every part with a hostile text wherever one goes.
    static func parts(_ text: String) -> [any PagePart] {
        let go = PageAction.link(text, PageAddress("/a", [("b", text)]))
        let post = PageAction(text, .post("/a", [text: text]), style: .danger)
        let columns = [DataTable.Column(text, sort: "/a", sorted: .descending), .number(text)]
        let kinds: [FormField.Kind] = [
            .text, .password, .oneTimeCode, .date, .long, .choice([.init(text, text)]), .radio([.init(text, text)]),
            .checks([.init(text, text)]), .file,
        ]
        let fields = kinds.enumerated().map { FormField("f\($0)", text, $1, hint: text, value: text, isRequired: true) }
        var errors = FormErrors(text)
        for field in fields { errors.add(field.name, text) }
        let form = FormView("/a", fields, hidden: ["h": text], errors: errors, submit: text, back: go)
        let banner = Banner(.stale, text, text, action: go)
        return [
            NeedsList([
                .init(.broken, text, HTML(text), since: earlier(60), action: go), .init(.ok, text, action: post),
            ]),
            DataTable(text, columns, [[HTML(text), "1"]], hasRowHeads: true, here: 0),
            Pager(text, previous: "/a", next: "/b"),
            EmptyState(text, text, action: go), banner, PageSection("s", text, note: HTML(text), HTML(text)),
            Columns(HTML(text), aside: HTML(text)), Figures([.init(text, HTML(text), text, note: HTML(text))]),
            Pairs([(text, HTML(text))]), Gauge(percent: 300, .broken),
            ReasonList([
                .init(.held, state: text, text, HTML(text), count: text, unit: text, since: HTML(text), action: post)
            ]),
            WorkList([
                .init(
                    .due(earlier(5), allowedMilliseconds: 60_000), of: text, .emergency, urgencyWord: text, kind: text,
                    title: text, address: "/a", text: HTML(text), state: HTML(text), action: post)
            ]),
            CardList([.init("k", state: HTML(text), text, HTML(text), isDone: true)]),
            Timeline([.init(earlier(5), HTML(text)), .init(nil, HTML(text), .ahead)]),
            TileMap([.init(text, .ok, note: text, [.init(text, .stale, last: earlier(90), address: "/a")])]),
            Watermark(text), form, FilterBar("/a", text, fields, isInForce: true),
            ConfirmView(warning: banner, facts: Pairs([(text, HTML(text))]), form: form),
            BarChart(
                "c", text, finding: text, nameTitle: text, valueTitle: text,
                [.init(text, 3), .init(text, nil, isOpen: true)]),
        ]
    }

    @Test(arguments: HTMLTests.hostile) func `no text of others becomes markup in any part`(_ text: String) throws {
        for scene in Self.scenes {
            let plain = Self.parts("x").map { $0.html(in: scene).text.count { $0 == "<" } }
            for (part, expected) in zip(Self.parts(text), plain) {
                let html = part.html(in: scene).text
                #expect(html.count { $0 == "<" } == expected, "\(type(of: part))")
                #expect(try Markup(html).problem == nil, "\(type(of: part)): \(html)")
            }
        }
    }

    @Test func `every part speaks both languages`() {
        // What has words of its own says something else in each.
        for part in Self.parts("x") {
            let texts = Set(Self.scenes.map { part.html(in: $0).text })
            let isSilent =
                [
                    "EmptyState", "Banner", "PageSection", "Columns", "CardList", "Figures", "Pairs", "Gauge",
                    "Timeline", "Watermark", "ReasonList",
                ].contains("\(type(of: part))")
            #expect((texts.count == 1) == isSilent, "\(type(of: part))")
        }
        for mark in StateMark.allCases {
            #expect(mark.html(Words(.chinese)) != mark.html(Words(.english)))
            #expect(mark.html(Words(.english)).text.contains("#m-\(mark.rawValue)"), "a shape and a word")
        }
    }

    @Test func `a watermark has room for the whole of its text, and goes on where it reaches its edge`() throws {
        let text = "石示例 盂县人民医院 2026-12-01 20:54"
        let html = Watermark(text).html(in: Self.scenes[0]).text
        func numbers(_ before: Substring) -> [Int] {
            html.split(separator: before).dropFirst().compactMap { Int($0.prefix { $0 == "-" || $0.isNumber }) }
        }
        let width = try #require(numbers("id=\"wm\" width=\"").first)
        // A Chinese character is as wide as it is high.
        #expect(width > text.reduce(0) { $0 + ($1.isASCII ? 8 : 15) })
        let places = numbers("<text x=\"")
        #expect(places.count == 3 && places[1] - places[2] == width)
    }

    @Test func `what needs somebody is sorted worst first, then oldest, and only the first stands out`() {
        let action = PageAction.link("Go", "/a")
        let list = NeedsList([
            .init(.stale, "d", since: Self.earlier(900), action: action),
            .init(.attention, "c", since: Self.earlier(10), action: action),
            .init(.attention, "b", since: Self.earlier(100), action: action),
            .init(.broken, "a", since: Self.earlier(5), action: action),
        ])
        #expect(list.items.map(\.title) == ["a", "b", "c", "d"])
        let html = list.html(in: Self.scenes[0]).text
        #expect(html.components(separatedBy: "button primary").count == 2)
    }

    @Test func `the edge of work tells its clock`() {
        func edge(_ secondsLeft: Int64) -> WorkList.Pressure {
            WorkList.Item(
                .due(Self.earlier(-secondsLeft), allowedMilliseconds: 100_000), of: "", .routine, urgencyWord: "",
                kind: "", title: "", text: "", state: ""
            ).edge(at: Self.now)
        }
        #expect(edge(100) == .plain && edge(20) == .plain && edge(19) == .soon && edge(0) == .soon && edge(-1) == .over)
    }

    @Test func `errors stand first, are linked to their fields, and what was given is kept, but for passwords`() throws
    {
        let form = FormView(
            "/a", [FormField("user", "Name", value: "li"), FormField("pass", "Password", .password, value: "secret")],
            errors: FormErrors("is too short", field: "user"), submit: "Go")
        let html = form.html(in: Self.scenes[0]).text
        #expect(html.hasPrefix("<div class=\"errors\" role=\"alert\""))
        #expect(html.contains("<a href=\"#user\">is too short</a>") && html.contains("aria-describedby=\"user-w\""))
        #expect(html.contains("value=\"li\"") && !html.contains("secret"))
        #expect(html.contains("name=\"token\" value=\"t0ken\""))
    }

    @Test(
        arguments: [(0, 2), (1, 2), (2, 2), (3, 4), (467, 1_000), (999_999, 1_000_000), (Int.max, nil)] as [(Int, Int?)]
    )
    func `a chart's scale is a round number that no bar passes`(_ most: Int, _ top: Int?) {
        let chart = BarChart("c", "", finding: "", nameTitle: "", valueTitle: "", [.init("a", most)])
        let html = chart.html(in: Self.scenes[0]).text
        if let top { #expect(html.contains(">\(Words(.english).grouped(top))</text>"), "\(html)") }
        #expect(!html.contains("height=\"-"))
    }
}
