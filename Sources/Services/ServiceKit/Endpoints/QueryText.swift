import Effects

/// A question's plain values as parameters of a query, and back.
struct QueryText<Parameters: Codable & Sendable>: Sendable {
    let schema = JSONSchema.read(Parameters.self)

    func write(_ parameters: Parameters) throws -> [EndpointRequest.Parameter] {
        let bytes = try OperatorJSON.bytes(parameters)
        guard case .object(let members) = try OperatorJSON.value(AnyJSON.self, from: bytes, place: nil) else {
            return []
        }
        return members.sorted { $0.key < $1.key }.compactMap { name, value in
            value.plainText.map { EndpointRequest.Parameter(name: name, value: $0) }
        }
    }

    /// - Throws: `console.badRequest` where a parameter is unknown, missing, given twice, or not of its type.
    func read(_ query: [EndpointRequest.Parameter]) throws -> Parameters {
        guard case .object(_, let properties) = try schema.get() else {
            throw Failure("console.badRequest", "this takes no parameters")
        }
        var members: [String: AnyJSON] = [:]
        for parameter in query {
            guard let property = properties.first(where: { $0.name == parameter.name }) else {
                throw refusal("is none that is known here", parameter.name)
            }
            guard members[parameter.name] == nil else { throw refusal("is given twice", parameter.name) }
            guard let value = AnyJSON(plainText: parameter.value, as: property.schema),
                property.schema.problem(in: value) == nil
            else {
                throw refusal("is not \(property.schema.phrase)", parameter.name)
            }
            members[parameter.name] = value
        }
        for property in properties where property.isRequired && members[property.name] == nil {
            throw refusal("is missing", property.name)
        }
        return try OperatorJSON.value(
            Parameters.self, from: try OperatorJSON.bytes(AnyJSON.object(members)), place: nil,
            code: EndpointRequest.refusal)
    }

    /// A name may come from a person: it is cut, what it says is not quoted.
    private func refusal(_ problem: String, _ name: String) -> Failure {
        let isName = name.utf8.count <= 40 && name.allSatisfy { $0.isASCII && $0.isLetter }
        return Failure(EndpointRequest.refusal, "the parameter \(isName ? "'\(name)' " : "")\(problem)")
    }
}
