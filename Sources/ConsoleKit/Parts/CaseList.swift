package import Effects

/// The work list of one workflow: what is open, first due first, and what was closed lately.
///
/// A workflow's pages give the rows; order, heading and empty state are the same for all.
package struct CaseList: Sendable {
    package struct Entry: Sendable {
        package var item: WorkList.Item
        /// None where no clock runs.
        package var due: WallTime?
        /// Whether it is up to whoever looks.
        package var isMine: Bool

        package init(_ item: WorkList.Item, due: WallTime?, isMine: Bool) {
            self.item = item
            self.due = due
            self.isMine = isMine
        }
    }

    package var title: String
    package var lead: String
    package var open: [Entry]
    /// The newest first.
    package var closed: [Timeline.Item]

    package init(_ title: String, lead: String, open: [Entry], closed: [Timeline.Item]) {
        self.title = title
        self.lead = lead
        self.open = open
        self.closed = closed
    }

    private static let closedShown = 20

    package func page(in scene: Scene) -> Page {
        let words = scene.words
        let rows = open.enumerated().sorted { left, right in
            (left.element.due ?? Self.never, left.offset) < (right.element.due ?? Self.never, right.offset)
        }.map(\.element)
        let late = rows.count { $0.item.edge(at: scene.now) == .over }
        let mine = rows.count(where: \.isMine)
        let heading =
            rows.isEmpty
            ? words("Nothing waits", "没有待办的")
            : words(
                "\(rows.count) open, \(mine) of them yours, \(late) overdue",
                "\(rows.count) 份未完成，\(mine) 份归您，\(late) 份超时")
        let body: HTML =
            rows.isEmpty
            ? EmptyState(
                words("All is done", "都处理完了"), words("\(closed.count) are closed.", "已结束的有 \(closed.count) 份。")
            ).html(in: scene)
            : "<h2 class=\"hide\">\(words("Open", "未完成"))</h2>\(WorkList(rows.map(\.item)).html(in: scene))"
        let done: HTML = .when(
            !closed.isEmpty,
            PageSection(
                "done", words("Closed lately", "最近结束的"),
                Timeline(Array(closed.prefix(Self.closedShown))).html(in: scene)
            ).html(in: scene))
        return Page(title, heading: heading, lead: HTML(lead), .live("work", body) + .live("done", done))
    }

    private static let never = WallTime(milliseconds: .max)
}

extension PageVisit {
    /// In whose name somebody works: the account's practitioner, whatever a form says.
    ///
    /// - Throws: `page.noPractitioner`.
    package func practitioner() throws -> String {
        guard let practitioner = visitor.practitioner else {
            throw Failure(
                "page.noPractitioner", "this account names no practitioner",
                remedy: "ask the security administrator to name one")
        }
        return practitioner
    }

    /// Who looks at a person, where and when.
    package var watermark: Watermark {
        Watermark("\(visitor.name) \(visitor.unit.map(node.unit) ?? node.name) \(Moment(now).full)")
    }
}
