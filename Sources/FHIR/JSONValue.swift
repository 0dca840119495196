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
