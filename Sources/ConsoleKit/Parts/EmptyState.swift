/// Nothing to show, and what that means: all is well, nothing fits, nothing yet, and not reachable are four different
/// things.
package struct EmptyState: Sendable, PagePart {
    package var title: String
    package var text: String
    package var action: PageAction?

    package init(_ title: String, _ text: String, action: PageAction? = nil) {
        self.title = title
        self.text = text
        self.action = action
    }

    package func html(in scene: Scene) -> HTML {
        """
        <div class="quietly"><h2>\(title)</h2><p>\(text)</p>\(.each(action) { "<p>\($0.html(in: scene))</p>" })</div>
        """
    }
}

/// Something that holds for the whole page: it is degraded or old, or what was just done.
package struct Banner: Sendable, PagePart {
    package var mark: StateMark
    /// What is so.
    package var title: String
    /// Since when, and what is still true.
    package var text: String
    package var action: PageAction?

    package init(_ mark: StateMark, _ title: String, _ text: String = "", action: PageAction? = nil) {
        self.mark = mark
        self.title = title
        self.text = text
        self.action = action
    }

    package func html(in scene: Scene) -> HTML {
        """
        <div class="banner \(mark.style)" role="status">\(mark.shape)<p><b>\(title)</b> \(text)</p>\
        \(.each(action) { $0.html(in: scene) })</div>
        """
    }
}
