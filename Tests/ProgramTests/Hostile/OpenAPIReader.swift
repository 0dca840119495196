import Foundation

/// An OpenAPI document as somebody else reads it, without our types: which answers it allows.
struct OpenAPIReader {
    private let document: [String: Any]

    init(_ bytes: [UInt8]) throws {
        document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }

    /// `GET node`, one for each operation.
    var operations: Set<String> {
        Set(
            paths.flatMap { path, methods in
                (methods as? [String: Any] ?? [:]).keys.map { "\($0.uppercased()) \(path.dropFirst())" }
            })
    }

    private var paths: [String: Any] { document["paths"] as? [String: Any] ?? [:] }

    /// What is wrong with an answer; nothing where the document has no such operation.
    func problems(with answer: PageAnswer, of page: HonestPage) throws -> [String] {
        guard let path = paths["/" + page.path] as? [String: Any],
            let operation = path[page.method.lowercased()] as? [String: Any]
        else { return [] }
        let responses = operation["responses"] as? [String: Any] ?? [:]
        guard let response = responses["\(answer.status)"] as? [String: Any] else {
            return ["status \(answer.status) is not documented"]
        }
        let type = String(answer.contentType.prefix { $0 != ";" })
        guard let content = (response["content"] as? [String: Any])?[type] as? [String: Any] else {
            return ["\(answer.status): the type \(type) is not documented"]
        }
        guard type == "application/json" else { return [] }
        let value = try JSONSerialization.jsonObject(with: Data(answer.body), options: .fragmentsAllowed)
        return problems(with: value, by: content["schema"] as? [String: Any] ?? [:], at: "")
    }

    private func problems(with value: Any, by schema: [String: Any], at place: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.replacingOccurrences(of: "#/components/schemas/", with: "")
            let schemas = (document["components"] as? [String: Any])?["schemas"] as? [String: Any]
            guard let named = schemas?[name] as? [String: Any] else { return ["\(place): there is no \(name)"] }
            return problems(with: value, by: named, at: place)
        }
        if let choices = schema["anyOf"] as? [[String: Any]] {
            let found = choices.map { problems(with: value, by: $0, at: place) }
            return found.contains { $0.isEmpty } ? [] : found.first ?? []
        }
        guard let type = schema["type"] as? String else { return [] }
        guard Self.isOf(type, value) else { return ["\(place): no \(type)"] }
        if let words = schema["enum"] as? [String], let text = value as? String, !words.contains(text) {
            return ["\(place): none of the words"]
        }
        if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
            return list.enumerated().flatMap { problems(with: $1, by: items, at: "\(place)[\($0)]") }
        }
        return (value as? [String: Any]).map { problems(withMembers: $0, by: schema, at: place) } ?? []
    }

    private func problems(
        withMembers members: [String: Any], by schema: [String: Any], at place: String
    ) -> [String] {
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let required = schema["required"] as? [String] ?? []
        let rest = schema["additionalProperties"] as? [String: Any]
        return required.filter { members[$0] == nil }.map { "\(place).\($0) is missing" }
            + members.flatMap { name, value in
                guard let property = properties[name] ?? rest else { return ["\(place).\(name) is not documented"] }
                return problems(with: value, by: property, at: "\(place).\(name)")
            }
    }

    private static func isOf(_ type: String, _ value: Any) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "null": value is NSNull
        case "boolean": value is Bool
        case "integer": value is Int
        case "number": value is Double
        default: false
        }
    }
}

/// What a node answered to a page.
struct PageAnswer {
    var status: UInt
    var contentType: String
    var body: [UInt8]
}

extension PageAnswer {
    /// For parsers that others wrote: an answer with what it answers; text as it is, files not at all.
    func kept(of page: HonestPage) throws -> [UInt8] {
        let isJSON = contentType.hasPrefix("application/json")
        let value = isJSON ? try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed) : NSNull()
        return Array(
            try JSONSerialization.data(withJSONObject: [
                "method": page.method, "path": page.path, "status": status, "type": contentType, "body": value,
            ]))
    }
}
