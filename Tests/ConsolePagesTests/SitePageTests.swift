import ConsoleKit
import Effects
import PageMarkup
import Testing

@testable import ConsolePages

@Suite("Pages of a node") struct SitePageTests {
    static let hostile = [
        "<script>alert(1)</script>", "\" onmouseover=\"x", "a & b <c>", "</td></tr></table>", "\u{202E}txt.exe\u{0}",
    ]

    /// Every page that somebody can open, with what it needs behind it.
    private static func address(_ route: PageRoute) -> String {
        switch route.path {
        case "/queue/message": "/queue/message?item=his/messageHeld"
        case "/region/node": "/region/node?id=qiaotou"
        case "/links/one": "/links/one?node=xipan"
        case "/queue/export": "/queue/export?neighbour=jucheng"
        case "/audit/openings/one": "/audit/openings/one?opening=jucheng/0/clinical/1/0"
        case "/accounts/one": "/accounts/one?name=zhou"
        case "/accounts/confirm": "/accounts/confirm?name=zhou&do=reset"
        default: route.path
        }
    }

    /// The pages of every role, by their addresses, in a language.
    private static func pages(_ sample: SampleNode, _ language: Language) async throws -> [String: String] {
        let fixture = try await SiteFixture(sample)
        var pages: [String: String] = [:]
        for role in ConsoleRole.allCases {
            let name = "n-" + role.rawValue.lowercased()
            let browser = try await fixture.browser([role], name: name, person: sample.text)
            browser.setCookie("__Host-yilian-look", Look(language: language).cookie)
            for route in fixture.site.routes where route.method == .get && route.roles.contains(role) {
                if route.path == "/audit/person" {
                    try await browser.get("/audit")
                    try await browser.post(
                        "/audit/person", ["type": "citizenID", "authority": "CN", "number": "999999196804129172"])
                } else {
                    try await browser.get(address(route).replacing("zhou", with: name))
                }
                #expect(browser.response.status == 200, "\(role): \(route.path)")
                if browser.response.header("content-type")?.hasPrefix("text/html") == true {
                    pages["\(role.rawValue) \(route.path)"] = browser.page
                }
            }
            for path in ["/me", "/keys"] {
                try await browser.get(path)
                pages["\(role.rawValue) \(path)"] = browser.page
            }
        }
        return pages
    }

    @Test(arguments: hostile) func `no text of others becomes markup on any page`(_ text: String) async throws {
        for (name, page) in try await Self.pages(SampleNode(text: text), .chinese) {
            #expect(try Markup(page).problem == nil, "\(name)")
            #expect(!page.contains("<script>") && !page.contains("onmouseover=\"x"), "\(name)")
            #expect(!page.unicodeScalars.contains { $0 != "\n" && $0 != "\t" && PlainText.isHarmful($0) }, "\(name)")
        }
    }

    @Test(arguments: Language.allCases)
    func `every page is sound, has one heading, a caption for each table, and stays under 100 KB`(_ language: Language)
        async throws
    {
        let pages = try await Self.pages(SampleNode(), language)
        #expect(pages.count > 40)
        for (name, page) in pages {
            let markup = try Markup(page)
            #expect(markup.problem == nil, "\(name)")
            #expect(page.components(separatedBy: "<h1>").count == 2, "\(name)")
            #expect(
                page.components(separatedBy: "<table>").count == page.components(separatedBy: "<caption").count,
                "\(name)")
            #expect(page.utf8.count < 100_000, "\(name): \(page.utf8.count)")
            #expect(markup.addresses.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") }, "\(name)")
        }
    }

    @Test func `English pages have no Chinese but in names, and Chinese ones no English sentence of ours`() async throws
    {
        let chinese = try await Self.pages(SampleNode(text: "x1"), .chinese)
        let english = try await Self.pages(SampleNode(text: "x1"), .english)
        for (name, page) in english {
            let left = page.unicodeScalars.filter { $0.properties.isIdeographic }
            // The seal, the other language's name, and quotation marks of what somebody wrote.
            #expect(Set(left.map { Character($0) }).subtracting(["医", "联", "中", "文"]) == [], "\(name)")
            #expect(chinese[name] != page, "\(name)")
        }
        for (name, page) in chinese {
            let words = page.matches(of: /[>] ?[A-Z][a-z]+ [a-z]+ [a-z]+ [a-z]+/).map { String($0.output) }
            #expect(words == [], "\(name)")
        }
    }

    @Test func `what needs somebody stands on the first page, worst first, each with its way`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/")
        let page = browser.page
        #expect(page.contains("件事等您处理") && page.contains("20 天后到期"))
        #expect(page.contains("（nobody reads this log）"), "the node's own sentences are translated")
        #expect(!page.contains("2 entries are set aside"), "what a figure says is not said again")
        let order = try ["中断</h3>", "两份历史", "天后到期"].map { try #require(page.range(of: $0)).lowerBound }
        #expect(order == order.sorted())
        #expect(page.components(separatedBy: "button primary").count == 2)
    }

    @Test func `a filter stands in the address, and narrows`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/queue?older=1h")
        #expect(browser.page.contains("2 小时 14 分") && browser.page.contains("value=\"1h\" selected"))
        try await browser.get("/queue?older=1d")
        #expect(browser.page.contains("没有符合筛选的"))
    }

    @Test func `what cannot be undone is asked before it is done, and told once after`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/queue/message?item=his/messageHeld")
        #expect(browser.page.contains("这一步还没有做任何事"))
        try await browser.post("/queue/drop", ["item": "his/messageHeld", "drop-reason": "sent on paper"])
        #expect(browser.path == "/queue" && browser.page.contains("报文已丢弃"))
        try await browser.get("/queue")
        #expect(!browser.page.contains("报文已丢弃"))
        try await browser.get("/queue/message?item=gone")
        #expect(browser.response.status == 404 && browser.page.contains("page.gone"))
    }

    @Test func `a person who was asked for stands in no address, no title and no header`() async throws {
        let number = "999999196804129172"
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.auditor])
        try await browser.get("/audit")
        let posted = try await browser.post(
            "/audit/person", ["type": "citizenID", "authority": "CN", "number": number], follow: false)
        #expect(posted.status == 303 && posted.header("location") == "/audit/person")
        let shown = try await browser.get("/audit/person")
        #expect(!browser.page.contains(number))
        #expect(browser.page.contains("class=\"watermark\"") && browser.page.contains("周示例 pingding"))
        #expect(!shown.headers.contains { $0.value.contains(number) })
        let other = try await fixture.browser([.auditor], name: "li")
        #expect(try await other.get("/audit/person").status == 400, "it is of one session")
    }

    @Test func `assets may be kept, everything else not, and what is no page is not found`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        for asset in Asset.all {
            let response = try await browser.get(asset.path)
            #expect(response.status == 200 && response.header("cache-control")?.contains("immutable") == true)
        }
        #expect(try await browser.get("/assets/x/yilian.css").status == 404)
        #expect(try await browser.get("/nothing").status == 404)
        try await browser.get("/me")
        #expect(try await browser.post("/links", [:]).status == 405)
        #expect(try await browser.get("/system").header("cache-control") == "no-store")
    }
}
