/// Something that a person can do from a page: go somewhere, or post.
package struct PageAction: Hashable, Sendable, PagePart {
    package enum Way: Hashable, Sendable {
        case go(PageAddress)
        /// Posts a form with these fields.
        case post(String, [String: String])
    }

    package enum Style: String, Hashable, Sendable {
        case plain = ""
        /// At most one in a part of a page.
        case primary
        /// What cannot be undone.
        case danger
        case quiet
    }

    /// The effect, never "OK".
    package var label: String
    package var way: Way
    package var style: Style
    package var isSmall: Bool

    package init(_ label: String, _ way: Way, style: Style = .plain, isSmall: Bool = false) {
        self.label = label
        self.way = way
        self.style = style
        self.isSmall = isSmall
    }

    /// A link.
    package static func link(
        _ label: String, _ address: PageAddress, style: Style = .plain, isSmall: Bool = false
    ) -> PageAction {
        PageAction(label, .go(address), style: style, isSmall: isSmall)
    }

    package func html(in scene: Scene) -> HTML {
        let classes = [style.rawValue, isSmall ? "small" : ""].filter { !$0.isEmpty }.joined(separator: " ")
        switch way {
        case .go(let address): return "<a class=\"button \(classes)\" href=\"\(address.text)\">\(label)</a>"
        case .post(let path, let fields):
            let hidden = fields.sorted { $0.key < $1.key }.map { name, value -> HTML in
                "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
            }
            return """
                <form method="post" action="\(path)">\(scene.token)\(hidden)<button class="\(classes)">\(label)</button>\
                </form>
                """
        }
    }
}
