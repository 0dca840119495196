/// JSON as a tree in which numbers stay as they were written and names keep their order and their doubles.
indirect enum TextTree: Sendable {
    case object([(name: String, value: TextTree)])
    case array([TextTree])
    /// A text, a number, `true`, `false` or `null`, as it stands in the file.
    case leaf(String)

    /// - Throws: `ForeignTrouble.noJSON` where the text is none.
    init(_ text: String) throws {
        var rest = Substring(text)
        self = try Self.read(&rest)
    }

    private static func skip(_ rest: inout Substring) {
        rest = rest.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    }

    private static func read(_ rest: inout Substring) throws -> TextTree {
        skip(&rest)
        switch rest.first {
        case "{":
            var members: [(name: String, value: TextTree)] = []
            try list(&rest, until: "}") { rest in
                let name = try quoted(&rest)
                skip(&rest)
                guard rest.popFirst() == ":" else { throw ForeignTrouble.noJSON }
                members.append((name, try read(&rest)))
            }
            return .object(members)
        case "[":
            var items: [TextTree] = []
            try list(&rest, until: "]") { items.append(try read(&$0)) }
            return .array(items)
        case "\"": return .leaf(try quoted(&rest))
        case .some:
            let word = rest.prefix { !",]} \n\r\t\r\n".contains($0) }
            guard !word.isEmpty else { throw ForeignTrouble.noJSON }
            rest = rest.dropFirst(word.count)
            return .leaf(String(word))
        case nil: throw ForeignTrouble.noJSON
        }
    }

    private static func list(
        _ rest: inout Substring, until end: Character, _ item: (inout Substring) throws -> Void
    ) throws {
        rest = rest.dropFirst()
        skip(&rest)
        if rest.first == end {
            rest = rest.dropFirst()
            return
        }
        while true {
            skip(&rest)
            try item(&rest)
            skip(&rest)
            switch rest.popFirst() {
            case ",": continue
            case end: return
            default: throw ForeignTrouble.noJSON
            }
        }
    }

    /// A text with its quotation marks and escapes.
    private static func quoted(_ rest: inout Substring) throws -> String {
        guard rest.first == "\"" else { throw ForeignTrouble.noJSON }
        var isEscaped = false
        var place = rest.index(after: rest.startIndex)
        while place < rest.endIndex {
            let character = rest[place]
            place = rest.index(after: place)
            if !isEscaped, character == "\"" {
                let text = String(rest[..<place])
                rest = rest[place...]
                return text
            }
            isEscaped = character == "\\" && !isEscaped
        }
        throw ForeignTrouble.noJSON
    }

    var text: String {
        switch self {
        case .object(let members): "{" + members.map { $0.name + ":" + $0.value.text }.joined(separator: ",") + "}"
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .leaf(let text): text
        }
    }

    /// How many nodes there are, this one included.
    var count: Int {
        switch self {
        case .object(let members): members.reduce(1) { $0 + $1.value.count }
        case .array(let items): items.reduce(1) { $0 + $1.count }
        case .leaf: 1
        }
    }

    /// Changes the node that stands `place` nodes behind this one, depth first.
    mutating func change(_ place: Int, _ body: (inout TextTree) -> Void) {
        guard place > 0 else { return body(&self) }
        var rest = place - 1
        switch self {
        case .object(var members):
            for index in members.indices {
                let count = members[index].value.count
                if rest < count {
                    members[index].value.change(rest, body)
                    break
                }
                rest -= count
            }
            self = .object(members)
        case .array(var items):
            for index in items.indices {
                let count = items[index].count
                if rest < count {
                    items[index].change(rest, body)
                    break
                }
                rest -= count
            }
            self = .array(items)
        case .leaf: break
        }
    }

    /// Goes through every object, the outer ones first.
    mutating func eachObject(_ body: (inout [(name: String, value: TextTree)]) -> Void) {
        switch self {
        case .object(var members):
            body(&members)
            for index in members.indices { members[index].value.eachObject(body) }
            self = .object(members)
        case .array(var items):
            for index in items.indices { items[index].eachObject(body) }
            self = .array(items)
        case .leaf: break
        }
    }
}
