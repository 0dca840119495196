/// What a type asks for by name.
struct SchemaProperties<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let findings: SchemaReader.Findings
    let depth: Int
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    private func add<Value: Decodable>(_ type: Value.Type, _ key: Key, isRequired: Bool) throws -> Value {
        let (value, schema) = try SchemaReader.read(type, depth: depth + 1)
        findings.properties.append(.init(name: key.stringValue, schema: schema, isRequired: isRequired))
        return value
    }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { false }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try add(type, key, isRequired: true) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try add(type, key, isRequired: true) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try add(type, key, isRequired: true) }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try add(type, key, isRequired: true)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try add(type, key, isRequired: false)
    }

    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try add(type, key, isRequired: true) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try add(type, key, isRequired: true) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try add(type, key, isRequired: true) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try add(type, key, isRequired: true) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try add(type, key, isRequired: true) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try add(type, key, isRequired: true) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try add(type, key, isRequired: true) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try add(type, key, isRequired: true) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try add(type, key, isRequired: true) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try add(type, key, isRequired: true) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try add(type, key, isRequired: true) }

    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try add(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try add(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try add(type, key, isRequired: false) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
        try add(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
        try add(type, key, isRequired: false)
    }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
        try add(type, key, isRequired: false)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw byHand }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw byHand }
    func superDecoder() throws -> any Decoder { throw byHand }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw byHand }

    private var byHand: SchemaReader.Unreadable { SchemaReader.Unreadable(type: "a container by hand") }
}

/// A type that is one plain value.
struct SchemaValue: SingleValueDecodingContainer {
    let findings: SchemaReader.Findings
    let depth: Int
    let codingPath: [any CodingKey] = []

    private func note<Value>(_ schema: JSONSchema, _ value: Value) -> Value {
        findings.schema = schema
        return value
    }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) throws -> Bool { note(.boolean, false) }
    func decode(_ type: String.Type) throws -> String { note(.string, "") }
    func decode(_ type: Double.Type) throws -> Double { note(.number, 0) }
    func decode(_ type: Float.Type) throws -> Float { note(.number, 0) }
    func decode(_ type: Int.Type) throws -> Int { note(.integer(Int64.min...Int64.max), 0) }
    func decode(_ type: Int8.Type) throws -> Int8 { note(.integer(-128...127), 0) }
    func decode(_ type: Int16.Type) throws -> Int16 { note(.integer(-32_768...32_767), 0) }
    func decode(_ type: Int32.Type) throws -> Int32 { note(.integer(Int64(Int32.min)...Int64(Int32.max)), 0) }
    func decode(_ type: Int64.Type) throws -> Int64 { note(.integer(Int64.min...Int64.max), 0) }
    func decode(_ type: UInt.Type) throws -> UInt { note(.integer(0...Int64.max), 0) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { note(.integer(0...255), 0) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { note(.integer(0...65_535), 0) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { note(.integer(0...Int64(UInt32.max)), 0) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { note(.integer(0...Int64.max), 0) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (value, schema) = try SchemaReader.read(type, depth: depth + 1)
        return note(schema, value)
    }
}
