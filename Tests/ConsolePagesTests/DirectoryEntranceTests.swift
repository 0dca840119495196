import Accounts
import ConsoleKit
import Effects
import Synchronization
import Testing
import Trust

/// A directory that says what a test wants it to say.
private final class ScriptedDirectory: PersonDirectory {
    struct State: Sendable {
        var person: DirectoryPerson?
        var failure: Failure?
        var awaySince: WallTime?
        var arrivals: [DirectoryArrival] = []
    }

    private let state = Mutex(State())

    var awaySince: WallTime? { state.withLock { $0.awaySince } }
    var arrivals: [DirectoryArrival] { state.withLock { $0.arrivals } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func begin(back: String) async throws -> DirectoryDeparture {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return DirectoryDeparture(address: "https://sso.example/auth?state=s", ticket: "ticket.\(back)")
    }

    func finish(_ arrival: DirectoryArrival) async throws -> DirectoryPerson {
        try state.withLock { state in
            state.arrivals.append(arrival)
            guard var person = state.person else {
                throw state.failure ?? Failure("directory.disabled", "the account is disabled")
            }
            person.back = String(arrival.ticket.dropFirst("ticket.".count))
            return person
        }
    }
}

@Suite("The entrance by a directory") struct DirectoryEntranceTests {
    private let directory = ScriptedDirectory()

    private func person(_ roles: Set<ConsoleRole> = [.operator]) -> DirectoryPerson {
        DirectoryPerson(issuer: "https://sso.example", subject: "s1", name: "zhang", person: "张示例", roles: roles)
    }

    @Test func `a node without one has neither a way there nor back`() async throws {
        let browser = Browser(try await SiteFixture())
        try await browser.get("/sign-in")
        #expect(!browser.page.contains("/sign-in/directory"))
        for path in ["/sign-in/directory", "/sign-in/directory/return?state=s&code=c"] {
            try await browser.get(path)
            #expect(browser.response.status == 404, "\(path)")
        }
    }

    @Test func `somebody goes there, comes back, and is where they wanted to be`() async throws {
        directory.change { $0.person = person() }
        let browser = Browser(try await SiteFixture(directory: directory))
        try await browser.get("/links")
        #expect(browser.path == "/sign-in" && browser.page.contains("用医院账号登录"))
        #expect(browser.page.contains("href=\"/sign-in/directory?back=%2Flinks\""))
        let response = try await browser.get("/sign-in/directory?back=%2Flinks", follow: false)
        #expect(response.status == 303 && response.header("location") == "https://sso.example/auth?state=s")
        let cookie = try #require(
            response.headers.first { $0.value.hasPrefix("__Host-yilian-directory=") }?.value)
        for part in ["ticket./links;", "Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=600"] {
            #expect(cookie.contains(part), "\(part)")
        }
        try await browser.get("/sign-in/directory/return?state=s&code=c%2F1&iss=https%3A%2F%2Fsso.example")
        #expect(browser.path == "/links" && browser.response.status == 200)
        #expect(browser.response.standing == .proven("zhang") && browser.page.contains("张示例"))
        #expect(browser.cookies["__Host-yilian-directory"] == nil)
        #expect(
            directory.arrivals == [
                DirectoryArrival(ticket: "ticket./links", state: "s", code: "c/1", issuer: "https://sso.example")
            ])
    }

    @Test func `the way back after signing in leads nowhere else than here`() async throws {
        let browser = Browser(try await SiteFixture(directory: directory))
        for back in ["https://evil.example/", "//evil.example", "javascript:x", "/\\evil.example"] {
            try await browser.get("/sign-in/directory?back=\(back)", follow: false)
            #expect(browser.cookies["__Host-yilian-directory"] == "ticket./", "\(back)")
        }
        directory.change { $0.person = person() }
        browser.setCookie("__Host-yilian-directory", "ticket.//evil.example")
        let response = try await browser.get("/sign-in/directory/return?state=s&code=c", follow: false)
        #expect(response.header("location") == "/")
    }

    @Test func `whoever is not let in gets one page with the reason and its code, and no session`() async throws {
        let fixture = try await SiteFixture(directory: directory)
        let browser = Browser(fixture)
        try await browser.get("/sign-in")
        try await browser.get("/sign-in/directory", follow: false)
        try await browser.get(
            "/sign-in/directory/return?state=s&error=access_denied&error_description=%3Cb%3Elin%20is%20disabled")
        #expect(browser.response.status == 403 && browser.response.standing == .wrongTry)
        #expect(browser.page.contains("directory.disabled") && !browser.page.contains("lin is disabled"))
        #expect(browser.cookies["__Host-yilian-directory"] == nil && browser.cookies["__Host-yilian"] == nil)
        try await browser.get("/")
        #expect(browser.path == "/sign-in")
    }

    @Test func `a name that is another's says nothing of the other`() async throws {
        let fixture = try await SiteFixture(directory: directory)
        _ = try await fixture.account("zhang", [.securityAdministrator], person: "别人示例")
        directory.change { $0.person = person() }
        let browser = Browser(fixture)
        try await browser.get("/sign-in/directory", follow: false)
        try await browser.get("/sign-in/directory/return?state=s&code=c")
        #expect(browser.response.status == 403 && browser.page.contains("directory.noAccount"))
        #expect(browser.page.contains("本节点无法为您开账号"))
        #expect(!browser.page.contains("别人示例") && !browser.page.contains("zhang"))
        #expect(browser.cookies["__Host-yilian"] == nil)
    }

    @Test func `a directory that is away keeps nobody out who has an account here`() async throws {
        let fixture = try await SiteFixture(directory: directory)
        let device = try await fixture.account("zhou", [.operator])
        directory.change { state in
            state.failure = Failure(
                "directory.unreachable", "the directory does not answer",
                remedy: "sign in with an account of this node, or try again in a while")
            state.awaySince = fixture.time.wallTime
        }
        let browser = Browser(fixture)
        try await browser.get("/sign-in/directory")
        #expect(browser.response.status >= 500 && browser.response.standing == .stranger)
        try await browser.get("/sign-in")
        #expect(browser.page.contains("目录没有应答"))
        try await browser.post("/sign-in", ["user": "zhou", "pass": SiteFixture.password])
        try await browser.post(
            "/sign-in/code", ["code": device.code(step: OneTimePassword.step(at: fixture.time.wallTime))])
        #expect(browser.path == "/" && browser.response.status == 200)
    }

    @Test func `who has signed in already is sent on, and a secret that was known before opens nothing after`()
        async throws
    {
        directory.change { $0.person = person() }
        let fixture = try await SiteFixture(directory: directory)
        let browser = try await fixture.browser([.operator])
        try await browser.get("/sign-in/directory")
        #expect(browser.path == "/")
        let before = try #require(browser.cookies["__Host-yilian"])
        browser.setCookie("__Host-yilian-directory", "ticket./")
        try await browser.get("/sign-in/directory/return?state=s&code=c")
        #expect(browser.response.standing == .proven("zhang"))
        #expect(browser.cookies["__Host-yilian"] != before)
        #expect(fixture.book.sessions.session(before) == nil)
    }

    @Test func `the accounts' pages show whose it is, and offer neither roles nor a password`() async throws {
        let fixture = try await SiteFixture(directory: directory)
        _ = try await fixture.book.signIn(person(), address: "")
        let system = try await fixture.browser([.systemAdministrator], name: "lin")
        try await system.get("/accounts")
        #expect(system.page.contains("使用中（医院目录）"))
        try await system.get("/accounts/one?name=zhang")
        #expect(system.page.contains("https://sso.example") && system.page.contains("停用…"))
        #expect(!system.page.contains("重发首次口令"))
        let security = try await fixture.browser([.securityAdministrator], name: "wang")
        try await security.get("/accounts/one?name=zhang")
        #expect(!security.page.contains("授予以上角色"))
        let auditor = try await fixture.browser([.auditAdministrator], name: "sun")
        directory.change { $0.person = person([]) }
        let browser = Browser(fixture)
        browser.setCookie("__Host-yilian-directory", "ticket./")
        try await browser.get("/sign-in/directory/return?state=s&code=c")
        try await auditor.get("/accounts/events")
        #expect(auditor.page.contains("经目录登录但没有可用角色"))
    }
}
