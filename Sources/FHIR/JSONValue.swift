/// A JSON value that keeps what the text says: the lexical form of numbers and the order of members.
///
/// `0.50` stays `0.50`: a laboratory's trailing zero is part of its result (FHIR R4, "decimal": implementations must
/// preserve precision).
package enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// A number in its lexical form.
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// The elements of an array; none where the value is not an array.
    package var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    /// The text of a string, number or boolean as it stands.
    package var lexical: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.lexical
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    /// A member of an object; `nil` where there is none or the value is not an object.
    package subscript(_ name: String) -> JSONValue? {
        object?[name]
    }

    /// The first element of an array, or the value itself: some systems leave the brackets of single elements out.
    package var first: JSONValue? {
        if case .array(let items) = self { items.first } else { self }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByArrayLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

/// A number in the form in which it was written.
package struct JSONNumber: Equatable, Sendable {
    package let lexical: String

    package init(_ value: Int) { lexical = "\(value)" }

    /// A number from its lexical form.
    ///
    /// - Returns: `nil` where the text is not a number of JSON (`0065.88`, `.5`, `+1`, `1,5`).
    package init?(lexical: String) {
        guard Self.isNumber(lexical.utf8) else { return nil }
        self.lexical = lexical
    }

    init(checked lexical: String) { self.lexical = lexical }

    /// Whether `text` is exactly one number in JSON's grammar (RFC 8259, section 6).
    static func isNumber(_ text: some Collection<UInt8>) -> Bool {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: isDigit)
        guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return false }
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !fraction.isEmpty else { return false }
            rest = rest.dropFirst(fraction.count + 1)
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let exponent = rest.prefix(while: isDigit)
            guard !exponent.isEmpty else { return false }
            rest = rest.dropFirst(exponent.count)
        }
        return rest.isEmpty
    }

    static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// The members of a JSON object, in their order.
package struct JSONObject: Equatable, Sendable {
    package struct Member: Equatable, Sendable {
        package var name: String
        package var value: JSONValue
    }

    package private(set) var members: [Member] = []

    package init() {}

    init(members: [Member]) { self.members = members }

    package var names: [String] { members.map(\.name) }
    package var isEmpty: Bool { members.isEmpty }

    /// A member's value.
    ///
    /// Setting a new name appends it; setting `nil` takes the member away.
    package subscript(_ name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            if let index = members.firstIndex(where: { $0.name == name }) {
                if let newValue { members[index].value = newValue } else { members.remove(at: index) }
            } else if let newValue {
                members.append(Member(name: name, value: newValue))
            }
        }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        for (name, value) in elements { self[name] = value }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (name, value) in elements { object[name] = value }
        self = .object(object)
    }
}

extension JSONValue {
    /// Members that are one text, or several, wherever FHIR has them.
    private static let texts: Set<String> = [
        "birthDate", "code", "comment", "conclusion", "contentType", "data", "description", "display",
        "effectiveDateTime", "effectiveInstant", "end", "family", "fullUrl", "gender", "given", "id", "issued",
        "patientInstruction", "prefix", "reference", "start", "status", "suffix", "system", "text", "title", "unit",
        "url", "use", "valueCode", "valueDateTime", "valueString", "valueUri", "version",
    ]

    /// The same value with a text wherever FHIR has one and somebody wrote a number or a truth value (`"code": 718`).
    ///
    /// It is read as it is written. A program that took it for nothing would lose a code, a unit or a note in silence.
    package var withTexts: JSONValue { readingTexts ?? self }

    /// - Returns: `nil` where nothing has to be changed.
    private var readingTexts: JSONValue? {
        switch self {
        case .object(let object):
            var changed: [JSONObject.Member]?
            for (place, member) in object.members.enumerated() {
                let text = Self.texts.contains(member.name) ? member.value.asText : nil
                guard let value = text ?? member.value.readingTexts else { continue }
                if changed == nil { changed = object.members }
                changed?[place].value = value
            }
            return changed.map { .object(JSONObject(members: $0)) }
        case .array(let items):
            var changed: [JSONValue]?
            for (place, item) in items.enumerated() {
                guard let value = item.readingTexts else { continue }
                if changed == nil { changed = items }
                changed?[place] = value
            }
            return changed.map { .array($0) }
        case .null, .bool, .number, .string: return nil
        }
    }

    /// A number or truth value as a text, also within a list; `nil` for everything else.
    private var asText: JSONValue? {
        switch self {
        case .number, .bool: return lexical.map { .string($0) }
        case .array(let items):
            let texts = items.map(\.asText)
            guard texts.contains(where: { $0 != nil }) else { return nil }
            return .array(zip(items, texts).map { $1 ?? $0.withTexts })
        case .null, .string, .object: return nil
        }
    }
}
