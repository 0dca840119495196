import Effects

/// What a request of the order interface asks for.
enum OrderRoute: Equatable {
    case services
    case hook(service: String)
    case feedback(service: String)
    case match
    case open
    case decide
    case decisions(match: String)
    case reasons
    case alerts
    case acknowledge

    /// For logs: never holds what a path or query holds.
    var name: String {
        switch self {
        case .services: "cds-services"
        case .hook: "cds-services hook"
        case .feedback: "cds-services feedback"
        case .match: "recognition match"
        case .open: "recognition open"
        case .decide: "recognition decide"
        case .decisions: "recognition decisions"
        case .reasons: "recognition reasons"
        case .alerts: "recognition alerts"
        case .acknowledge: "recognition acknowledge"
        }
    }

    /// - Throws: `hook.unknown`, `hook.method`.
    init(_ method: String, _ path: [String]) throws {
        let known = Self.routes(path)
        guard !known.isEmpty else {
            throw Failure(
                "hook.unknown", "there is nothing at this address", remedy: "GET /cds-services tells what there is")
        }
        guard let route = known[method] else {
            throw Failure(
                "hook.method", "this address takes \(known.keys.sorted().joined(separator: ", ")) only",
                remedy: "send the request with one of them")
        }
        self = route
    }

    private static func routes(_ path: [String]) -> [String: OrderRoute] {
        let parts = Array(path.dropFirst())
        switch path.first {
        case "cds-services" where parts.isEmpty: return ["GET": .services]
        case "cds-services" where parts.count == 1 && OrderDesk.services.contains(parts[0]):
            return ["POST": .hook(service: parts[0])]
        case "cds-services" where parts.count == 2 && OrderDesk.services.contains(parts[0]) && parts[1] == "feedback":
            return ["POST": .feedback(service: parts[0])]
        case "recognition" where parts == ["match"]: return ["POST": .match]
        case "recognition" where parts == ["open"]: return ["POST": .open]
        case "recognition" where parts == ["decisions"]: return ["POST": .decide]
        case "recognition" where parts.count == 2 && parts[0] == "decisions":
            return ["GET": .decisions(match: parts[1])]
        case "recognition" where parts == ["reasons"]: return ["GET": .reasons]
        case "recognition" where parts == ["alerts"]: return ["GET": .alerts]
        case "recognition" where parts == ["alerts", "acknowledge"]: return ["POST": .acknowledge]
        default: return [:]
        }
    }
}
