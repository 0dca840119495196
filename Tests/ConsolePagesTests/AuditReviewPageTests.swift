import Console
import ConsoleKit
import Effects
import ServiceKit
import Synchronization
import Testing

@testable import ConsolePages

@Suite("Pages of an auditor's findings") struct AuditReviewPageTests {
    @Test func `what nobody has reviewed stands on the auditor's start page with its one action, and on no other's`()
        async throws
    {
        let fixture = try await SiteFixture()
        let auditor = try await fixture.browser([.auditor])
        try await auditor.get("/")
        #expect(auditor.page.contains("2 次紧急打开还没有复核"))
        #expect(auditor.page.contains("href=\"/audit/openings?waiting=1\""))
        #expect(auditor.page.contains("data-live="), "it goes to the browser when it changes")
        for role in ConsoleRole.allCases where role != .auditor {
            let browser = try await fixture.browser([role], name: "n-" + role.rawValue.lowercased())
            try await browser.get("/")
            #expect(!browser.page.contains("紧急打开还没有复核"), "\(role)")
        }
    }

    @Test func `a finding is asked for, goes in the auditor's name, and is told once`() async throws {
        let sent = Mutex<[AuditEndpoints.Review]>([])
        let fixture = try await SiteFixture(SampleNode(reviewed: { order in sent.withLock { $0.append(order) } }))
        let browser = try await fixture.browser([.auditor], name: "shen")
        try await browser.get("/audit/openings/one?opening=jucheng/0/clinical/0/0")
        #expect(browser.page.contains("这一步还没有做任何事") && browser.page.contains("复核结论不能撤销"))
        let fields = ["opening": "jucheng/0/clinical/0/0", "reviewer": "somebody", "practitioner": "dr-li"]
        try await browser.post("/audit/openings/review", fields)
        #expect(browser.response.status == 422 && browser.page.contains("href=\"#finding\""))
        #expect(browser.page.contains("href=\"#words\"") && sent.withLock { $0.isEmpty })
        try await browser.post(
            "/audit/openings/review", fields.merging(["finding": "unjustified", "words": "查的是邻居"]) { $1 })
        #expect(browser.path == "/audit/openings" && browser.page.contains("复核结论已落盘"))
        let order = try #require(sent.withLock { $0.first })
        #expect(order.reviewer == "shen" && order.practitioner == nil, "whatever the form says")
        #expect(order.finding == .unjustified && order.words == "查的是邻居")
    }

    @Test func `a finding is seen wherever the opening is`() async throws {
        let fixture = try await SiteFixture()
        let auditor = try await fixture.browser([.auditor])
        for path in ["/audit", "/audit/openings", "/audit/openings/one?opening=jucheng/0/clinical/1/0"] {
            try await auditor.get(path)
            #expect(auditor.page.contains("不正当"), "\(path)")
        }
        let doctor = try await fixture.browser([.doctor], name: "li")
        try await doctor.get("/accesses")
        #expect(doctor.page.contains("不正当") && doctor.page.contains("未复核"))
        #expect(doctor.page.contains("其中 2 次是紧急打开"))
    }

    @Test func `what cannot be looked up is said, and the rest of the start page stays`() async throws {
        let need = StartNeed(Wording("x1", "某业务"), for: [.auditor], asks: []) { _ in
            throw Failure("x.y", "no such thing")
        }
        let fixture = try await SiteFixture()
        let visitor = Visitor(account: "a", name: "a", roles: [.auditor])
        let visit = PageVisit(
            request: PageRequest(.get, "/"), visitor: visitor,
            scene: Scene(.chinese, now: fixture.time.wallTime),
            node: NodeFace(id: "n", name: "n", tier: "county", release: "1"),
            asker: EndpointAsker([]), memory: VisitMemory(), translating: { text, _ in "（\(text)）" })
        let items = try await need.items(for: visit)
        #expect(items.map(\.title) == ["「某业务」现在查不到"] && items.first?.mark == .unknown)
        var other = visitor
        other.roles = [.doctor]
        let stranger = PageVisit(
            request: visit.request, visitor: other, scene: visit.scene, node: visit.node, asker: visit.asker,
            memory: visit.memory, translating: { text, _ in text })
        #expect(try await need.items(for: stranger).isEmpty)
    }
}
