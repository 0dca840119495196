/// A language in which the program speaks to people.
///
/// JSON and the log of a node are the same in both.
package enum Language: String, CaseIterable, Hashable, Sendable {
    case english = "en"
    case chinese = "zh"

    /// What the environment asks for: the first of the usual variables that says something.
    package init(environment: (String) -> String?) {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap(environment).first { !$0.isEmpty }
        self = named?.lowercased().hasPrefix("zh") == true ? .chinese : .english
    }
}

extension Wording {
    /// The words in a language.
    package func text(in language: Language) -> String {
        switch language {
        case .english: english
        case .chinese: chinese
        }
    }
}
