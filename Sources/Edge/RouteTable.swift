import EdgeKit

/// Finds what answers a method and a path among the routes that services registered.
struct RouteTable: Sendable {
    enum Found {
        /// With what the path has at the open segments.
        case route(EdgeRoute, captured: [String])
        /// The address takes other methods: these, in their order.
        case otherMethods([String])
        case nothing
    }

    let routes: [EdgeRoute]

    /// The most specific pattern that matches names the address; its routes are the methods there.
    func find(_ method: String, _ path: [String]) -> Found {
        let matching = routes.compactMap { route in route.path.captured(in: path).map { (route: route, captured: $0) } }
        guard let given = matching.map(\.route.path.givenCount).max() else { return .nothing }
        let here = matching.filter { $0.route.path.givenCount == given }
        guard let found = here.first(where: { $0.route.method == method }) else {
            return .otherMethods(here.map(\.route.method).sorted())
        }
        return .route(found.route, captured: found.captured)
    }

    /// The first segments of all paths.
    var roots: Set<String> { Set(routes.compactMap(\.path.root)) }
}
