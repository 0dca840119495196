/// What a request's method and path ask for.
enum FHIRRoute: Equatable {
    case metadata
    /// A message or resource; the type where the address names one.
    case take(resourceType: String?)
    case search
    /// A search whose parameters stand in the body, so that no address holds an identifier.
    case searchByForm
    case read(id: String)
    case message(id: String)
    /// Whether a person is known, by identifiers.
    case match
    /// From one identifier of a person to the others.
    case crossReference

    /// For logs: never holds what a path or query holds.
    var name: String {
        switch self {
        case .metadata: "metadata"
        case .take(let type): "create " + (type ?? "any")
        case .search, .searchByForm: "search DiagnosticReport"
        case .read: "read DiagnosticReport"
        case .message: "message"
        case .match: "Patient match"
        case .crossReference: "Patient ihe-pix"
        }
    }

    /// - Throws: a refusal with 404 or 405.
    init(_ method: String, _ path: [String]) throws {
        let known = Self.routes(path)
        guard !known.isEmpty else {
            throw FHIRRefusal(
                404, .notSupported, "there is nothing at this address; GET /fhir/metadata tells what there is")
        }
        guard let route = known[method] else {
            let allowed = known.keys.sorted().joined(separator: ", ")
            throw FHIRRefusal(
                405, .notSupported, "this address takes \(allowed) only", headers: ["Allow": allowed])
        }
        self = route
    }

    private static func routes(_ path: [String]) -> [String: FHIRRoute] {
        switch path.first {
        case nil: ["POST": .take(resourceType: nil)]
        case "metadata" where path.count == 1: ["GET": .metadata]
        case "Bundle" where path.count == 1: ["POST": .take(resourceType: "Bundle")]
        case "DiagnosticReport" where path.count == 1:
            ["POST": .take(resourceType: "DiagnosticReport"), "GET": .search]
        case "DiagnosticReport" where path.count == 2 && path[1] == "_search": ["POST": .searchByForm]
        case "DiagnosticReport" where path.count == 2: ["GET": .read(id: path[1])]
        case "Patient" where path.count == 2 && path[1] == "$match": ["POST": .match]
        case "Patient" where path.count == 2 && path[1] == "$ihe-pix": ["GET": .crossReference]
        case "$message" where path.count == 2, "messages" where path.count == 2: ["GET": .message(id: path[1])]
        default: [:]
        }
    }
}
