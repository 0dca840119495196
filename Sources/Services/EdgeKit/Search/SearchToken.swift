/// A search parameter of type token: `system|value`, `|value` or `value`; several with commas between them mean any of
/// them.
///
/// A backslash makes `,`, `|` and `$` plain text (FHIR R4, "Escaping Search Parameters").
package struct SearchToken: Sendable, Equatable {
    /// Empty where the search says that there is none; `nil` where it does not say.
    package var system: String?
    package var value: String

    package init(_ text: String) {
        let parts = Self.split(text, at: "|", limit: 2)
        system = parts.count > 1 ? Self.unescaped(parts[0]) : nil
        value = Self.unescaped(parts.last ?? "")
    }

    /// The alternatives of a parameter; blank ones are left out.
    package static func alternatives(_ text: String) -> [String] {
        split(text, at: ",", limit: .max).filter { part in !part.allSatisfy(\.isWhitespace) }
    }

    private static func split(_ text: String, at separator: Character, limit: Int) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if !isEscaped, character == separator, parts.count < limit {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = !isEscaped && character == "\\"
        }
        return parts
    }

    private static func unescaped(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            if character == "\\", let next = rest.first, ",|$\\".contains(next) {
                plain.append(next)
                rest.removeFirst()
            } else {
                plain.append(character)
            }
        }
        return plain
    }
}
