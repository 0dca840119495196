/// Any JSON, for what is checked before it is read.
package enum AnyJSON: Codable, Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([AnyJSON])
    case object([String: AnyJSON])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([AnyJSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: AnyJSON].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// A plain value as a parameter says it; none of what is not plain.
    var plainText: String? {
        switch self {
        case .string(let text): text
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .null, .array, .object: nil
        }
    }

    /// A parameter's text as a value of a type; none where it is not of that type.
    init?(plainText text: String, as schema: JSONSchema) {
        switch schema {
        case .string, .words: self = .string(text)
        case .boolean:
            guard ["true", "false"].contains(text) else { return nil }
            self = .boolean(text == "true")
        case .integer:
            guard let value = Int64(text) else { return nil }
            self = .integer(value)
        case .number:
            guard let value = Double(text), value.isFinite else { return nil }
            self = .number(value)
        case .anything, .array, .map, .object: return nil
        }
    }
}

extension AnyJSON: JSONDescribed {
    package static var described: (empty: AnyJSON, schema: JSONSchema) { (.null, .anything) }
}

extension AnyJSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: AnyJSON...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, AnyJSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
