import ConsoleKit
import Effects
import Testing

@testable import Console
@testable import ConsolePages

@Suite("The page of backups") struct BackupPageTests {
    @Test func `it answers when the last one was made, where they lie, and whether they hold`() async throws {
        let browser = try await SiteFixture(SampleNode(text: "/mnt/backup")).browser([.operator])
        try await browser.get("/backups")
        let page = browser.page
        #expect(page.contains("<h1>最近一次备份在 2 小时 14 分前</h1>"))
        #expect(page.contains("/mnt/backup") && page.contains("5.0 MB") && page.contains("完好") && page.contains("已损坏"))
        #expect(page.contains("清单无法读取") && page.contains("其中 2 份已损坏"))
        #expect(page.contains("yilian backup restore /backups/pingding-0 --data DIR") && page.contains("box.key"))
    }

    @Test func `one is made and verified again from the page, by an operator alone`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/backups")
        try await browser.post("/backups/make", [:])
        #expect(browser.path == "/backups" && browser.page.contains("pingding-0 已在盘上，完好"))
        try await browser.post("/backups/verify", ["name": "pingding-1"])
        #expect(browser.page.contains("pingding-1 已损坏"))
        let other = try await fixture.browser([.systemAdministrator], name: "li")
        try await other.get("/backups")
        #expect(other.response.status == 200 && !other.page.contains("action=\"/backups/"))
    }
}
