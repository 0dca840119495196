/// Rows to compare: a real table with a caption, which scrolls sideways in a region of its own where it is narrow.
package struct DataTable: Sendable, PagePart {
    package struct Column: Sendable {
        package var title: String
        /// Numbers stand to the right.
        package var isNumber: Bool
        /// Where sorting by this column leads; none where it cannot be sorted by.
        package var sort: PageAddress?
        package var sorted: Order?

        package enum Order: String, Sendable {
            case ascending
            case descending
        }

        package init(_ title: String, isNumber: Bool = false, sort: PageAddress? = nil, sorted: Order? = nil) {
            self.title = title
            self.isNumber = isNumber
            self.sort = sort
            self.sorted = sorted
        }

        /// A column of numbers.
        package static func number(_ title: String) -> Column { Column(title, isNumber: true) }
    }

    package var caption: String
    package var columns: [Column]
    package var rows: [[HTML]]
    /// Whether the first cell of a row names it.
    package var hasRowHeads: Bool
    /// The row that a person came for.
    package var here: Int?

    package init(
        _ caption: String, _ columns: [Column], _ rows: [[HTML]], hasRowHeads: Bool = false, here: Int? = nil
    ) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.hasRowHeads = hasRowHeads
        self.here = here
    }

    package func html(in scene: Scene) -> HTML {
        let heads = columns.map { column -> HTML in
            let arrow = column.sorted == .ascending ? " ↑" : column.sorted == .descending ? " ↓" : ""
            let title: HTML =
                column.sort.map { "<a href=\"\($0.text)\">\(column.title)\(arrow)</a>" } ?? HTML(column.title)
            let order: HTML = .each(column.sorted) { " aria-sort=\"\($0.rawValue)\"" }
            return "<th scope=\"col\"\(.when(column.isNumber, " class=\"n\""))\(order)>\(title)</th>"
        }
        let body = rows.enumerated().map { index, cells -> HTML in
            "<tr\(.when(index == here, " class=\"here\""))>\(cells.enumerated().map(cell))</tr>"
        }
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(caption)\(scene.words(", table", "，表格"))"><table><caption class="hide">\(caption)\
            </caption><thead><tr>\(heads)</tr></thead><tbody data-rows>\(body)</tbody></table></div>
            """
    }

    private func cell(_ index: Int, _ content: HTML) -> HTML {
        let style: HTML = .when(index < columns.count && columns[index].isNumber, " class=\"n\"")
        return index == 0 && hasRowHeads
            ? "<th scope=\"row\"\(style)>\(content)</th>" : "<td\(style)>\(content)</td>"
    }
}

/// Which part of a list is shown, and how one goes on.
package struct Pager: Sendable, PagePart {
    /// In words: which of how many.
    package var text: String
    package var previous: PageAddress?
    package var next: PageAddress?
    /// Whether it leads from one thing to another, and not from page to page.
    package var isOfItems: Bool

    package init(_ text: String, previous: PageAddress? = nil, next: PageAddress? = nil, isOfItems: Bool = false) {
        self.text = text
        self.previous = previous
        self.next = next
        self.isOfItems = isOfItems
    }

    package func html(in scene: Scene) -> HTML {
        let words = scene.words
        let (backward, forward) =
            isOfItems
            ? (words("Previous", "上一件"), words("Next", "下一件")) : (words("Back", "上一页"), words("More", "下一页"))
        let back: HTML = .each(previous) {
            "<a class=\"button small\" href=\"\($0.text)\" rel=\"prev\">\(backward)</a>"
        }
        let on: HTML = .each(next) {
            "<a class=\"button small\" href=\"\($0.text)\" rel=\"next\">\(forward)</a>"
        }
        return """
            <nav class="pager" aria-label="\(words("Pages", "翻页"))"><span class="num">\(text)</span><span class="row">\
            \(back)\(on)</span></nav>
            """
    }
}
