package import Effects

/// Who looks at a page, for as long as the session goes on.
package struct Visitor: Hashable, Sendable {
    /// The account's name, by which it signs in.
    package var account: String
    /// How the person is called.
    package var name: String
    package var roles: Set<ConsoleRole>
    /// As the unit's register names the person; none for those who treat nobody.
    package var practitioner: String?
    /// The unit where the person works.
    package var unit: String?

    package init(
        account: String, name: String, roles: Set<ConsoleRole>, practitioner: String? = nil, unit: String? = nil
    ) {
        self.account = account
        self.name = name
        self.roles = roles
        self.practitioner = practitioner
        self.unit = unit
    }
}

/// How somebody wants the pages to look; kept in a cookie of the browser, nothing else is.
package struct Look: Hashable, Sendable {
    package enum Theme: String, CaseIterable, Sendable {
        /// As the system has it.
        case auto
        case light
        case dark
    }

    package var language: Language
    package var theme: Theme
    /// Whether single keys move along lists.
    package var hasKeys: Bool

    package init(language: Language = .chinese, theme: Theme = .auto, hasKeys: Bool = true) {
        self.language = language
        self.theme = theme
        self.hasKeys = hasKeys
    }

    /// What a cookie says; whatever it does not say is as it is by itself.
    package init(cookie text: String?, accepting languages: String? = nil) {
        let parts = (text ?? "").split(separator: ".").map(String.init)
        let named = parts.first.flatMap(Language.init(rawValue:))
        // Chinese first: another language only where the browser asks for it before Chinese.
        let first = languages?.split(separator: ",").first.map { $0.lowercased() } ?? ""
        language = named ?? (first.hasPrefix("en") ? .english : .chinese)
        theme = parts.dropFirst().first.flatMap(Theme.init(rawValue:)) ?? .auto
        hasKeys = parts.dropFirst(2).first != "off"
    }

    package var cookie: String { "\(language.rawValue).\(theme.rawValue).\(hasKeys ? "on" : "off")" }
}
