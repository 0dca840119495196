package import Effects

/// What needs somebody now: worst first, then oldest, each with its one action.
package struct NeedsList: Sendable, PagePart {
    package struct Item: Sendable {
        package var mark: StateMark
        /// What is wrong, as a sentence.
        package var title: String
        /// What it does to whom, and what happens by itself.
        package var consequence: HTML
        package var since: WallTime?
        /// None where it mends itself; the consequence says so.
        package var action: PageAction?

        package init(
            _ mark: StateMark, _ title: String, _ consequence: HTML = .empty, since: WallTime? = nil,
            action: PageAction? = nil
        ) {
            self.mark = mark
            self.title = title
            self.consequence = consequence
            self.since = since
            self.action = action
        }
    }

    /// In the order in which they are shown.
    package let items: [Item]

    package init(_ items: [Item]) {
        self.items = items.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            return (one.mark.rank, one.since ?? WallTime(milliseconds: .max), left.offset)
                < (other.mark.rank, other.since ?? WallTime(milliseconds: .max), right.offset)
        }.map(\.element)
    }

    package func html(in scene: Scene) -> HTML {
        let rows = items.enumerated().map { index, item -> HTML in
            var action = item.action
            // Only the first stands out: what is everywhere stands out nowhere.
            if action?.style == .plain, index == 0 { action?.style = .primary }
            let since = HTML.each(item.since) { moment in
                let moment = Moment(moment)
                return """
                    <b>\(scene.words("since ", "自 "))\(moment.short(seenFrom: scene.now))</b>\(moment.age(scene))
                    """
            }
            return """
                <li class="\(item.mark.style)">\(item.mark.html(scene.words))<div class="body"><h3>\(item.title)</h3>\
                \(.when(!item.consequence.isEmpty, "<p>\(item.consequence)</p>"))</div><p class="since">\(since)</p>\
                <div class="act">\(.each(action) { $0.html(in: scene) })</div></li>
                """
        }
        return "<ol class=\"needs\" data-rows>\(rows)</ol>"
    }
}
