import Accounts
import ConsoleKit
import Effects

/// One's own sessions, and how the keys behave; these pages reach the sessions themselves, which are no endpoint.
struct SessionPages {
    let call: SiteCall
    let session: Session

    /// - Returns: nil where the request is for another page.
    func answer() async throws -> PageResponse? {
        switch (call.request.method, call.request.path) {
        case (.get, "/me"): return await call.page(page)
        case (.post, "/me/end"): return try await end()
        default: return nil
        }
    }

    private var sessions: [Session] { call.site.accounts.sessions.all(of: session.visitor.account) }

    private var page: Page {
        let words = call.words
        let rows = sessions.map { other -> [HTML] in
            let isHere = other.id == session.id
            let action = PageAction(words("End it", "结束"), .post("/me/end", ["session": other.id]), isSmall: true)
            return [
                Moment(other.startedAt).withAge(call.scene), Moment(other.seenAt).age(call.scene), HTML(other.address),
                isHere ? HTML(words("this one", "就是这个")) : action.html(in: call.scene),
            ]
        }
        let title = words("My sessions", "我的会话")
        let table = DataTable(
            title,
            [
                .init(words("Since", "自")), .init(words("Last click", "上次操作")), .init(words("From", "来自")),
                .init(words("Action", "动作")),
            ], rows)
        let keys = FormView(
            "/look",
            [
                FormField(
                    "keys", words("Single keys on lists", "列表上的单键"),
                    .radio([.init("on", words("on", "开")), .init("off", words("off", "关"))]),
                    value: call.look.hasKeys ? "on" : "off")
            ], hidden: ["back": "/me"], submit: words("Keep", "保存"), style: .plain)
        return Page(
            title,
            heading: rows.count == 1
                ? words("You are signed in here only", "您只在这里登录")
                : words("You are signed in at \(rows.count) places", "您在 \(rows.count) 处登录"),
            lead: HTML(
                words(
                    "A session ends 15 minutes after the last click, and after 10 hours in any case.",
                    "15 分钟不动会退出，最长 10 小时。")),
            table.html(in: call.scene)
                + PageSection("keyboard", words("Keys", "键盘"), keys.html(in: call.scene)).html(in: call.scene))
    }

    private func end() async throws -> PageResponse {
        let account = session.visitor.account
        if call.site.accounts.sessions.end(id: call.request.form["session"], of: account) {
            try await call.site.accounts.noteEnd(of: account, address: call.request.address)
        }
        return call.redirect("/me")
    }
}
