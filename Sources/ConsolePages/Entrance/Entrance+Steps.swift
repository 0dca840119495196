import Accounts
import ConsoleKit
import Effects
import Trust

extension Entrance {
    // MARK: The code of a device

    func codePage(_ half: HalfSession, errors: FormErrors = FormErrors(), status: Int = 200) async throws
        -> PageResponse
    {
        if let elsewhere = isAt(.code, half) { return elsewhere }
        let view = FormView(
            "/sign-in/code",
            [
                FormField(
                    "code", words("Six digits", "6 位动态口令"), .oneTimeCode,
                    hint: words("from the authenticator on your phone; new every 30 seconds", "来自您手机上的验证器；每 30 秒换一次"),
                    isRequired: true, autocomplete: "one-time-code")
            ], errors: errors, errorTitle: words("Not let in", "没有通过"), submit: words("Sign in", "登录"))
        let content: HTML = """
            \(view.html(in: call.scene))<p class="block-s"><a href="/sign-in/recovery">\
            \(words("The phone is not here: use a recovery code", "手机不在身边：用恢复码"))</a></p>
            """
        return await door(words("Code", "动态口令"), content, aside: greeting(half) + clockNote, status: status)
    }

    func tryCode(_ half: HalfSession) async throws -> PageResponse {
        if let elsewhere = isAt(.code, half) { return elsewhere }
        let refusal = try await accounts.tryCode(form["code"], of: half.account, address: call.request.address)
        guard let refusal else { return try await entered(half) }
        let text =
            switch refusal {
            case .wrong(let left):
                words(
                    "The code is wrong or was used already; \(left) more tries", "口令不对，或者已经用过；还可以试 \(left) 次")
            default: self.text(of: refusal)
            }
        var response = try await codePage(half, errors: FormErrors(text, field: "code"), status: 422)
        response.standing = .wrongTry
        return response
    }

    /// The code was right; a password that is too old is changed before anything else.
    private func entered(_ half: HalfSession) async throws -> PageResponse {
        guard let account = try await accounts.account(half.account) else { throw SiteFailure.signedOut }
        return advance(half, to: accounts.needsPassword(account) ? .newPassword : .done)
    }

    func recoveryPage(
        _ half: HalfSession, errors: FormErrors = FormErrors(), status: Int = 200
    ) async throws -> PageResponse {
        if let elsewhere = isAt(.code, half) { return elsewhere }
        let view = FormView(
            "/sign-in/recovery",
            [
                FormField(
                    "recovery", words("Recovery code", "恢复码"),
                    hint: words("one of the ten that you wrote down; each holds once", "您记下的十个之一；每个只能用一次"),
                    isRequired: true, limit: 40)
            ], errors: errors, errorTitle: words("Not let in", "没有通过"), submit: words("Sign in", "登录"))
        return await door(
            words("Recovery code", "恢复码"), view.html(in: call.scene), aside: greeting(half), status: status)
    }

    func tryRecovery(_ half: HalfSession) async throws -> PageResponse {
        if let elsewhere = isAt(.code, half) { return elsewhere }
        let refusal = try await accounts.tryRecovery(
            form["recovery"], of: half.account, address: call.request.address)
        guard let refusal else { return try await entered(half) }
        let text =
            switch refusal {
            case .wrong(let left): words("This is none of them; \(left) more tries", "不是其中任何一个；还可以试 \(left) 次")
            default: self.text(of: refusal)
            }
        var response = try await recoveryPage(half, errors: FormErrors(text, field: "recovery"), status: 422)
        response.standing = .wrongTry
        return response
    }

    // MARK: A password of one's own

    func passwordPage(
        _ half: HalfSession, errors: FormErrors = FormErrors(), status: Int = 200
    ) async throws -> PageResponse {
        if let elsewhere = isAt(.newPassword, half) { return elsewhere }
        let view = FormView(
            "/sign-in/password",
            [
                FormField(
                    "new", words("New password", "新口令"), .password,
                    hint: words(
                        "at least \(Limits.passwordCharacters) characters, of three kinds",
                        "至少 \(Limits.passwordCharacters) 个字符，含三种字符"),
                    isRequired: true, autocomplete: "new-password", limit: Limits.passwordBytes),
                FormField(
                    "again", words("The same again", "再输一次"), .password, isRequired: true, autocomplete: "new-password",
                    limit: Limits.passwordBytes),
            ], errors: errors, submit: words("Change the password", "改口令"))
        let owner: HTML = "<p>\(words("For the account", "账号")) <b>\(half.account)</b></p>"
        let aside: HTML = """
            <h2>\(words("Why now?", "为什么现在改？"))</h2><p>\(words(
                "A first password is known to whoever made it; any password is changed every 90 days.",
                "首次口令别人也知道；任何口令每 90 天换一次。"))</p>
            """
        return await door(
            words("Choose a password", "设置口令"), owner + view.html(in: call.scene), aside: aside, status: status)
    }

    func changePassword(_ half: HalfSession) async throws -> PageResponse {
        if let elsewhere = isAt(.newPassword, half) { return elsewhere }
        let password = form.exactly("new")
        if password != form.exactly("again") {
            let errors = FormErrors(words("the two are not the same", "两次输入不同"), field: "again")
            return try await passwordPage(half, errors: errors, status: 422)
        }
        if let objection = PasswordRule.objection(to: password, of: half.account) {
            return try await passwordPage(half, errors: FormErrors(words(objection), field: "new"), status: 422)
        }
        do {
            try await accounts.changePassword(of: half.account, to: password, address: call.request.address)
        } catch let failure as Failure where failure.code == "account.samePassword" {
            let errors = FormErrors(words("this is the one that you had", "与原口令相同"), field: "new")
            return try await passwordPage(half, errors: errors, status: 422)
        }
        guard let account = try await accounts.account(half.account) else { throw SiteFailure.signedOut }
        return advance(half, to: account.hasDevice ? .done : .device)
    }

    // MARK: A device that shows codes

    private static let deviceKey = "device"

    private func device(_ half: HalfSession) throws -> OneTimePassword {
        let memory = half.session.memory
        if let kept = memory[Self.deviceKey].flatMap({ Hex.bytes($0) }) { return OneTimePassword(secret: kept) }
        let device = OneTimePassword(random: call.site.world.random)
        try memory.keep(Self.deviceKey, Hex.text(device.secret))
        return device
    }

    func devicePage(
        _ half: HalfSession, errors: FormErrors = FormErrors(), status: Int = 200
    ) async throws -> PageResponse {
        if let elsewhere = isAt(.device, half) { return elsewhere }
        let device = try device(half)
        let view = FormView(
            "/sign-in/device",
            [
                FormField(
                    "code", words("The six digits that it shows now", "它现在显示的 6 位数"), .oneTimeCode, isRequired: true,
                    autocomplete: "one-time-code")
            ], errors: errors, submit: words("Bind this device", "绑定这台设备"))
        let content: HTML = """
            <p>\(words(
                "Open an authenticator on your phone (any that knows time-based codes), choose to enter a key by hand, and type:",
                "在手机上打开验证器（任何支持 TOTP 的都行），选手动输入密钥，然后输入："))</p>\
            <p class="block-s"><code>\(device.typedText)</code></p>\(view.html(in: call.scene))
            """
        return await door(words("Bind a device", "绑定动态口令"), content, aside: greeting(half) + clockNote, status: status)
    }

    func bindDevice(_ half: HalfSession) async throws -> PageResponse {
        if let elsewhere = isAt(.device, half) { return elsewhere }
        let device = try device(half)
        let codes = try await accounts.bindDevice(
            device, code: form["code"], to: half.account, address: call.request.address)
        guard let codes else {
            let errors = FormErrors(
                words("this is not the code of that key; is the phone's clock right?", "与密钥不符；手机时间对吗？"),
                field: "code")
            return try await devicePage(half, errors: errors, status: 422)
        }
        half.session.memory.take(Self.deviceKey).map { _ in }
        guard let secret = accounts.sessions.advance(half.secret, to: .done) else { return call.redirect("/sign-in") }
        return await recoveryCodes(codes, secret: secret)
    }

    /// The one page that shows them.
    private func recoveryCodes(_ codes: [String], secret: String) async -> PageResponse {
        let rows = codes.map { "<li><code>\($0)</code></li>" as HTML }
        let content: HTML = """
            <p>\(words(
                "Write these down or print them, and keep them away from the phone. Each lets you in once without it. They are shown this once.",
                "请抄下或打印，不要和手机放在一起。没有手机时每个可用一次。只显示这一次。"))</p>\
            <ol class="block-s">\(rows)</ol>\
            <p class="block-s"><a class="button primary" href="/">\(words("I have them: go on", "已记下，继续"))</a></p>
            """
        let title = words("Ten recovery codes", "十个恢复码")
        let body: HTML = "<div class=\"box\"><h1>\(title)</h1>\(content)</div>"
        return await call.page(
            Page(title, heading: title, stamp: .none, body), cookies: [SiteCookie.set(SiteCookie.session, secret)])
    }

    private func greeting(_ half: HalfSession) -> HTML {
        let name = half.session.visitor.name
        return """
            <h2>\(words("Good day, \(name)", "\(name)，您好"))</h2><p>\(words("The password was right.", "口令已通过。"))</p>
            """
    }

    private var clockNote: HTML {
        let now = Moment(call.scene.now)
        return """
            <h2>\(words("Always wrong?", "总是不对？"))</h2><p>\(words(
                "Most often the phone's clock is off. The node's time is", "多半是手机时间不准。节点时间现在是"))
            <time class="num" datetime="\(now.machine)">\(now.clock)</time>\(words(".", "。"))</p>
            """
    }
}
