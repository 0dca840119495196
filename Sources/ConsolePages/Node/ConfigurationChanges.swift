import Console
import ConsoleKit
import Effects
import ServiceKit

/// What the configuration in force changed against the one before it, and what the one that waits will change.
struct ConfigurationChanges {
    private let info: RegionChangesInfo
    private let visit: PageVisit

    init(_ info: RegionChangesInfo, _ visit: PageVisit) {
        self.info = info
        self.visit = visit
    }

    private var words: Words { visit.words }

    /// A page has no more; `yilian region changes` has all of them.
    private static let shown = 100

    var html: HTML {
        let next = HTML.each(info.next) { step in
            section(
                "next", words("What version \(step.to) will change", "第 \(step.to) 版将改变什么"), step,
                words("against version \(step.from), which is in force", "与生效中的第 \(step.from) 版相比"))
        }
        guard let last = info.last else {
            let note = EmptyState(
                words("Nothing to compare with", "没有可比较的"),
                words("No earlier version lies at this node.", "本节点没有更早的版本。"))
            return next
                + PageSection("changes", words("What changed last", "上次改变了什么"), note.html(in: visit.scene)).html(
                    in: visit.scene)
        }
        return next
            + section(
                "changes", words("What version \(last.to) changed", "第 \(last.to) 版改变了什么"), last,
                words("against version \(last.from), the one before", "与之前的第 \(last.from) 版相比"))
    }

    private func section(_ id: String, _ title: String, _ step: RegionChangesInfo.Step, _ note: String) -> HTML {
        let rows = step.changes.prefix(Self.shown).map { change -> [HTML] in
            [HTML(kind(change.kind)), "<span class=\"code\">\(change.subject)</span>", HTML(change.detail)]
        }
        let columns: [DataTable.Column] = [
            .init(words("Change", "变更")), .init(words("Of", "对象")),
            .init(words("What is new, or was and is", "新内容，或前后对比")),
        ]
        let more: HTML = .when(
            step.changes.count > Self.shown,
            "<p class=\"note\">\(words("The first \(Self.shown) of \(step.changes.count).", "共 \(step.changes.count) 处，显示前 \(Self.shown) 处。"))</p>"
        )
        let body: HTML =
            rows.isEmpty
            ? HTML(words("Nothing but the version.", "除版本号外没有变化。"))
            : DataTable(title, columns, rows).html(in: visit.scene) + more
        return PageSection(id, title, note: HTML(note), body).html(in: visit.scene)
    }

    private func kind(_ word: String) -> String {
        switch word {
        case "added": words("added", "新增")
        case "removed": words("removed", "删除")
        case "changed": words("changed", "变更")
        default: word
        }
    }
}
