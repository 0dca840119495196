package import Effects

/// Puts a page into the whole that a browser shows: head, menu, foot.
package struct PageFrame: Sendable {
    /// One line of the menu.
    package struct MenuItem: Hashable, Sendable {
        package var place: PageRoute.MenuPlace
        package var path: String

        package init(_ place: PageRoute.MenuPlace, path: String) {
            self.place = place
            self.path = path
        }
    }

    /// How the node above is, in the head of every page.
    package struct Parent: Sendable {
        package var mark: StateMark
        package var name: String
        package var since: WallTime

        package init(_ mark: StateMark, name: String, since: WallTime) {
            self.mark = mark
            self.name = name
            self.since = since
        }
    }

    package var node: NodeFace
    package var look: Look
    package var scene: Scene
    /// The path of the page, and where somebody comes back to who changes the look.
    package var path: String
    /// None before somebody has signed in.
    package var visitor: Visitor?
    package var menu: [MenuItem]
    package var parent: Parent?
    /// Where what changes on this page is listened to; none where nobody may.
    package var events: PageAddress?

    package init(
        node: NodeFace, look: Look, scene: Scene, path: String, visitor: Visitor? = nil, menu: [MenuItem] = [],
        parent: Parent? = nil, events: PageAddress? = nil
    ) {
        self.node = node
        self.look = look
        self.scene = scene
        self.path = path
        self.visitor = visitor
        self.menu = menu
        self.parent = parent
        self.events = events
    }

    private var words: Words { scene.words }

    /// The document of a page.
    package func document(_ page: Page) -> HTML {
        let theme: HTML = .when(look.theme != .auto, " data-theme=\"\(look.theme.rawValue)\"")
        let keys: HTML = .when(!look.hasKeys, " data-keys=\"off\"")
        return """
            <!DOCTYPE html>
            <html lang="\(words.tag)" data-now="\(Moment(scene.now).machine)"\(theme)\(keys)>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(page.title) · \(node.name) · \(words("Yilian", "医联"))</title>
            <link rel="icon" href="\(Asset.icon.path)" type="image/svg+xml">
            <link rel="stylesheet" href="\(Asset.stylesheet.path)">
            <script src="\(Asset.script.path)" defer></script>
            </head>
            <body>
            <a class="skip" href="#main">\(words("Skip to the page", "跳到正文"))</a>
            \(StateMark.sprite)
            \(top)
            \(visitor == nil ? door(page) : framed(page))
            \(.each(page.watermark) { $0.html(in: scene) })
            <p class="hide" id="say" role="status" aria-live="polite"></p>
            </body>
            </html>

            """
    }

    private var top: HTML {
        let seal: HTML = "<span aria-hidden=\"true\">医</span><span aria-hidden=\"true\">联</span>"
        let home: HTML =
            visitor == nil
            ? "<span class=\"seal\">\(seal)</span>"
            : "<a class=\"seal\" href=\"/\" aria-label=\"\(words("Yilian, start page", "医联，开始页"))\">\(seal)</a>"
        let above = HTML.each(parent) { parent in
            let name = words("parent ", "上级 ") + parent.name
            return
                "<span class=\"st \(parent.mark.style)\">\(parent.mark.shape)\(name)</span> \(Moment(parent.since).age(scene))"
        }
        let menuButton: HTML = .when(
            visitor != nil, "<a class=\"button small menu\" href=\"#menu\">\(words("Menu", "菜单"))</a>")
        return """
            <header class="top">\(home)<p class="who-node"><b>\(node.name)</b><span>\(tierWord) · \(node.id)</span></p>\
            <p class="up">\(above)</p>\(languages)\(menuButton)</header>
            """
    }

    private var tierWord: String {
        switch node.tier {
        case "dispatcher": words("dispatcher", "调度")
        case "city": words("city", "市级")
        case "county": words("county group", "县级")
        case "township": words("township", "乡镇级")
        default: node.tier
        }
    }

    private var languages: HTML {
        func link(_ language: Language, _ name: String, _ tag: String) -> HTML {
            if language == look.language { return "<b aria-current=\"true\">\(name)</b>" }
            let address = PageAddress("/look/" + language.rawValue, [("back", path)])
            return "<a href=\"\(address.text)\" lang=\"\(tag)\" hreflang=\"\(tag)\">\(name)</a>"
        }
        return "<p class=\"langs\">\(link(.chinese, "中文", "zh-CN")) · \(link(.english, "English", "en"))</p>"
    }

    /// Before somebody has signed in there is nothing but the page.
    private func door(_ page: Page) -> HTML {
        "<main class=\"door\" id=\"main\" tabindex=\"-1\">\(page.banners.map { $0.html(in: scene) })\(page.body)</main>"
    }

    private func framed(_ page: Page) -> HTML {
        """
        <div class="frame">\(side)
        <main class="page" id="main" tabindex="-1"\(listening(page))>\(lost)\(page.banners.map { $0.html(in: scene) })
        \(content(page))
        <footer class="foot"><span>\(words("Yilian", "医联")) \(node.release)</span><span>\(node.name)</span></footer></main></div>
        """
    }

    /// What answers the page's question; the parts of it that change stand between their marks.
    package func content(_ page: Page) -> HTML {
        let head: HTML = """
            <div><p class="eyebrow">\(page.eyebrow)</p><h1>\(page.heading)</h1>\
            \(.when(!page.lead.isEmpty, "<p class=\"lead\">\(page.lead)</p>"))</div>
            """
        // The stamp is told apart: it goes on also where nothing has changed.
        let answer = events == nil ? head : .live("head", head)
        return "<div class=\"head\">\(answer)\(stamp(page.stamp))</div>\n\(page.body)"
    }

    private func listening(_ page: Page) -> HTML {
        .each(events) { address in
            let marks = LivePart.marks(of: LivePart.all(in: content(page)))
            return " data-live=\"\(address.text)\" data-marks=\"\(marks)\""
        }
    }

    private var lost: HTML {
        guard events != nil else { return .empty }
        let text = words(
            "Updates have stopped, and start again by themselves. The figures are of then; the ages beside them go on.",
            "实时更新已断，正在重连。数字停在断开时，旁边的时间继续走。")
        return "<div class=\"banner stale\" id=\"lost\" hidden>\(StateMark.stale.shape)<p>\(text)</p></div>"
    }

    private func stamp(_ stamp: Page.Stamp) -> HTML {
        switch stamp {
        case .asOfNow:
            "<p class=\"stamp\">\(words("as of ", "截至 "))<time datetime=\"\(Moment(scene.now).machine)\">\(Moment(scene.now).clock)</time></p>"
        case .nothingDone: "<p class=\"stamp\">\(words("nothing has been done yet", "这一步还没有做任何事"))</p>"
        case .none: .empty
        }
    }

    private var side: HTML {
        let groups = PageRoute.MenuPlace.Group.allCases.map { group -> HTML in
            let items = menu.filter { $0.place.group == group }.map { item -> HTML in
                let here: HTML = .when(item.path == path, " aria-current=\"page\"")
                return "<li><a href=\"\(item.path)\"\(here)>\(words(item.place.label))</a></li>"
            }
            return .when(!items.isEmpty, "<h2>\(words(group.word))</h2><ul>\(items)</ul>")
        }
        return """
            <nav class="side" id="menu" aria-label="\(words("Main menu", "主导航"))">\(groups)\
            \(.each(visitor) { me($0) })</nav>
            """
    }

    private func me(_ visitor: Visitor) -> HTML {
        let roles = ConsoleRole.allCases.filter(visitor.roles.contains).map { words($0.word) }
        let themes: [(Look.Theme, String)] = [
            (.auto, words("Auto", "自动")), (.light, words("Light", "浅色")), (.dark, words("Dark", "深色")),
        ]
        let buttons = themes.map { theme, name -> HTML in
            """
            <button class="small" name="theme" value="\(theme.rawValue)" aria-pressed="\
            \(theme == look.theme ? "true" : "false")">\(name)</button>
            """
        }
        return """
            <div class="me"><b>\(visitor.name)</b>\(roles.joined(separator: words(", ", "、")))\
            <form method="post" action="/look" aria-label="\(words("Appearance", "外观"))">\(scene.token)\
            <input type="hidden" name="back" value="\(path)">\(buttons)</form>\
            <a href="/me">\(words("My sessions", "我的会话"))</a> · <a href="/keys" rel="help">\(words("Keys", "键盘"))</a>\
            <form method="post" action="/sign-out">\(scene.token)<button class="small">\(words("Sign out", "退出"))</button>\
            </form></div>
            """
    }
}
