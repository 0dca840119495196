import EdgeKit

extension OrderDesk {
    /// Where hospitals' systems reach it.
    var routes: [EdgeRoute] {
        hookRoutes + [
            .plain("POST", "recognition/match", name: "recognition match") { try await match($0) },
            .plain("POST", "recognition/open", name: "recognition open") { try await opened($0) },
            .plain("POST", "recognition/decisions", name: "recognition decide") { try await decide($0) },
            .plain("GET", "recognition/decisions/*", name: "recognition decisions") { try await decisions($0) },
            .plain("GET", "recognition/reasons", name: "recognition reasons") { try reasons($0) },
            .plain("GET", "recognition/alerts", name: "recognition alerts") { try await alerts($0) },
            .plain("POST", "recognition/alerts/acknowledge", name: "recognition acknowledge") {
                try await acknowledge($0)
            },
        ]
    }

    private var hookRoutes: [EdgeRoute] {
        // What services there are is nobody's secret; a client asks before it has a token.
        let services = EdgeRoute(
            .plain, "GET", "cds-services", name: "cds-services",
            handler: .anybody { _ in try Self.json(HookServices.discovery) })
        return [services]
            + HookServices.discovery.services.flatMap { service -> [EdgeRoute] in
                let path = "cds-services/" + service.id
                return [
                    .plain("POST", PathPattern(path), name: "cds-services hook") { try await hook(service.id, $0) },
                    .plain("POST", PathPattern(path + "/feedback"), name: "cds-services feedback") {
                        try await feedback($0)
                    },
                ]
            }
    }
}
