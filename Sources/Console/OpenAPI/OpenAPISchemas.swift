import Effects
import ServiceKit

/// The schemas of a document: objects stand once, under their names, and are referred to.
struct OpenAPISchemas {
    private(set) var components: [String: AnyJSON] = [:]

    /// A schema as OpenAPI writes it; its objects become components.
    ///
    /// - Throws: `endpoint.undescribed`.
    mutating func reference(to schema: JSONSchema) throws -> AnyJSON {
        switch schema {
        case .anything: return [:]
        // JSON can hold a zero byte, and nothing here takes one.
        case .string: return ["type": "string", "pattern": "^[^\\u0000]*$"]
        case .boolean: return ["type": "boolean"]
        case .number: return ["type": "number"]
        case .integer(let range): return integer(range)
        case .words(let words): return ["type": "string", "enum": .array(words.map { .string($0) })]
        case .array(let item): return ["type": "array", "items": try reference(to: item)]
        case .map(let item): return ["type": "object", "additionalProperties": try reference(to: item)]
        case .object(let name, let properties): return try component(name, properties)
        }
    }

    private func integer(_ range: ClosedRange<Int64>) -> AnyJSON {
        .object([
            "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
        ])
    }

    private mutating func component(_ name: String, _ properties: [JSONSchema.Property]) throws -> AnyJSON {
        var members: [String: AnyJSON] = [:]
        for property in properties {
            let schema = try reference(to: property.schema)
            members[property.name] = property.isRequired ? schema : ["anyOf": [schema, ["type": "null"]]]
        }
        let required = properties.filter(\.isRequired).map { AnyJSON.string($0.name) }
        let object: AnyJSON = [
            "type": "object", "properties": .object(members), "required": .array(required),
            "additionalProperties": false,
        ]
        guard components[name] == nil || components[name] == object else {
            throw Failure("endpoint.undescribed", "two types of the interface have the name \(name)", place: name)
        }
        components[name] = object
        return ["$ref": .string("#/components/schemas/" + name)]
    }
}
