import Accounts
import ConsoleKit
import Effects
import Trust

/// The pages that need no whole session: signing in, and how the pages look.
struct Entrance {
    let call: SiteCall

    var words: Words { call.words }
    var accounts: AccountBook { call.site.accounts }
    var form: FormData { call.request.form }

    /// - Returns: nil where the request is for somebody who has signed in.
    func answer() async throws -> PageResponse? {
        let path = call.request.path
        if path.hasPrefix("/look/"), call.request.method == .get { return changeLanguage(path) }
        switch (call.request.method, path) {
        case (.post, "/look"): return changeLook()
        case (.get, "/sign-in"): return try await signInPage()
        case (.post, "/sign-in"): return try await tryPassword()
        case (.post, "/sign-out"): return try await signOut()
        case (.get, "/sign-in/link"): return try await linkPage()
        case (.post, "/sign-in/link"): return try await takeLink()
        case (.get, "/sign-in/directory"): return try await goToDirectory()
        case (.get, "/sign-in/directory/return"): return try await comeFromDirectory()
        default: break
        }
        guard path.hasPrefix("/sign-in/") else { return nil }
        guard let session = call.session, let secret = call.secret, !session.isWhole else {
            return call.redirect("/sign-in")
        }
        let half = HalfSession(session: session, secret: secret)
        switch (call.request.method, path) {
        case (.get, "/sign-in/code"): return try await codePage(half)
        case (.post, "/sign-in/code"): return try await tryCode(half)
        case (.get, "/sign-in/recovery"): return try await recoveryPage(half)
        case (.post, "/sign-in/recovery"): return try await tryRecovery(half)
        case (.get, "/sign-in/password"): return try await passwordPage(half)
        case (.post, "/sign-in/password"): return try await changePassword(half)
        case (.get, "/sign-in/device"): return try await devicePage(half)
        case (.post, "/sign-in/device"): return try await bindDevice(half)
        default: throw SiteFailure.notFound
        }
    }

    struct HalfSession {
        let session: Session
        let secret: String

        var account: String { session.visitor.account }
    }

    /// Where each step is asked for; nobody gets to a later one past an earlier.
    static func path(of step: SignInStep) -> PageAddress {
        switch step {
        case .newPassword: "/sign-in/password"
        case .device: "/sign-in/device"
        case .code: "/sign-in/code"
        case .done: "/"
        }
    }

    func isAt(_ step: SignInStep, _ half: HalfSession) -> PageResponse? {
        half.session.step == step ? nil : call.redirect(Self.path(of: half.session.step))
    }

    // MARK: Looks

    private func changeLanguage(_ path: String) -> PageResponse {
        var look = call.look
        if let language = Language(rawValue: String(path.dropFirst("/look/".count))) { look.language = language }
        return keep(look, back: call.request.query["back"])
    }

    private func changeLook() -> PageResponse {
        var look = call.look
        if let theme = Look.Theme(rawValue: form["theme"]) { look.theme = theme }
        if form.has("keys") { look.hasKeys = form["keys"] == "on" }
        return keep(look, back: form["back"])
    }

    private func keep(_ look: Look, back: String) -> PageResponse {
        call.redirect(
            PageAddress(local: back) ?? "/",
            cookies: [SiteCookie.set(SiteCookie.look, look.cookie, maxAgeSeconds: 31_536_000)])
    }

    // MARK: In and out

    private func signInPage(
        name: String = "", errors: FormErrors = FormErrors(), status: Int = 200
    ) async throws -> PageResponse {
        if let session = call.session { return call.redirect(Self.path(of: session.step)) }
        let back = PageAddress(local: call.request.query["back"].isEmpty ? form["back"] : call.request.query["back"])
        let view = FormView(
            "/sign-in",
            [
                FormField(
                    "user", words("Account", "账号"), value: name, isRequired: true, autocomplete: "username", limit: 40),
                FormField(
                    "pass", words("Password", "口令"), .password, isRequired: true, autocomplete: "current-password",
                    limit: Limits.passwordBytes),
            ], hidden: ["back": back?.text ?? "/"], errors: errors, errorTitle: words("Not let in", "没有通过"),
            submit: words("Next", "下一步"))
        let form = view.html(in: call.scene) + directoryDoor(back: back)
        let node = call.site.node()
        let aside: HTML = """
            <h2>\(words("This is the node of \(node.name)", "这里是\(node.name)"))</h2><p>\(words(
                "Look at the name first. Nobody from Yilian calls or writes to ask for a password or a code.",
                "请先核对上面的节点名。医联不会打电话、发短信要您的口令或动态口令。"))</p>
            <h2>\(words("It does not open?", "打不开？"))</h2><p>\(words(
                "After five wrong tries an account is locked for 15 minutes. The system administrator unlocks it, and cannot see your password.",
                "连错 5 次锁 15 分钟。系统管理员可以解锁，看不到您的口令。"))</p>
            <h2>\(words("On record", "记录"))</h2><p>\(words(
                "Signing in, failing and signing out are recorded. You are signed out after 15 minutes without a click, and after 10 hours in any case.",
                "登录、失败和退出都有记录。15 分钟不动会退出，最长 10 小时。"))</p>
            """
        return await door(words("Sign in", "登录"), form, aside: aside, status: status)
    }

    private func tryPassword() async throws -> PageResponse {
        let name = form["user"]
        let outcome = try await accounts.tryPassword(
            form.exactly("pass"), of: name, address: call.request.address)
        switch outcome {
        case .refused(let refusal):
            var response = try await signInPage(
                name: name, errors: FormErrors(text(of: refusal), field: "user"), status: 422)
            response.standing = .wrongTry
            return response
        case .accepted(let account):
            if let secret = call.secret { accounts.sessions.end(secret) }
            let step = accounts.nextStep(for: account)
            let secret = accounts.sessions.begin(account.visitor, step: step, address: call.request.address)
            try accounts.sessions.session(secret)?.memory.keep("back", form["back"])
            return call.redirect(
                Self.path(of: step),
                cookies: [SiteCookie.set(SiteCookie.session, secret), SiteCookie.clear(SiteCookie.door)])
        }
    }

    /// Asks before a link is used: what looks a page up in advance uses none.
    private func linkPage(status: Int = 200) async throws -> PageResponse {
        let ticket = call.request.query["ticket"].isEmpty ? form["ticket"] : call.request.query["ticket"]
        guard let account = try await accounts.visitor(by: ticket) else {
            let again = PageAction.link(words("Sign in with a password", "用口令登录"), "/sign-in")
            return await door(
                words("This link is used up", "这个链接已用过或过期"), again.html(in: call.scene), aside: .empty, status: 404)
        }
        let view = FormView(
            "/sign-in/link", [], hidden: ["ticket": ticket],
            submit: words("Sign in as \(account.person)", "以\(account.person)登录"))
        return await door(
            words("Sign in once", "一次性登录"), view.html(in: call.scene),
            aside: "<p>\(words("Only a region in which nothing is real makes such links.", "只有没有真实数据的区域才发这种链接。"))</p>",
            status: status)
    }

    private func takeLink() async throws -> PageResponse {
        guard let secret = try await accounts.signIn(by: form["ticket"], address: call.request.address) else {
            var response = try await linkPage()
            response.standing = .wrongTry
            return response
        }
        if let old = call.secret { accounts.sessions.end(old) }
        return call.redirect(
            "/", cookies: [SiteCookie.set(SiteCookie.session, secret), SiteCookie.clear(SiteCookie.door)])
    }

    private func signOut() async throws -> PageResponse {
        if let session = call.session, let secret = call.secret {
            accounts.sessions.end(secret)
            if session.isWhole {
                try await accounts.noteSignOut(of: session.visitor.account, address: call.request.address)
            }
        }
        return call.redirect("/sign-in", cookies: [SiteCookie.clear(SiteCookie.session)])
    }

    /// Goes on to the next step under another secret.
    func advance(_ half: HalfSession, to step: SignInStep) -> PageResponse {
        guard let secret = accounts.sessions.advance(half.secret, to: step) else { return call.redirect("/sign-in") }
        let back = half.session.memory.take("back").flatMap { PageAddress(local: $0) } ?? "/"
        return call.redirect(
            step == .done ? back : Self.path(of: step), cookies: [SiteCookie.set(SiteCookie.session, secret)])
    }

    func text(of refusal: SignInRefusal) -> String {
        switch refusal {
        case .wrong(let left):
            words(
                "Account or password is wrong; \(left) more tries before it is locked", "账号或口令不对；再错 \(left) 次就会锁住")
        case .locked(let until):
            words(
                "Too many wrong tries: locked until \(Moment(until).minute)", "连错太多次：锁到 \(Moment(until).minute)")
        case .disabled: words("The account is disabled; ask the system administrator", "账号已停用；请找系统管理员")
        case .firstPasswordEnded:
            words(
                "The first password has run out; ask the system administrator for another", "首次口令已过期；请向系统管理员要新的")
        }
    }

    /// A page of the entrance: the form, and what to know beside it.
    func door(
        _ title: String, _ content: HTML, aside: HTML, status: Int = 200
    ) async -> PageResponse {
        let body: HTML = """
            <div class="box"><h1>\(title)</h1>\(content)</div><aside aria-label="\(words("Notes", "说明"))">\(aside)</aside>
            """
        return await call.page(Page(title, heading: title, status: status, stamp: .none, body))
    }
}
