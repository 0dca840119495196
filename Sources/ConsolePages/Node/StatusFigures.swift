import Console
import ConsoleKit
import Effects

/// The eight numbers of a node, each with its age or what it is made of.
struct StatusFigures: PagePart {
    let status: NodeInfo
    let queue: [QueueItemInfo]

    func html(in scene: Scene) -> HTML {
        let words = scene.words
        let waiting = queue.reduce(0) { $0 + $1.entries }
        let oldest = queue.compactMap(\.oldestAgeSeconds).max()
        var items = [
            Figures.Item(
                words("Waiting", "等待"), HTML(words.grouped(waiting)), words("entries", "条"),
                note:
                    "<a href=\"/queue\">\(oldest.map { words("oldest \(words.span(seconds: $0))", "最久 \(words.span(seconds: $0))") } ?? words("nothing waits", "没有等待的"))</a>"
            ),
            Figures.Item(
                words("On disk", "已落盘"), HTML(words.grouped(status.ledger.all.entries)), words("entries", "条"),
                note: HTML(words.bytes(status.ledger.all.storedBytes))),
            Figures.Item(
                words("Links", "链路"), HTML("\(status.linksUp) / \(status.linksExpected)"),
                note: HTML(words("up of those that should be", "通 / 应有"))),
            Figures.Item(
                words("Region configuration", "区域配置"),
                HTML(words("version \(status.configurationVersion)", "第 \(status.configurationVersion) 版")),
                note: .each(PageVisit.time(status.configurationAcceptedAt)) { Moment($0).age(scene) }),
            Figures.Item(
                words("Running", "已运行"), HTML(words.span(seconds: status.uptimeSeconds)),
                note: HTML(words("release \(status.release)", "版本 \(status.release)"))),
        ]
        if let free = status.freeDiskBytes {
            items.append(.init(words("Disk free", "磁盘剩余"), HTML(words.bytes(free)), note: HTML(words("now", "此刻"))))
        }
        items += status.figures.prefix(6).map { figure in
            Figures.Item(
                TerminalWords.shown(figure.name, in: words.language),
                HTML(
                    figure.value == figure.value.rounded()
                        ? "\(Int64(clamping: Int(figure.value.rounded())))" : "\(figure.value)"))
        }
        return Figures(items).html(in: scene)
    }
}
