package import Effects

/// A type whose JSON cannot be read from its declaration, and says itself what it looks like.
package protocol JSONDescribed: Decodable {
    static var described: (empty: Self, schema: JSONSchema) { get }
}

/// What JSON of a type looks like; read from the type itself, so that it cannot say anything else than what is decoded.
package indirect enum JSONSchema: Sendable, Equatable {
    package struct Property: Sendable, Equatable {
        package var name: String
        package var schema: JSONSchema
        package var isRequired: Bool
    }

    /// Whatever JSON there is.
    case anything
    case string
    case boolean
    /// A whole number of a range; JSON itself has none.
    case integer(ClosedRange<Int64>)
    case number
    /// One of some words.
    case words([String])
    case array(JSONSchema)
    /// An object whose names are data.
    case map(JSONSchema)
    /// An object of a named type, which may have no other properties.
    case object(name: String, [Property])

    /// What a type says about itself.
    ///
    /// A failure, `endpoint.undescribed`, is a mistake in our sources; a test holds that no endpoint has one.
    package static func read<Value: Decodable>(_ type: Value.Type) -> Result<JSONSchema, Failure> {
        do {
            return .success(try SchemaReader.schema(of: type, depth: 0))
        } catch {
            return .failure(
                Failure("endpoint.undescribed", "the JSON of \(type) cannot be described", place: "\(type)"))
        }
    }

    /// In words, for a refusal.
    var phrase: String {
        switch self {
        case .anything: "JSON"
        case .string: "text without a zero byte"
        case .boolean: "true or false"
        case .integer(let range): range.lowerBound == 0 ? "a number from 0" : "a whole number"
        case .number: "a number"
        case .words(let words): "one of " + words.joined(separator: ", ")
        case .array: "a list"
        case .map, .object: "an object"
        }
    }

    /// The first thing that is wrong with a value, with its place; what the value says is never quoted.
    package func problem(in value: AnyJSON, at place: String = "") -> String? {
        switch (self, value) {
        case (.anything, _): return nil
        case (.string, .string(let text)) where !text.utf8.contains(0): return nil
        case (.boolean, .boolean): return nil
        case (.integer(let range), .integer(let number)) where range.contains(number): return nil
        case (.number, .integer), (.number, .number): return nil
        case (.words(let words), .string(let text)) where words.contains(text): return nil
        case (.array(let item), .array(let values)):
            for (index, value) in values.enumerated() {
                if let problem = item.problem(in: value, at: "\(place)[\(index)]") { return problem }
            }
            return nil
        case (.map(let item), .object(let members)):
            return members.values.lazy.compactMap { item.problem(in: $0, at: place + ".*") }.first
        case (.object(_, let properties), .object(let members)):
            return Self.problem(in: members, properties, at: place)
        default: return (place.isEmpty ? "it" : "'\(place)'") + " is not \(phrase)"
        }
    }

    private static func problem(
        in members: [String: AnyJSON], _ properties: [Property], at place: String
    ) -> String? {
        let prefix = place.isEmpty ? "" : place + "."
        for property in properties {
            guard let value = members[property.name] else {
                if property.isRequired { return "'\(prefix)\(property.name)' is missing" }
                continue
            }
            if value == .null, !property.isRequired { continue }
            if let problem = property.schema.problem(in: value, at: prefix + property.name) { return problem }
        }
        guard members.count > 0,
            let other = members.keys.first(where: { name in !properties.contains { $0.name == name } })
        else { return nil }
        // A name that is not ours may be somebody's.
        let isName = other.utf8.count <= 40 && other.allSatisfy { $0.isASCII && $0.isLetter }
        return isName ? "'\(prefix)\(other)' is not known here" : "it has a property that is not known here"
    }
}
