/// Numbers that somebody reads off, each with what it counts and how old it is.
package struct Figures: Sendable, PagePart {
    package struct Item: Sendable {
        package var name: String
        package var value: HTML
        package var unit: String
        /// How old it is, or what it is made of.
        package var note: HTML

        package init(_ name: String, _ value: HTML, _ unit: String = "", note: HTML = .empty) {
            self.name = name
            self.value = value
            self.unit = unit
            self.note = note
        }
    }

    package var items: [Item]

    package init(_ items: [Item]) {
        self.items = items
    }

    package func html(in scene: Scene) -> HTML {
        let parts = items.map { item -> HTML in
            """
            <div><dt>\(item.name)</dt><dd>\(item.value)\(.when(!item.unit.isEmpty, " <small>\(item.unit)</small>"))</dd>\
            \(.when(!item.note.isEmpty, "<dd class=\"age\">\(item.note)</dd>"))</div>
            """
        }
        return "<dl class=\"facts\">\(parts)</dl>"
    }
}

/// Names and what stands for them.
package struct Pairs: Sendable, PagePart {
    package var items: [(name: String, value: HTML)]

    package init(_ items: [(String, HTML)]) {
        self.items = items.map { (name: $0.0, value: $0.1) }
    }

    package func html(in scene: Scene) -> HTML {
        "<dl class=\"pairs\">\(items.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" as HTML })</dl>"
    }
}

/// How much of a whole is used; the number must stand beside it in words.
package struct Gauge: Sendable, PagePart {
    package var percent: Int
    package var mark: StateMark

    package init(percent: Int, _ mark: StateMark = .ok) {
        self.percent = min(100, max(0, percent))
        self.mark = mark
    }

    package func html(in scene: Scene) -> HTML {
        """
        <svg class="gauge \(mark.style)" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">\
        <rect width="\(percent)" height="6"/></svg>
        """
    }
}
