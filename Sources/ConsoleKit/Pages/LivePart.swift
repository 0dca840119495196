import Trust

/// A part of a page that goes to the browser again when it has changed, without the page around it.
///
/// It stands in the page between two marks, so that a page stays one text whether anybody listens or not. What an age or
/// a clock shows at the moment is no change: the script lets them run.
package struct LivePart: Hashable, Sendable {
    /// Letters alone, unique on the page.
    package let id: String
    /// What stands between the marks.
    package let text: String
    /// Changes with the text, but for ages and clocks.
    package let mark: String

    private init(id: String, text: String) {
        self.id = id
        self.text = text
        mark = String(Suite.ed25519.digest(Array(Self.still(text).utf8)).hex.prefix(12))
    }

    /// Every part of a page, in order.
    package static func all(in page: HTML) -> [LivePart] {
        var parts: [LivePart] = []
        var rest = page.text[...]
        // Whatever anybody wrote is escaped, so that a mark is one of ours.
        while let start = rest.range(of: opening), let name = rest[start.upperBound...].range(of: "\" data-part>") {
            let id = String(rest[start.upperBound..<name.lowerBound])
            guard let end = rest[name.upperBound...].range(of: "</div><!--\(id)-->") else { break }
            parts.append(LivePart(id: id, text: String(rest[name.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        return parts
    }

    private static let opening = "<div class=\"live\" id=\"live-"

    /// The text without what runs by itself.
    private static func still(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "<time "), let moment = rest[start.upperBound...].range(of: "datetime="),
            let end = rest[moment.upperBound...].range(of: "</time>")
        {
            result += rest[..<start.lowerBound]
            result += rest[moment.upperBound..<end.lowerBound].prefix { $0 != ">" }
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    /// The marks of parts, as an address and an event's id carry them.
    package static func marks(of parts: [LivePart]) -> String {
        parts.map { $0.id + "-" + $0.mark }.joined(separator: ".")
    }

    /// Marks as somebody brings them; empty where they are none.
    package static func marks(_ text: String) -> [String: String] {
        guard text.utf8.count <= 500 else { return [:] }
        let pairs = text.split(separator: ".").map { $0.split(separator: "-") }.filter { $0.count == 2 }
        return Dictionary(pairs.map { (String($0[0]), String($0[1])) }, uniquingKeysWith: { first, _ in first })
    }
}

extension HTML {
    /// Content that is sent again when it changes.
    ///
    /// It stands in no other such part; see ``LivePart``.
    ///
    /// - Parameter id: letters alone.
    package static func live(_ id: StaticString, _ content: HTML) -> HTML {
        let name = HTML(stringLiteral: id)
        return "<div class=\"live\" id=\"live-\(name)\" data-part>\(content)</div><!--\(name)-->"
    }
}
