import ConsoleKit
import Effects
import Testing

@testable import Console
@testable import ConsolePages

@Suite("The region's pages") struct RegionPageTests {
    private static func browser() async throws -> Browser {
        try await SiteFixture(SampleNode(text: "柏井镇")).browser([.operator])
    }

    @Test func `the heading counts who is well, the map and the tree hold everybody, and the table the worst first`()
        async throws
    {
        let browser = try await Self.browser()
        try await browser.get("/region")
        let page = browser.page
        #expect(page.contains("<h1>6 个节点中 1 个正常，5 个要看</h1>"))
        for id in ["pingding", "jucheng", "baijing", "chakou", "xipan", "qiaotou"] {
            #expect(page.contains("/region/node?id=\(id)"), "\(id)")
        }
        #expect(page.contains("id=\"t-pingding\"") && page.contains("id=\"t-baijing\""))
        let look = try #require(page.range(of: "id=\"look\"")).upperBound
        let tree = try #require(page.range(of: "id=\"tree\"")).lowerBound
        let order = try ["baijing", "chakou", "xipan"].map { id in
            try #require(page[look..<tree].range(of: "id=\(id)")).lowerBound
        }
        #expect(order == order.sorted())
    }

    @Test func `the filter takes one state, and stands in the address`() async throws {
        let browser = try await Self.browser()
        try await browser.get("/region?state=stale")
        let look = try #require(
            browser.page.components(separatedBy: "id=\"look\"").last?.components(separatedBy: "id=\"tree\"").first)
        #expect(look.contains("id=chakou") && !look.contains("id=baijing"))
        try await browser.get("/region?state=held")
        #expect(browser.page.contains("没有符合筛选的"))
    }

    @Test func `why something is red: the chain with the reason, and the one command that helps`() async throws {
        let browser = try await Self.browser()
        try await browser.get("/region/node?id=baijing")
        #expect(browser.page.contains("<code>systemctl status yilian@baijing</code>"))
        #expect(browser.page.contains("（柏井镇）"), "the reason in the reader's language")
        try await browser.get("/region/node?id=qiaotou")
        let page = browser.page
        #expect(page.contains("失联期间状况未知") && page.contains("从这里看不到") && page.contains("不用处理"))
        #expect(!page.contains("systemctl"), "behind a node that is away nobody is sent")
        try await browser.get("/region/node?id=nobody")
        #expect(browser.response.status == 404)
    }

    @Test func `each of a node's needs has its command, and what ran out is broken`() async throws {
        let browser = try await Self.browser()
        try await browser.get("/region/node?id=jucheng")
        for text in [
            "yilian ledger verify --data /var/lib/yilian/jucheng", "yilian cert renew DIR jucheng",
            "yilian cert renew DIR jucheng --new-ledger-key", "yilian queue why --data /var/lib/yilian/jucheng",
            "df -h /var/lib/yilian/jucheng", "yilian region accept FILE --data /var/lib/yilian/jucheng", "证书已到期",
        ] {
            #expect(browser.page.contains(text), "\(text)")
        }
    }

    @Test func `where all are well there is no alert and no table`() async throws {
        var outlook = SampleNode().outlook
        outlook.nodes = [outlook.nodes[0]]
        let visit = outlook
        #expect(visit.way(to: "pingding").count == 1)
        #expect(NodeFinding.all(of: visit.nodes[0], name: { $0 }, version: 42, now: SampleNode().now).isEmpty)
    }

    @Test func `a region of fifty nodes fits into a page of 100 KB`() async throws {
        let fixture = try await SiteFixture(SampleNode(text: "娘子关镇卫生院", nodes: 50))
        let browser = try await fixture.browser([.operator])
        for path in ["/", "/region", "/alerts"] {
            try await browser.get(path)
            #expect(browser.page.utf8.count < 100_000, "\(path): \(browser.page.utf8.count)")
        }
    }
}
