import Effects
import HTTPTypes
import ServiceKit

/// The operator's interface as an OpenAPI 3.1 document, written from the declarations of its endpoints.
struct OpenAPIDocument {
    let release: String
    let endpoints: [EndpointDescription]

    /// - Throws: `endpoint.undescribed` where a type cannot be described, and where two types of one name differ.
    func json() throws -> AnyJSON {
        var schemas = OpenAPISchemas()
        let problem = try schemas.reference(to: try JSONSchema.read(ProblemInfo.self).get())
        var paths: [String: [String: AnyJSON]] = [:]
        for endpoint in endpoints {
            paths["/" + endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = try operation(
                endpoint, problem: problem, &schemas)
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Yilian, the operator's interface of a node", "version": .string(release),
                "description": .string(Self.about),
            ],
            "servers": [["url": "/v1"]],
            "security": [["operatorToken": []], ["browser": []]],
            "paths": .object(paths.mapValues { .object($0) }),
            "components": [
                "schemas": .object(schemas.components),
                "securitySchemes": [
                    "operatorToken": ["type": "http", "scheme": "bearer"],
                    "browser": ["type": "http", "scheme": "basic"],
                ],
            ],
        ]
    }

    private static let about =
        "Over the Unix socket in the node's data folder the file's mode says who may, and no token is asked for. "
        + "Times are RFC 3339. Every refusal is a problem with a stable code; see docs/errors.md. "
        + "Hospitals' systems speak FHIR R4 below /fhir, which GET /fhir/metadata describes."

    private func operation(
        _ endpoint: EndpointDescription, problem: AnyJSON, _ schemas: inout OpenAPISchemas
    ) throws -> AnyJSON {
        var operation: [String: AnyJSON] = [
            "operationId": .string(Self.identifier(of: endpoint)),
            "summary": .string(endpoint.summary),
            "tags": [.string(String(endpoint.path.prefix { $0 != "/" }))],
            "x-yilian-role": .string(endpoint.role),
        ]
        if let audit = endpoint.audit { operation["x-yilian-audit"] = .string(audit) }
        if let parameters = try parameters(of: endpoint, &schemas) { operation["parameters"] = parameters }
        switch endpoint.question.body {
        case .json(let schema):
            operation["requestBody"] = Self.body("application/json", try schemas.reference(to: try schema.get()))
        case .file(let limitBytes):
            operation["requestBody"] = Self.body("application/octet-stream", ["maxLength": .integer(Int64(limitBytes))])
        case nil: break
        }
        operation["responses"] = .object(try responses(of: endpoint, problem: problem, &schemas))
        return .object(operation)
    }

    /// `get-consultations-show`.
    private static func identifier(of endpoint: EndpointDescription) -> String {
        endpoint.method.rawValue.lowercased() + "-" + endpoint.path.map { "/.".contains($0) ? "-" : $0 }
    }

    private static func body(_ type: String, _ schema: AnyJSON) -> AnyJSON {
        ["required": true, "content": [type: ["schema": schema]]]
    }

    private func parameters(
        of endpoint: EndpointDescription, _ schemas: inout OpenAPISchemas
    ) throws -> AnyJSON? {
        guard case .object(_, let properties) = try endpoint.question.query?.get(), !properties.isEmpty else {
            return nil
        }
        return .array(
            try properties.map { property in
                [
                    "name": .string(property.name), "in": "query", "required": .boolean(property.isRequired),
                    "schema": try schemas.reference(to: property.schema),
                ]
            })
    }

    private func responses(
        of endpoint: EndpointDescription, problem: AnyJSON, _ schemas: inout OpenAPISchemas
    ) throws -> [String: AnyJSON] {
        let answer: AnyJSON
        switch endpoint.answer {
        case .json(let schema): answer = ["schema": try schemas.reference(to: try schema.get())]
        case .file: answer = ["schema": [:]]
        case .text: answer = ["schema": ["type": "string"]]
        // What comes has no end, and 3.1 has no word for the schema of one event.
        case .events: answer = [:]
        }
        let type = endpoint.answer.mediaType
        var responses: [String: AnyJSON] = [
            "200": ["description": "The answer.", "content": [type: answer]]
        ]
        for status in DocumentedStatuses.all(of: endpoint) {
            responses["\(status.code)"] = [
                "description": .string(DocumentedStatuses.meaning(of: status)),
                "content": ["application/json": ["schema": problem]],
            ]
        }
        return responses
    }
}

extension EndpointDescription.Answer {
    /// The media type without its parameters.
    fileprivate var mediaType: String { String(contentType.prefix { $0 != ";" }) }
}
