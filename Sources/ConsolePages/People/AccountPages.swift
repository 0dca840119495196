import Accounts
import ConsoleKit
import Effects
import Regions
import ServiceKit

/// The accounts: made and locked by one administrator, given roles by another, watched by a third.
enum AccountPages {
    private static let keepers: Set<ConsoleRole> = [.systemAdministrator, .securityAdministrator]

    static let routes = [
        PageRoute(
            .get, "/accounts", for: keepers, menu: .init(.people, Wording("Accounts", "账号")),
            asks: [AccountEndpoints.list.description]
        ) { .page(try await list($0)) },
        PageRoute(.get, "/accounts/new", for: [.systemAdministrator]) { .page(newPage($0)) },
        PageRoute(
            .post, "/accounts/new", for: [.systemAdministrator], asks: [AccountEndpoints.create.description]
        ) { try await create($0) },
        PageRoute(.get, "/accounts/one", for: keepers, asks: [AccountEndpoints.list.description]) {
            .page(try await one($0))
        },
        PageRoute(
            .post, "/accounts/roles", for: [.securityAdministrator],
            asks: [AccountEndpoints.grant.description, AccountEndpoints.list.description]
        ) { try await grant($0) },
        change("unlock", AccountEndpoints.unlock, Wording("The account may try again.", "账号可以再试了。")),
        change("disable", AccountEndpoints.disable, Wording("The account is disabled.", "账号已停用。")),
        change("enable", AccountEndpoints.enable, Wording("The account is let in again.", "账号已启用。")),
        PageRoute(
            .get, "/accounts/confirm", for: [.systemAdministrator], asks: [AccountEndpoints.list.description]
        ) { .page(try await confirm($0)) },
        PageRoute(
            .post, "/accounts/reset", for: [.systemAdministrator], asks: [AccountEndpoints.reset.description]
        ) { visit in
            let name = visit.request.form["name"]
            return .page(
                opening(
                    try await visit.ask(AccountEndpoints.reset, .init(name: name, actor: visit.visitor.account)), visit)
            )
        },
        PageRoute(
            .get, "/accounts/events", for: [.auditAdministrator],
            menu: .init(.people, Wording("Sign-ins and changes", "登录与变更")), asks: [AccountEndpoints.events.description]
        ) { .page(try await events($0)) },
    ]

    private static func change(
        _ verb: String, _ endpoint: Endpoint<AccountEndpoints.Choice, AccountEndpoints.Info>, _ notice: Wording
    ) -> PageRoute {
        PageRoute(.post, "/accounts/" + verb, for: [.systemAdministrator], asks: [endpoint.description]) { visit in
            let name = visit.request.form["name"]
            _ = try await visit.ask(endpoint, .init(name: name, actor: visit.visitor.account))
            return .redirect(PageAddress("/accounts/one", [("name", name)]), notice: notice)
        }
    }

    // MARK: The list

    static func state(_ info: AccountEndpoints.Info, _ now: WallTime) -> (StateMark, Wording) {
        if info.disabledAt != nil { return (.held, Wording("disabled", "已停用")) }
        if let until = PageVisit.time(info.lockedUntil), until > now {
            return (.attention, Wording("locked until \(Moment(until).minute)", "锁到 \(Moment(until).minute)"))
        }
        if info.directory != nil, !info.roles.isEmpty {
            return (.ok, Wording("in use, of the directory", "使用中（医院目录）"))
        }
        if info.roles.isEmpty { return (.waiting, Wording("waits for a role", "等待授权")) }
        if !info.hasDevice {
            if let until = PageVisit.time(info.firstPasswordUntil), until < now {
                return (.attention, Wording("first password has run out", "首次口令已过期"))
            }
            return (.waiting, Wording("has not signed in yet", "还没有登录过"))
        }
        return (.ok, Wording("in use", "使用中"))
    }

    private static func list(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let accounts = try await visit.ask(AccountEndpoints.list)
        let locked = accounts.count { (PageVisit.time($0.lockedUntil) ?? .epoch) > visit.now }
        let rows = accounts.map { account -> [HTML] in
            let (mark, word) = state(account, visit.now)
            let address = PageAddress("/accounts/one", [("name", account.name)])
            let roles = account.roles.map { words($0.word) }.joined(separator: words(", ", "、"))
            return [
                "<a href=\"\(address.text)\">\(account.person)</a><small class=\"note code\">\(account.name)</small>",
                mark.html(words, words(word)), HTML(roles.isEmpty ? "–" : roles),
                "\(account.practitioner ?? "–")<small class=\"note\">\(account.unit ?? "")</small>",
                .each(PageVisit.time(account.lastSignIn)) { Moment($0).withAge(visit.scene) },
            ]
        }
        let title = words("Accounts", "账号")
        let make = PageAction.link(words("Make an account", "新建账号"), "/accounts/new", style: .primary)
        let table = DataTable(
            title,
            [
                .init(words("Person", "姓名")), .init(words("State", "状态")), .init(words("Roles", "角色")),
                .init(words("Practitioner", "执业人员")), .init(words("Last sign-in", "上次登录")),
            ], rows, hasRowHeads: true)
        return Page(
            title,
            heading: locked == 0
                ? words("\(accounts.count) accounts, none locked", "\(accounts.count) 个账号，没有锁住的")
                : words("\(locked) of \(accounts.count) accounts are locked", "\(accounts.count) 个账号中 \(locked) 个锁住"),
            lead: HTML(
                words(
                    "The system administrator makes and locks accounts, the security administrator grants roles, the audit administrator sees both.",
                    "系统管理员建号和停用，安全管理员授权，审计管理员看得到两者做了什么。")),
            table.html(in: visit.scene)
                + .when(
                    visit.visitor.roles.contains(.systemAdministrator),
                    "<p class=\"block-s\">\(make.html(in: visit.scene))</p>"))
    }

    // MARK: A new one

    private static func newPage(_ visit: PageVisit, errors: FormErrors = FormErrors()) -> Page {
        let words = visit.words
        let form = visit.request.form
        let view = FormView(
            "/accounts/new",
            [
                FormField(
                    "name", words("Account", "账号"),
                    hint: words("small letters, digits, '.' and '-'", "小写字母、数字、“.”和“-”"),
                    value: form["name"], isRequired: true, limit: 40),
                FormField(
                    "person", words("How the person is called", "姓名"), value: form["person"], isRequired: true,
                    limit: 50),
                FormField(
                    "practitioner", words("Practitioner", "执业人员编号"),
                    hint: words("of the unit's register; for doctors and experts", "机构登记中的编号；医师和专家填写"),
                    value: form["practitioner"], limit: 64),
                FormField("unit", words("Unit", "机构"), value: form["unit"], limit: 64),
            ], errors: errors, submit: words("Make the account", "新建账号"),
            back: .link(words("Back", "返回"), "/accounts"))
        return Page(
            words("New account", "新建账号"), eyebrow: words("Accounts · new", "账号 · 新建"),
            heading: words("Who is to sign in?", "给谁开账号？"),
            lead: HTML(words("Roles are granted by the security administrator afterwards.", "角色随后由安全管理员授予。")),
            status: errors.isEmpty ? 200 : 422, stamp: .nothingDone, view.html(in: visit.scene))
    }

    private static func create(_ visit: PageVisit) async throws -> PageOutcome {
        let form = visit.request.form
        let order = AccountEndpoints.Order(
            name: form["name"], person: form["person"], roles: [],
            practitioner: form["practitioner"].isEmpty ? nil : form["practitioner"],
            unit: form["unit"].isEmpty ? nil : form["unit"], actor: visit.visitor.account)
        do {
            return .page(opening(try await visit.ask(AccountEndpoints.create, order), visit))
        } catch let failure as Failure {
            guard
                let field = ["account.badName": "name", "account.exists": "name", "account.badPerson": "person"][
                    failure.code.rawValue]
            else { throw failure }
            let definition = FailureDefinition.accounts.first { $0.code == failure.code }
            let text = definition.map { visit.words($0.sentence) } ?? failure.message
            return .page(newPage(visit, errors: FormErrors(text, field: field)))
        }
    }

    /// The one page that shows a first password.
    private static func opening(_ opening: AccountEndpoints.Opening, _ visit: PageVisit) -> Page {
        let words = visit.words
        let until = PageVisit.time(opening.until).map { Moment($0).full } ?? ""
        let pairs = Pairs([
            (words("Account", "账号"), "<code>\(opening.name)</code>"),
            (words("First password", "首次口令"), "<code>\(opening.password)</code>"),
            (words("Holds until", "有效到"), HTML(until)),
        ])
        let back = PageAction.link(
            words("To the account", "看这个账号"), PageAddress("/accounts/one", [("name", opening.name)]))
        return Page(
            words("First password", "首次口令"), eyebrow: words("Accounts", "账号"),
            heading: words("Hand this over in person: it is shown this once", "请当面交给本人：只显示这一次"),
            lead: HTML(
                words(
                    "At the first sign-in the person chooses another one and binds a phone.", "本人首次登录时会改口令，并绑定手机。")),
            stamp: .none, pairs.html(in: visit.scene) + "<p class=\"block-s\">\(back.html(in: visit.scene))</p>")
    }

    // MARK: One of them

    private static func find(_ name: String, _ visit: PageVisit) async throws -> AccountEndpoints.Info {
        guard let info = try await visit.ask(AccountEndpoints.list).first(where: { $0.name == name }) else {
            throw Failure("account.absent", "there is no account of this name", place: name)
        }
        return info
    }

    private static func one(_ visit: PageVisit, errors: FormErrors = FormErrors()) async throws -> Page {
        let words = visit.words
        let name = visit.request.query["name"].isEmpty ? visit.request.form["name"] : visit.request.query["name"]
        let info = try await find(name, visit)
        let (mark, word) = state(info, visit.now)
        let proof: (String, HTML) =
            if let directory = info.directory {
                (words("Directory", "医院目录"), "<code>\(directory)</code>")
            } else {
                (
                    words("Password of", "口令设于"),
                    .each(PageVisit.time(info.passwordAt)) { Moment($0).withAge(visit.scene) }
                )
            }
        let pairs = Pairs([
            (words("Account", "账号"), "<code>\(info.name)</code>"),
            (words("State", "状态"), mark.html(words, words(word))),
            (
                words("Practitioner", "执业人员"),
                HTML([info.practitioner, info.unit].compactMap { $0 }.joined(separator: " · "))
            ),
            (words("Made", "建于"), .each(PageVisit.time(info.createdAt)) { Moment($0).withAge(visit.scene) }),
            proof,
            (words("Last sign-in", "上次登录"), .each(PageVisit.time(info.lastSignIn)) { Moment($0).withAge(visit.scene) }),
        ])
        let isSystem = visit.visitor.roles.contains(.systemAdministrator)
        let isSecurity = visit.visitor.roles.contains(.securityAdministrator)
        return Page(
            words("Account", "账号"), eyebrow: words("Accounts · one", "账号 · 一个"), heading: info.person,
            status: errors.isEmpty ? 200 : 422,
            pairs.html(in: visit.scene) + .when(isSecurity && info.directory == nil, rolesForm(info, errors, visit))
                + .when(isSystem, actions(info, visit)))
    }

    private static func rolesForm(_ info: AccountEndpoints.Info, _ errors: FormErrors, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let view = FormView(
            "/accounts/roles",
            [
                FormField(
                    "roles", words("Roles", "角色"),
                    .checks(ConsoleRole.allCases.map { .init($0.rawValue, words($0.word)) }),
                    hint: words(
                        "an administrator's role goes with no other; a change ends the account's sessions",
                        "三类管理员不能兼任其他角色；改动会结束此人的会话"), values: Set(info.roles.map(\.rawValue)))
            ], hidden: ["name": info.name], errors: errors, submit: words("Grant these and no others", "授予以上角色，收回其余"))
        return PageSection("granting", words("Roles", "角色"), view.html(in: visit.scene)).html(in: visit.scene)
    }

    private static func actions(_ info: AccountEndpoints.Info, _ visit: PageVisit) -> HTML {
        let words = visit.words
        let name = ["name": info.name]
        var actions: [PageAction] = []
        if (PageVisit.time(info.lockedUntil) ?? .epoch) > visit.now {
            actions.append(PageAction(words("Unlock", "解锁"), .post("/accounts/unlock", name), style: .primary))
        }
        func ask(_ verb: String) -> PageAddress {
            PageAddress("/accounts/confirm", [("name", info.name), ("do", verb)])
        }
        actions.append(
            info.disabledAt == nil
                ? .link(words("Disable…", "停用…"), ask("disable"), style: .danger)
                : PageAction(words("Let in again", "启用"), .post("/accounts/enable", name)))
        if info.directory == nil {
            actions.append(.link(words("New first password…", "重发首次口令…"), ask("reset"), style: .danger))
        }
        return PageSection(
            "actions", words("Actions", "动作"), "<div class=\"row\">\(actions.map { $0.html(in: visit.scene) })</div>"
        ).html(in: visit.scene)
    }

    /// Asks before somebody is kept out or loses the phone.
    private static func confirm(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let info = try await find(visit.request.query["name"], visit)
        let isReset = visit.request.query["do"] == "reset"
        let facts = Pairs([
            (words("Account", "账号"), "<code>\(info.name)</code>"), (words("Person", "姓名"), HTML(info.person)),
            (
                words("Afterwards", "之后"),
                HTML(
                    isReset
                        ? words(
                            "password, phone and recovery codes hold no more; sessions end", "原口令、手机和恢复码都作废，会话结束")
                        : words("nobody signs in with it; sessions end", "不能再登录，会话结束"))
            ),
        ])
        let form = FormView(
            isReset ? "/accounts/reset" : "/accounts/disable", [], hidden: ["name": info.name],
            submit: isReset ? words("Make a first password", "重发首次口令") : words("Disable the account", "停用账号"),
            style: .danger,
            back: .link(words("Back, do nothing", "返回，什么也不做"), PageAddress("/accounts/one", [("name", info.name)])))
        return Page(
            words("Confirm", "确认"), eyebrow: words("Accounts · confirm", "账号 · 确认"),
            heading: isReset
                ? words("Make \(info.person) a new first password?", "给\(info.person)重发首次口令？")
                : words("Keep \(info.person) out?", "停用\(info.person)的账号？"), stamp: .nothingDone,
            ConfirmView(facts: facts, form: form).html(in: visit.scene))
    }

    private static func grant(_ visit: PageVisit) async throws -> PageOutcome {
        let form = visit.request.form
        let roles = form.all("roles").compactMap(ConsoleRole.init(rawValue:))
        // Nobody raises the own account: a second pair of eyes is what the three are for.
        guard form["name"] != visit.visitor.account else {
            let text = visit.words("nobody changes the own roles", "不能改自己的角色")
            return .page(try await one(visit, errors: FormErrors(text, field: "roles")))
        }
        do {
            _ = try await visit.ask(
                AccountEndpoints.grant, .init(name: form["name"], roles: roles, actor: visit.visitor.account))
        } catch let failure as Failure
            where ["account.roles", "account.noPractitioner"].contains(failure.code.rawValue)
        {
            let definition = FailureDefinition.accounts.first { $0.code == failure.code }
            let text = definition.map { visit.words($0.sentence) } ?? failure.message
            return .page(try await one(visit, errors: FormErrors(text, field: "roles")))
        }
        return .redirect(
            PageAddress("/accounts/one", [("name", form["name"])]),
            notice: Wording("The roles hold from the next sign-in on.", "角色从下次登录起生效。"))
    }

    // MARK: What happened

    private static func events(_ visit: PageVisit) async throws -> Page {
        let words = visit.words
        let before = visit.request.query["before"]
        let events = try await visit.ask(
            AccountEndpoints.events,
            .init(before: before.isEmpty ? nil : before, limit: UInt32(Limits.accountEventsShown)))
        let wrong = events.count { $0.action == .wrongPassword || $0.action == .wrongCode }
        let rows = events.map { event -> [HTML] in
            [
                .each(PageVisit.time(event.at)) { Moment($0).withAge(visit.scene) },
                "<span class=\"code\">\(event.account)</span>",
                event.action.mark.html(words, words(event.action.word)), "<span class=\"code\">\(event.actor)</span>",
                HTML(event.address),
            ]
        }
        let title = words("Sign-ins and changes", "登录与变更")
        let table = DataTable(
            title,
            [
                DataTable.Column(words("Time", "时间"), sorted: .descending), .init(words("Account", "账号")),
                .init(words("What", "内容")), .init(words("By", "由谁")), .init(words("From", "来自")),
            ], rows)
        let next =
            events.count == Limits.accountEventsShown
            ? events.last.map { PageAddress("/accounts/events", [("before", $0.at)]) } : nil
        let pager = Pager(words("\(events.count) events", "\(events.count) 条"), next: next)
        let body: HTML =
            events.isEmpty
            ? EmptyState(words("Nothing yet", "还没有"), words("Nobody has signed in.", "还没有人登录过。")).html(in: visit.scene)
            : table.html(in: visit.scene) + pager.html(in: visit.scene)
        return Page(
            title,
            heading: wrong == 0
                ? words("No wrong try among the last \(events.count) events", "最近 \(events.count) 条中没有登录失败")
                : words(
                    "\(wrong) wrong tries among the last \(events.count) events",
                    "最近 \(events.count) 条中有 \(wrong) 次登录失败"),
            lead: HTML(words("Kept for 200 days.", "保存 200 天。")), body)
    }
}

extension AccountEvent.Action {
    var mark: StateMark {
        switch self {
        case .wrongPassword, .wrongCode, .recoveryUsed, .reset, .rolesChanged, .nameTaken, .rolesRefused: .attention
        case .locked, .disabled, .keptOut: .held
        default: .ok
        }
    }

    var word: Wording {
        switch self {
        case .created: Wording("made", "建号")
        case .signedIn: Wording("signed in", "登录")
        case .wrongPassword: Wording("wrong password", "口令错误")
        case .wrongCode: Wording("wrong code", "动态口令错误")
        case .locked: Wording("locked", "锁住")
        case .recoveryUsed: Wording("used a recovery code", "用了恢复码")
        case .passwordChanged: Wording("changed the password", "改口令")
        case .deviceBound: Wording("bound a device", "绑定设备")
        case .signedOut: Wording("signed out", "退出")
        case .rolesChanged: Wording("roles changed", "角色变更")
        case .unlocked: Wording("unlocked", "解锁")
        case .disabled: Wording("disabled", "停用")
        case .enabled: Wording("let in again", "启用")
        case .reset: Wording("reset", "重置")
        case .sessionEnded: Wording("session ended", "结束会话")
        case .nameTaken: Wording("came from the directory under another's name", "经目录以他人账号名登录")
        case .rolesRefused: Wording("came from the directory without a role for here", "经目录登录但没有可用角色")
        case .keptOut: Wording("came from the directory, is disabled here", "经目录登录但已在此停用")
        }
    }
}
