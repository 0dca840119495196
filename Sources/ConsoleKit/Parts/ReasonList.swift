/// The few reasons for which many things wait, each with how many, since when, and its one action.
package struct ReasonList: Sendable, PagePart {
    package struct Item: Sendable {
        package var mark: StateMark
        /// The state in words, where it is not the mark's own.
        package var state: String?
        package var title: String
        package var text: HTML
        package var count: String
        package var unit: String
        /// Since when the oldest waits, and when it goes on.
        package var since: HTML
        package var action: PageAction?

        package init(
            _ mark: StateMark, state: String? = nil, _ title: String, _ text: HTML, count: String, unit: String,
            since: HTML, action: PageAction? = nil
        ) {
            self.mark = mark
            self.state = state
            self.title = title
            self.text = text
            self.count = count
            self.unit = unit
            self.since = since
            self.action = action
        }
    }

    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }

    package func html(in scene: Scene) -> HTML {
        let rows = items.map { item -> HTML in
            """
            <li>\(item.mark.html(scene.words, item.state))<div class="body"><h3>\(item.title)</h3><p>\(item.text)</p></div>\
            <p class="n">\(item.count) <small>\(item.unit)</small></p><p class="since note">\(item.since)</p>\
            <div class="act">\(.each(item.action) { $0.html(in: scene) })</div></li>
            """
        }
        return "<ol class=\"reasons\" data-rows>\(rows)</ol>"
    }
}
