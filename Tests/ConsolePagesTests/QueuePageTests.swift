import ConsoleKit
import Effects
import Testing

@testable import ConsolePages

@Suite("Messages to hospitals one by one") struct QueuePageTests {
    @Test func `the filter and the place stand in the address, and every way leads on within them`() async throws {
        let browser = try await SiteFixture().browser([.operator])
        try await browser.get("/queue/messages?to=his&state=held&older=1h")
        let page = browser.page
        #expect(page.contains("value=\"held\" selected") && page.contains("value=\"1h\" selected"))
        #expect(
            page.contains("/queue/message?item=his%2FmessageHeld&amp;in=list&amp;to=his&amp;state=held&amp;older=1h"))
        #expect(page.contains("/queue/messages?to=his&amp;state=held&amp;older=1h&amp;after=1-18"))
        #expect(!page.contains("rel=\"prev\"") && !page.contains("his/waits"))
        try await browser.get("/queue/messages?to=his&after=1-18")
        #expect(
            browser.page.contains("/queue/messages?to=his&amp;before=1-17") && !browser.page.contains("rel=\"next\""))
    }

    @Test func `a message leads to the one before and behind it in the same filter`() async throws {
        let browser = try await SiteFixture().browser([.operator])
        try await browser.get("/queue/message?item=his%2Fwaits&in=list&state=waiting")
        for way in ["before", "after", "ahead"] {
            #expect(browser.page.contains("/queue/message?item=his%2F\(way)&amp;in=list&amp;state=waiting"), "\(way)")
        }
    }

    @Test(arguments: [
        ("his/waits", ["/queue/resend", "/queue/hold", "/queue/drop"]),
        ("his/messageHeld", ["/queue/release", "/queue/drop"]),
        ("his/messageRefused", ["/queue/resend", "/queue/drop"]),
    ])
    func `what can be done depends on where it stands`(_ item: String, _ ways: [String]) async throws {
        let browser = try await SiteFixture().browser([.operator])
        try await browser.get("/queue/message?item=\(item)")
        let found = ["/queue/resend", "/queue/hold", "/queue/release", "/queue/drop"].filter {
            browser.page.contains("action=\"\($0)\"")
        }
        #expect(Set(found) == Set(ways))
    }

    @Test(arguments: ["hold", "drop"])
    func `nothing is held or dropped without a reason, and what was given is kept`(_ verb: String) async throws {
        let browser = try await SiteFixture().browser([.operator])
        let fields = ["item": "his/waits", "in": "list", "state": "waiting"]
        try await browser.get("/queue/message?item=his%2Fwaits&in=list&state=waiting")
        for reason in ["", "  ", "two\u{202E}", String(repeating: "长", count: 201)] {
            let response = try await browser.post("/queue/\(verb)", fields.merging(["\(verb)-reason": reason]) { $1 })
            #expect(response.status == 422 && browser.page.contains("href=\"#\(verb)-reason\""), "\(reason)")
        }
        try await browser.post("/queue/\(verb)", fields.merging(["\(verb)-reason": "已用纸质报告"]) { $1 })
        #expect(browser.path == "/queue/messages" && browser.page.contains(verb == "hold" ? "报文已扣留" : "报文已丢弃"))
        #expect(browser.page.contains("value=\"waiting\" selected"), "back in the same filter")
    }

    @Test func `the list is saved as a file in which nothing is calculated`() async throws {
        let browser = try await SiteFixture(SampleNode(text: "=1+1,\"x\"")).browser([.operator])
        let response = try await browser.get("/queue/messages/export?state=held")
        #expect(response.header("content-type") == "text/csv; charset=utf-8")
        let lines = browser.page.split(separator: "\r\n").map(String.init)
        #expect(lines.count == 3 && lines[0].hasPrefix("报文,去向"))
        #expect(lines[1].hasPrefix("his/messageHeld,his,reports,\"'=1+1,\"\"x\"\"\",扣留"))
    }

    @Test func `what operators did is seen by those who watch them`() async throws {
        let fixture = try await SiteFixture()
        for role in [ConsoleRole.operator, .auditor, .auditAdministrator] {
            let browser = try await fixture.browser([role], name: "n-" + role.rawValue.lowercased())
            try await browser.get("/acts")
            #expect(browser.page.contains("丢弃报文") && browser.page.contains("/acts?before=3"), "\(role)")
        }
    }
}
