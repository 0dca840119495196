/// Reads markup strictly: every element that is opened is closed in its order, and no id stands twice.
package struct Markup {
    /// What is wrong; nil where nothing is.
    package private(set) var problem: String?
    /// The names of all classes.
    package private(set) var classes: Set<String> = []
    /// Every address that something leads to or loads.
    package private(set) var addresses: [String] = []
    /// All attributes' names.
    package private(set) var attributes: Set<String> = []

    private static let empty: Set<String> = ["meta", "link", "input", "br", "hr", "img"]
    private var ids: Set<String> = []
    private var open: [String] = []

    package init(_ text: String) throws {
        var rest = text[...]
        while problem == nil, let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard let end = Self.endOfTag(rest) else {
                problem = "a tag has no end"
                break
            }
            read(rest[..<end])
            rest = rest[rest.index(after: end)...]
        }
        if problem == nil, let left = open.last { problem = "<\(left)> is not closed" }
    }

    private static func endOfTag(_ text: Substring) -> Substring.Index? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == "\"" { isQuoted.toggle() }
            if text[index] == ">", !isQuoted { return index }
        }
        return nil
    }

    private mutating func read(_ tag: Substring) {
        if tag.hasPrefix("!DOCTYPE") || tag.hasPrefix("!--") && tag.hasSuffix("--") { return }
        if tag.hasPrefix("/") {
            let name = String(tag.dropFirst())
            guard open.popLast() == name else {
                problem = "</\(name)> closes something else"
                return
            }
            return
        }
        let name = String(tag.prefix { $0.isLetter || $0.isNumber })
        guard !name.isEmpty else {
            problem = "a tag without a name: \(tag.prefix(20))"
            return
        }
        readAttributes(tag.dropFirst(name.count))
        if !tag.hasSuffix("/"), !Self.empty.contains(name) { open.append(name) }
    }

    private mutating func readAttributes(_ text: Substring) {
        var rest = text
        while true {
            rest = rest.drop { $0 == " " || $0 == "/" || $0 == "\n" }
            guard !rest.isEmpty else { return }
            let name = String(rest.prefix { $0.isLetter || $0 == "-" || $0.isNumber || $0 == ":" })
            guard !name.isEmpty else {
                problem = "what is no attribute: \(rest.prefix(20))"
                return
            }
            attributes.insert(name)
            rest = rest.dropFirst(name.count)
            guard rest.hasPrefix("=\"") else { continue }
            let value = rest.dropFirst(2).prefix { $0 != "\"" }
            rest = rest.dropFirst(value.count + 3)
            take(name, String(value))
        }
    }

    private mutating func take(_ name: String, _ value: String) {
        switch name {
        case "id":
            if !ids.insert(value).inserted { problem = "the id \(value) stands twice" }
        case "class": classes.formUnion(value.split(separator: " ").map(String.init))
        case "href", "src", "action": addresses.append(value)
        default: break
        }
    }
}
