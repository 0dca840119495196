/// What is wrong with a form that was sent, by the names of its fields; an empty name is of the form as a whole.
package struct FormErrors: Sendable, Equatable {
    package private(set) var items: [(field: String, text: String)] = []

    package init() {}

    package init(_ text: String, field: String = "") {
        items = [(field, text)]
    }

    package mutating func add(_ field: String, _ text: String) {
        items.append((field, text))
    }

    package var isEmpty: Bool { items.isEmpty }

    func text(of field: String) -> String? { items.first { $0.field == field }?.text }

    package static func == (left: FormErrors, right: FormErrors) -> Bool {
        left.items.elementsEqual(right.items) { $0 == $1 }
    }
}

/// A form that posts: the errors of the last try first on it, each linked to its field, and what was given kept.
package struct FormView: Sendable, PagePart {
    package var path: String
    package var fields: [FormField]
    /// Fields that nobody sees.
    package var hidden: [String: String]
    package var errors: FormErrors
    /// What stands above the errors.
    package var errorTitle: String?
    package var submit: String
    package var style: PageAction.Style
    /// A way back beside the button.
    package var back: PageAction?

    package init(
        _ path: String, _ fields: [FormField], hidden: [String: String] = [:], errors: FormErrors = FormErrors(),
        errorTitle: String? = nil, submit: String, style: PageAction.Style = .primary, back: PageAction? = nil
    ) {
        self.path = path
        self.fields = fields
        self.hidden = hidden
        self.errors = errors
        self.errorTitle = errorTitle
        self.submit = submit
        self.style = style
        self.back = back
    }

    package func html(in scene: Scene) -> HTML {
        let secret = hidden.sorted { $0.key < $1.key }.map { name, value -> HTML in
            "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
        }
        return """
            \(summary(scene))<form method="post" action="\(path)">\(scene.token)\(secret)\
            \(fields.map { $0.html(error: errors.text(of: $0.name)) })<p class="row block-s"><button \
            class="\(style.rawValue)">\(submit)</button>\(.each(back) { $0.html(in: scene) })</p></form>
            """
    }

    /// First on the page, so that whoever hears the page hears it first; the script gives it the focus.
    private func summary(_ scene: Scene) -> HTML {
        guard !errors.isEmpty else { return .empty }
        let count = errors.items.count
        let title =
            errorTitle
            ?? scene.words(
                "Not done yet: \(count) \(count == 1 ? "thing" : "things") to correct", "还没有提交：有 \(count) 处要改")
        let rows = errors.items.map { item -> HTML in
            item.field.isEmpty ? "<li>\(item.text)</li>" : "<li><a href=\"#\(item.field)\">\(item.text)</a></li>"
        }
        return """
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-h"><h2 id="errors-h">\
            \(StateMark.broken.shape)\(title)</h2><ol>\(rows)</ol></div>
            """
    }
}

/// A form that narrows a list: all of it stands in the address, so that a page can be kept and passed on.
///
/// Nothing about a person is asked in one.
package struct FilterBar: Sendable, PagePart {
    package var path: String
    package var label: String
    package var fields: [FormField]
    /// Whether anything is narrowed now.
    package var isInForce: Bool

    package init(_ path: String, _ label: String, _ fields: [FormField], isInForce: Bool) {
        self.path = path
        self.label = label
        self.fields = fields
        self.isInForce = isInForce
    }

    package func html(in scene: Scene) -> HTML {
        let parts = fields.map { field -> HTML in
            "<div>\(field.bare())</div>"
        }
        let clear: HTML = .when(
            isInForce, "<a class=\"button quiet\" href=\"\(path)\">\(scene.words("Clear", "清除"))</a>")
        return """
            <form class="filter" method="get" action="\(path)" aria-label="\(label)">\(parts)<button>\
            \(scene.words("Filter", "筛选"))</button>\(clear)</form>
            """
    }
}

extension FormField {
    /// The field without what a form puts around it.
    fileprivate func bare() -> HTML { "<label for=\"\(name)\">\(label)</label>\(bareControl)" }
}
