import Accounts
import ConsoleKit
import Effects
import Testing

@testable import ConsolePages

@Suite("Who sees which page") struct RoleTests {
    @Test func `a page opens to its roles and to nobody else`() async throws {
        let fixture = try await SiteFixture()
        #expect(fixture.site.routes.count > 20)
        for role in ConsoleRole.allCases {
            let browser = try await fixture.browser([role], name: "n-" + role.rawValue.lowercased())
            for route in fixture.site.routes where route.method == .get {
                let query = ["/queue/message": "?item=his/messageHeld", "/region/node": "?id=jucheng"][route.path]
                let response = try await browser.get(route.path + (query ?? ""), follow: false)
                let isOpen = route.roles.contains(role)
                #expect((response.status == 403) != isOpen, "\(role): \(route.path) \(response.status)")
                if !isOpen { #expect(browser.page.contains("您的角色不能打开这一页")) }
            }
        }
    }

    @Test func `nothing is posted past a role`() async throws {
        let fixture = try await SiteFixture()
        for role in ConsoleRole.allCases {
            let browser = try await fixture.browser([role], name: "n-" + role.rawValue.lowercased())
            try await browser.get("/me")
            for route in fixture.site.routes where route.method == .post && !route.roles.contains(role) {
                #expect(try await browser.post(route.path, [:], follow: false).status == 403, "\(role): \(route.path)")
            }
        }
    }

    @Test func `who keeps nodes or accounts reaches nothing about patients`() async throws {
        let site = try await SiteFixture().site
        let blind = Set(ConsoleRole.allCases.filter { $0.isAdministrator || $0 == .operator })
        for route in site.routes where !route.roles.isDisjoint(with: blind) {
            for endpoint in route.asks {
                #expect(endpoint.audit == nil && endpoint.role == "operator", "\(route.path) asks \(endpoint.path)")
                #expect(!endpoint.path.hasPrefix("audit"), "\(route.path)")
            }
        }
        for need in site.needs {
            #expect(need.asks.allSatisfy { $0.audit == nil }, "what a start page asks is about nobody")
            if !need.roles.isDisjoint(with: blind) {
                #expect(need.asks.allSatisfy { $0.role == "operator" && !$0.path.hasPrefix("audit") })
            }
        }
    }

    @Test func `accounts are made by one administrator, given roles by another, watched by a third`() async throws {
        let fixture = try await SiteFixture()
        func openers(_ path: String) -> Set<ConsoleRole> {
            fixture.site.routes.filter { $0.path == path && $0.method == .post }.reduce(into: []) {
                $0.formUnion($1.roles)
            }
        }
        #expect(openers("/accounts/new") == [.systemAdministrator])
        #expect(
            openers("/accounts/disable") == [.systemAdministrator]
                && openers("/accounts/reset") == [.systemAdministrator])
        #expect(openers("/accounts/roles") == [.securityAdministrator])
        let system = try await fixture.browser([.systemAdministrator], name: "sys")
        try await system.get("/accounts/new")
        try await system.post("/accounts/new", ["name": "Wu", "person": "吴示例", "roles": "operator"])
        #expect(system.page.contains("首次口令"))
        #expect(try await fixture.book.account("wu")?.roles == [], "a role in the form changes nothing")
        let security = try await fixture.browser([.securityAdministrator], name: "sec")
        try await security.get("/accounts/one?name=wu")
        try await security.post("/accounts/roles", ["name": "wu", "roles": "operator"])
        #expect(try await fixture.book.account("wu")?.roles == [.operator])
        #expect(security.page.contains("角色从下次登录起生效"), "said once")
        try await security.get("/accounts/one?name=wu")
        #expect(!security.page.contains("角色从下次登录起生效"))
        try await security.post("/accounts/roles", ["name": "sec", "roles": "operator"])
        #expect(
            try await fixture.book.account("sec")?.roles == [.securityAdministrator], "nobody changes the own roles")
        try await security.get("/accounts/one?name=wu")
        try await security.post("/accounts/roles", ["name": "wu", "roles": "doctor"])
        #expect(security.response.status == 422 && security.page.contains("href=\"#roles\""))
        let audit = try await fixture.browser([.auditAdministrator], name: "aud")
        try await audit.get("/accounts/events")
        #expect(audit.page.contains("角色变更") && audit.page.contains("<span class=\"code\">sec</span>"))
    }

    @Test func `somebody without a role sees a page that says so, and a menu without anything else`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([])
        #expect(browser.response.status == 403)
        try await browser.get("/me")
        #expect(browser.response.status == 200 && !browser.page.contains("href=\"/queue\""))
    }

    @Test func `one ends another session of one's own, and no other's`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        let other = try await fixture.browser([.operator], name: "li")
        let visitor = try #require(try await fixture.book.account("zhou")).visitor
        _ = fixture.book.sessions.begin(visitor, step: .done, address: "elsewhere")
        try await browser.get("/me")
        #expect(browser.page.contains("elsewhere"))
        let foreign = try #require(fixture.book.sessions.all(of: "li").first)
        try await browser.post("/me/end", ["session": foreign.id])
        try await other.get("/me")
        #expect(other.path == "/me")
        let mine = try #require(fixture.book.sessions.all(of: "zhou").first { $0.address == "elsewhere" })
        try await browser.post("/me/end", ["session": mine.id])
        #expect(fixture.book.sessions.all(of: "zhou").count == 1)
    }
}
