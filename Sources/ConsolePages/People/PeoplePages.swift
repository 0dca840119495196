import Accounts
import ConsoleKit
import Effects

/// Pages about those who use the console: one's own, and the accounts for those who keep them.
enum PeoplePages {
    static let routes: [PageRoute] = AccountPages.routes + [KeysPage.route]
}

/// Which key does what.
enum KeysPage {
    static let route = PageRoute(.get, "/keys", for: Roles.everybody) { .page(page($0)) }

    private static func page(_ visit: PageVisit) -> Page {
        let words = visit.words
        let keys: [(HTML, String)] = [
            (
                "<kbd>Tab</kbd>",
                words("through every link and button; first comes “skip to the page”", "依次走过每个链接和按钮；第一下是「跳到正文」")
            ),
            ("<kbd>j</kbd> <kbd>k</kbd>", words("next row, row before", "下一行、上一行")),
            ("<kbd>o</kbd>", words("open this row", "打开这一行")), ("<kbd>a</kbd>", words("this row's action", "这一行的动作")),
            ("<kbd>[</kbd> <kbd>]</kbd>", words("previous and next page", "上一页、下一页")),
            ("<kbd>/</kbd>", words("to the filter", "到筛选")), ("<kbd>?</kbd>", words("this page", "这一页")),
        ]
        let title = words("Keys", "键盘")
        let table = DataTable(
            title, [.init(words("Key", "键")), .init(words("Does", "做什么"))], keys.map { [$0.0, HTML($0.1)] })
        return Page(
            title, heading: words("Everything can be done without a mouse", "不用鼠标也能做完每件事"),
            lead: HTML(
                words(
                    "Single keys are silent in fields and while an input method composes; “My sessions” turns them off.",
                    "单键在输入框里、输入法组字时不起作用；可在「我的会话」里关掉。")),
            stamp: .none, table.html(in: visit.scene))
    }
}
