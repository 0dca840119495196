import EdgeKit
import FHIR

/// What searches of requests and Tasks have in common.
enum SearchParameters {
    private static let ofResults: Set<String> = ["_format", "_pretty"]

    /// - Throws: a refusal with 400 for parameters that are not known, unless the sender wants them passed over.
    static func check(_ query: FHIRQuery, _ known: Set<String>, _ request: EdgeRequest) throws {
        guard !request.isLenient else { return }
        for item in query.items where !known.contains(item.name) && !ofResults.contains(item.name) {
            throw FHIRRefusal(
                400, .notSupported, "it is searched by " + known.sorted().joined(separator: ", "),
                expression: String(item.name.prefix(64)))
        }
    }

    static func bundle(_ found: [(address: String, resource: JSONValue)], _ request: EdgeRequest) -> EdgeResponse {
        let entries = found.map { item -> JSONValue in
            [
                "fullUrl": .string("\(request.baseURL)/\(item.address)"), "resource": item.resource,
                "search": ["mode": "match"],
            ]
        }
        return EdgeResponse(
            200,
            [
                "resourceType": "Bundle", "type": "searchset", "total": .number(JSONNumber(found.count)),
                "entry": .array(entries),
            ])
    }
}

extension OperationOutcome {
    /// With the id that stands in the node's log.
    func answer(_ correlation: String) -> JSONValue {
        guard var object = json.object else { return json }
        object["id"] = .string(correlation)
        return .object(object)
    }
}
