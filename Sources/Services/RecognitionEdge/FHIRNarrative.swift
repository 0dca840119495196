import FHIR

/// The text of a resource's narrative.
enum FHIRNarrative {
    /// The text; `nil` where there is none or the resource says that it is empty.
    static func text(_ resource: FHIRResource) -> String? {
        guard let narrative = resource["text"], narrative["status"]?.string != "empty",
            let div = narrative["div"]?.string
        else { return nil }
        return plain(div).nonEmpty
    }

    /// Whether the narrative says what no element of the resource says (FHIR R4, NarrativeStatus).
    static func isAdditional(_ resource: FHIRResource) -> Bool {
        resource["text"]?["status"]?.string == "additional"
    }

    private static let breaking: Set<String> = [
        "br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote",
        "hr",
    ]
    private static let entities = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "deg": "°", "micro": "µ",
        "plusmn": "±", "sup2": "²", "sup3": "³", "le": "≤", "ge": "≥", "times": "×",
    ]

    /// XHTML as text: blocks are lines, cells stand apart, what is no known entity stays as it stands.
    static func plain(_ markup: String) -> String {
        var text = ""
        var rest = markup[...]
        while let character = rest.first {
            switch character {
            case "<":
                guard let end = rest.firstIndex(of: ">") else {
                    text.append(contentsOf: rest)
                    rest = ""
                    break
                }
                let name = rest[..<end].dropFirst().drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
                    .lowercased()
                if breaking.contains(name) { text += "\n" } else if name == "td" || name == "th" { text += " " }
                rest = rest[rest.index(after: end)...]
            case "&":
                let (word, after) = entity(rest)
                text += word
                rest = after
            case let blank where blank.isWhitespace:
                text += " "
                rest = rest.drop { $0.isWhitespace }
            default:
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        return text.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static func entity(_ text: Substring) -> (String, Substring) {
        let name = text.dropFirst().prefix(10).prefix { $0 != ";" && !$0.isWhitespace }
        let after = text.dropFirst(name.count + 1)
        guard after.first == ";" else { return ("&", text.dropFirst()) }
        let rest = after.dropFirst()
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let number =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = number.flatMap({ UnicodeScalar($0) }) else { return ("&", text.dropFirst()) }
            return (String(scalar), rest)
        }
        return entities[String(name)].map { ($0, rest) } ?? ("&", text.dropFirst())
    }
}
