package import Effects

/// What every part of a page needs to show itself: the language, the moment, and the token of its forms.
package struct Scene: Hashable, Sendable {
    package let words: Words
    /// What the page is as of; it stands on the page once.
    package let now: WallTime
    /// Stands in every form of the page; a form without it is refused.
    package let formToken: String

    package init(_ language: Language, now: WallTime, formToken: String = "") {
        words = Words(language)
        self.now = now
        self.formToken = formToken
    }

    /// The hidden field with the token.
    package var token: HTML { "<input type=\"hidden\" name=\"\(Self.tokenField)\" value=\"\(formToken)\">" }

    package static let tokenField = "token"
}

/// Something that stands on a page.
package protocol PagePart: Sendable {
    func html(in scene: Scene) -> HTML
}
