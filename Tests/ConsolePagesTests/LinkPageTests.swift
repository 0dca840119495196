import ConsoleKit
import Effects
import Testing

@testable import Console
@testable import ConsolePages

@Suite("A link's page") struct LinkPageTests {
    @Test func `a paused link says by whom, since when and why, on its page and in the list`() async throws {
        let browser = try await SiteFixture(SampleNode(text: "光缆检修")).browser([.operator])
        try await browser.get("/links")
        #expect(browser.page.contains("4 条链路中 1 条通，1 条暂停"))
        try await browser.get("/links/one?node=xipan")
        let page = browser.page
        #expect(page.contains("由 光缆检修 暂停") && page.contains("2 小时 14 分前") && page.contains("写明的原因"))
        #expect(page.contains("重启后也一样") && page.contains("action=\"/links/resume\""))
        #expect(!page.contains("action=\"/links/pause\""))
        try await browser.post("/links/resume", ["node": "xipan"])
        #expect(browser.path == "/links/one" && browser.page.contains("链路已恢复"))
        try await browser.get("/links/one?node=nobody")
        #expect(browser.response.status == 404)
    }

    @Test func `a paused link is a warning on the first page and in the region, not an outage`() async throws {
        var sample = SampleNode(text: "光缆检修", parentState: "paused")
        var outlook = sample.outlook
        outlook.nodes = Array(outlook.nodes.prefix(1)) + [outlook.nodes[2]]
        outlook.nodes[1].state = .paused
        sample.region = { [outlook] in outlook }
        let browser = try await SiteFixture(sample).browser([.operator])
        for path in ["/", "/alerts", "/region", "/region/node?id=baijing"] {
            try await browser.get(path)
            #expect(browser.page.contains("的链路已暂停"), "\(path)")
        }
        try await browser.get("/")
        #expect(browser.page.contains("与上级 yangquan-shi 的链路已暂停") && browser.page.contains("恢复，或看为什么"))
        #expect(!browser.page.contains("没有链路</h3>"), "it is not said twice")
        try await browser.get("/region/node?id=baijing")
        #expect(browser.page.contains("yilian peer resume baijing") && !browser.page.contains("systemctl"))
    }

    @Test func `nothing is paused without a reason`() async throws {
        let browser = try await SiteFixture().browser([.operator])
        try await browser.get("/links/one?node=jucheng")
        #expect(browser.page.contains("重启后仍然暂停"))
        try await browser.post("/links/pause", ["node": "jucheng", "reason": " "])
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#reason\""))
        try await browser.post("/links/pause", ["node": "jucheng", "reason": "换光模块"])
        #expect(browser.path == "/links/one" && browser.page.contains("链路已暂停"))
    }

    @Test func `a test shows each step and the one remedy, to this session alone`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/links/one?node=jucheng")
        #expect(!browser.page.contains("怎么办"))
        let posted = try await browser.post("/links/test", ["node": "jucheng"], follow: false)
        #expect(posted.status == 303 && posted.header("location") == "/links/one?node=jucheng")
        try await browser.get("/links/one?node=jucheng")
        for word in ["TLS 与证书", "握手", "时钟", "不成", "没有试", "怎么办"] { #expect(browser.page.contains(word), "\(word)") }
        try await browser.get("/links/one?node=xipan")
        #expect(!browser.page.contains("怎么办"), "it is of another link")
        let other = try await fixture.browser([.operator], name: "li")
        try await other.get("/links/one?node=jucheng")
        #expect(!other.page.contains("怎么办"))
        try await browser.post("/links/test", ["node": "yangquan-shi"])
        #expect(browser.page.contains("都正常") && !browser.page.contains("怎么办"))
    }

    @Test func `who does not run the node sees the link and can do nothing about it`() async throws {
        let browser = try await SiteFixture().browser([.systemAdministrator])
        try await browser.get("/links/one?node=jucheng")
        #expect(browser.response.status == 200 && !browser.page.contains("action=\"/links/"))
    }
}
