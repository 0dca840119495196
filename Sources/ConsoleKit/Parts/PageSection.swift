/// A part of a page under a heading of its own.
package struct PageSection: Sendable, PagePart {
    /// Unique on the page; addresses may end in it.
    package var id: String
    package var title: String
    package var note: HTML
    package var body: HTML

    package init(_ id: String, _ title: String, note: HTML = .empty, _ body: HTML) {
        self.id = id
        self.title = title
        self.note = note
        self.body = body
    }

    package func html(in scene: Scene) -> HTML {
        """
        <section id="\(id)" aria-labelledby="\(id)-h"><div class="bar"><h2 id="\(id)-h">\(title)</h2>\
        \(.when(!note.isEmpty, "<span class=\"note\">\(note)</span>"))</div>\(body)</section>
        """
    }
}

/// Two columns where there is room for them: what the page is about, and what stands beside it.
package struct Columns: Sendable, PagePart {
    package var main: HTML
    package var aside: HTML

    package init(_ main: HTML, aside: HTML) {
        self.main = main
        self.aside = aside
    }

    package func html(in scene: Scene) -> HTML {
        "<div class=\"cols\"><div>\(main)</div><div>\(aside)</div></div>"
    }
}
