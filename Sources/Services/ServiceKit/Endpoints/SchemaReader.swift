/// A decoder without bytes: it hands out empty values and writes down what a type asks for.
///
/// A synthesised `init(from:)` asks for every property by name, type and whether it must be there; that is its schema.
struct SchemaReader: Decoder {
    /// What one type asked for.
    final class Findings {
        var schema: JSONSchema?
        var properties: [JSONSchema.Property] = []
    }

    private static let deepest = 16

    let findings: Findings
    let depth: Int
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    struct Unreadable: Error {
        var type: String
    }

    static func schema<Value: Decodable>(of type: Value.Type, depth: Int) throws -> JSONSchema {
        try read(type, depth: depth).schema
    }

    /// The schema of a type, and an empty value of it.
    static func read<Value: Decodable>(_ type: Value.Type, depth: Int) throws -> (value: Value, schema: JSONSchema) {
        guard depth < deepest else { throw Unreadable(type: "\(type)") }
        if let words = type as? any (CaseIterable & Decodable).Type, let (value, schema) = try words.wordSchema() {
            guard let value = value as? Value else { throw Unreadable(type: "\(type)") }
            return (value, schema)
        }
        if let described = type as? any JSONDescribed.Type {
            let (empty, schema) = described.description
            guard let value = empty as? Value else { throw Unreadable(type: "\(type)") }
            return (value, schema)
        }
        if let collection = type as? any SchemaCollection.Type {
            let (value, schema) = try collection.emptySchema(depth: depth + 1)
            guard let value = value as? Value else { throw Unreadable(type: "\(type)") }
            return (value, schema)
        }
        let findings = Findings()
        let value = try Value(from: SchemaReader(findings: findings, depth: depth))
        return (value, findings.schema ?? .object(name: name(of: type), findings.properties))
    }

    /// `ConsultationInfo.Attempt`, and `CaseEndpoints.AdverseWorkflow.Action` of `CaseEndpoints<AdverseWorkflow>.Action`:
    /// without modules, and of characters that the name of a component may have.
    static func name<Value>(of type: Value.Type) -> String {
        String(reflecting: type).split { "<>, ".contains($0) }.flatMap { name in
            // What begins with a dot goes on after the arguments of a type.
            name.split(separator: ".").dropFirst(name.hasPrefix(".") ? 0 : 1)
        }.joined(separator: ".")
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(SchemaProperties<Key>(findings: findings, depth: depth))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw Unreadable(type: "a list by hand") }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SchemaValue(findings: findings, depth: depth)
    }
}

/// Lists and maps, whose items are asked by themselves.
protocol SchemaCollection {
    static func emptySchema(depth: Int) throws -> (Any, JSONSchema)
}

extension Array: SchemaCollection where Element: Decodable {
    static func emptySchema(depth: Int) throws -> (Any, JSONSchema) {
        ([Element](), .array(try SchemaReader.schema(of: Element.self, depth: depth)))
    }
}

extension Dictionary: SchemaCollection where Key == String, Value: Decodable {
    static func emptySchema(depth: Int) throws -> (Any, JSONSchema) {
        ([String: Value](), .map(try SchemaReader.schema(of: Value.self, depth: depth)))
    }
}

extension CaseIterable where Self: Decodable {
    /// The words of an enumeration of words, and its first case; none of another type.
    fileprivate static func wordSchema() throws -> (Any, JSONSchema)? {
        let words = allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = allCases.first, words.count == allCases.count else { return nil }
        return (first, .words(words))
    }
}

extension JSONDescribed {
    fileprivate static var description: (empty: Any, schema: JSONSchema) { (described.empty, described.schema) }
}
