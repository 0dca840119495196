import Accounts
import ConsoleKit
import Effects
import Testing
import Trust

@Suite("The entrance of the console") struct EntranceTests {
    @Test func `a link signs in once, after it was asked whether, and only where the node makes such links`()
        async throws
    {
        let fixture = try await SiteFixture(allowsLinks: true)
        _ = try await fixture.book.create("zhou", person: "周示例", roles: [.operator], by: "test")
        let ticket = try await fixture.book.link(for: "zhou").ticket
        let browser = Browser(fixture)
        try await browser.get("/sign-in/link?ticket=\(ticket)")
        #expect(browser.page.contains("以周示例登录"))
        try await browser.get("/sign-in/link?ticket=\(ticket)")
        #expect(browser.response.status == 200, "looking uses nothing up")
        try await browser.post("/sign-in/link", ["ticket": ticket])
        #expect(browser.path == "/" && browser.response.status == 200)
        let other = Browser(fixture)
        try await other.get("/sign-in/link?ticket=\(ticket)")
        #expect(other.response.status == 404 && other.page.contains("已用过或过期"))
        try await other.get("/")
        #expect(other.path == "/sign-in")
    }

    @Test func `somebody signs in with password and code and is where they wanted to go`() async throws {
        let fixture = try await SiteFixture()
        let device = try await fixture.account("zhou", [.operator])
        let browser = Browser(fixture)
        try await browser.get("/links")
        #expect(browser.path == "/sign-in" && browser.page.contains("name=\"back\" value=\"/links\""))
        try await browser.post("/sign-in", ["user": "zhou", "pass": SiteFixture.password, "back": "/links"])
        #expect(browser.path == "/sign-in/code")
        let half = browser.cookies["__Host-yilian"]
        try await browser.post(
            "/sign-in/code", ["code": device.code(step: OneTimePassword.step(at: fixture.time.wallTime))])
        #expect(browser.path == "/links" && browser.response.status == 200)
        #expect(browser.cookies["__Host-yilian"] != half, "whoever knew the half session knows nothing")
        #expect(browser.response.standing == .proven("zhou"))
    }

    @Test func `a half session opens nothing but its own step`() async throws {
        let fixture = try await SiteFixture()
        _ = try await fixture.account("zhou", [.operator])
        let browser = Browser(fixture)
        try await browser.get("/sign-in")
        try await browser.post("/sign-in", ["user": "zhou", "pass": SiteFixture.password])
        for path in ["/", "/links", "/queue", "/me", "/sign-in/password", "/sign-in/device"] {
            try await browser.get(path)
            #expect(browser.path == "/sign-in/code", "\(path)")
            #expect(browser.response.standing == .stranger)
        }
        try await browser.post("/sign-in/device", ["code": "123456"])
        #expect(browser.path == "/sign-in/code")
        fixture.time.advance(milliseconds: Limits.halfSessionMilliseconds)
        try await browser.get("/sign-in/code")
        #expect(browser.path == "/sign-in")
    }

    @Test func `the first time: another password, a device, recovery codes once`() async throws {
        let fixture = try await SiteFixture()
        let first = try await fixture.book.create("zhou", person: "周示例", roles: [.operator], by: "test")
        let browser = Browser(fixture)
        try await browser.get("/sign-in")
        try await browser.post("/sign-in", ["user": "zhou", "pass": first.text])
        #expect(browser.path == "/sign-in/password")
        for (new, again) in [("Stone-bridge 7", "other"), ("short", "short"), ("zhou-Bridge 77", "zhou-Bridge 77")] {
            try await browser.post("/sign-in/password", ["new": new, "again": again])
            #expect(browser.response.status == 422 && browser.page.contains("role=\"alert\""))
        }
        try await browser.post("/sign-in/password", ["new": SiteFixture.password, "again": SiteFixture.password])
        #expect(browser.path == "/sign-in/device")
        let typed = try #require(browser.page.components(separatedBy: "<code>").last?.prefix { $0 != "<" })
        try await browser.get("/sign-in/device")
        #expect(browser.page.contains(typed), "the key stays the same until it is bound")
        try await browser.post("/sign-in/device", ["code": "000000"])
        #expect(browser.response.status == 422)
        let device = OneTimePassword(secret: Self.bytes(base32: typed.filter { $0 != " " }))
        try await browser.post(
            "/sign-in/device", ["code": device.code(step: OneTimePassword.step(at: fixture.time.wallTime))])
        #expect(browser.page.components(separatedBy: "<li><code>").count == Limits.recoveryCodes + 1)
        try await browser.get("/")
        #expect(browser.path == "/" && browser.response.status == 200)
    }

    private static func bytes(base32 text: some StringProtocol) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (buffer, bits, bytes) = (UInt64(0), 0, [UInt8]())
        for letter in text {
            buffer = buffer << 5 | UInt64(alphabet.firstIndex(of: letter) ?? 0)
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt64(bits)))
            }
        }
        return bytes
    }

    @Test func `wrong ones are told in a sentence, count at the door, and lock`() async throws {
        let fixture = try await SiteFixture()
        _ = try await fixture.account("zhou", [.operator])
        let browser = Browser(fixture)
        try await browser.get("/sign-in")
        for _ in 0..<5 {
            try await browser.post("/sign-in", ["user": "zhou", "pass": "wrong"])
            #expect(browser.response.status == 422 && browser.response.standing == .wrongTry)
        }
        #expect(browser.page.contains("锁到"))
        try await browser.post("/sign-in", ["user": "zhou", "pass": SiteFixture.password])
        #expect(browser.page.contains("锁到") && !browser.page.contains(SiteFixture.password))
    }

    @Test func `a form from elsewhere, without a token, or with another's is refused and changes nothing`() async throws
    {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        let other = try await fixture.browser([.operator], name: "li")
        try await browser.get("/system")
        try await other.get("/system")
        for (token, from) in [
            ("", "same-origin"), (String(repeating: "0", count: 64), "same-origin"), (other.token, "same-origin"),
            (browser.token, "cross-site"), (browser.token, "same-site"), (browser.token, "none"),
        ] {
            let response = try await browser.post("/system/log", ["level": "debug"], token: token, from: from)
            #expect(response.status == 403, "\(from)")
        }
        try await browser.get("/system")
        #expect(try await browser.post("/system/log", ["level": "debug"], from: nil).status == 200)
        // An old browser says nothing of where a form comes from; the token is enough.
        #expect(browser.path == "/system")
    }

    @Test func `a sign-in form that nobody was shown is refused`() async throws {
        let fixture = try await SiteFixture()
        _ = try await fixture.account("zhou", [.operator])
        let stranger = Browser(fixture)
        #expect(
            try await stranger.post("/sign-in", ["user": "zhou", "pass": SiteFixture.password], token: "x").status
                == 403)
        let other = Browser(fixture)
        try await other.get("/sign-in")
        let response = try await stranger.post(
            "/sign-in", ["user": "zhou", "pass": SiteFixture.password], token: other.token)
        #expect(response.status == 403)
    }

    @Test func `who signs out is out, and what was posted afterwards is not done`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/system")
        let (token, secret) = (browser.token, browser.cookies["__Host-yilian"])
        try await browser.post("/sign-out", [:])
        #expect(browser.path == "/sign-in")
        browser.setCookie("__Host-yilian", secret)
        #expect(try await browser.post("/system/log", ["level": "debug"], token: token).status == 403)
        try await browser.get("/system")
        #expect(browser.path == "/sign-in")
        #expect(try await fixture.book.events().first?.action == .signedOut)
    }

    @Test func `a session that nobody uses ends`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        fixture.time.advance(milliseconds: Limits.sessionIdleMilliseconds)
        try await browser.get("/system")
        #expect(browser.path == "/sign-in")
    }

    @Test func `the language changes by a link, everything else by a form, and nobody is led elsewhere`() async throws {
        let fixture = try await SiteFixture()
        let browser = try await fixture.browser([.operator])
        try await browser.get("/look/en?back=/links")
        #expect(browser.path == "/links" && browser.page.contains("lang=\"en\""))
        try await browser.post("/look", ["theme": "dark", "back": "/links"])
        #expect(browser.page.contains("data-theme=\"dark\"") && browser.path == "/links")
        for back in ["//elsewhere.example", "https://elsewhere.example/"] {
            try await browser.post("/look", ["theme": "light", "back": back])
            #expect(browser.path == "/")
        }
        try await browser.post("/look", ["theme": "x", "keys": "off", "back": "/me"])
        #expect(browser.page.contains("data-keys=\"off\"") && browser.page.contains("data-theme=\"light\""))
    }

    @Test func `nothing of the entrance may be kept, and its cookies are for this host alone`() async throws {
        let fixture = try await SiteFixture()
        let browser = Browser(fixture)
        let response = try await browser.get("/sign-in")
        #expect(response.header("cache-control") == "no-store")
        let policy = try #require(response.header("content-security-policy"))
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        for header in response.headers where header.name == "set-cookie" {
            #expect(header.value.hasPrefix("__Host-") && header.value.contains("; Secure; HttpOnly; SameSite="))
        }
    }
}
