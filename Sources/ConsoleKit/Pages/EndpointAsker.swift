import Effects
package import ServiceKit

/// Asks a node's endpoints in the same process, with the same questions and answers as over a socket.
///
/// A page asks only what its route declares, so that what a role can reach is read off a list.
package struct EndpointAsker: Sendable {
    private let served: [String: ServedEndpoint]
    private let allowed: Set<String>

    package init(_ endpoints: [ServedEndpoint]) {
        served = Dictionary(endpoints.map { (Self.key($0.description), $0) }, uniquingKeysWith: { first, _ in first })
        allowed = []
    }

    private init(served: [String: ServedEndpoint], allowed: Set<String>) {
        self.served = served
        self.allowed = allowed
    }

    /// The same for one route.
    package func limited(to endpoints: [EndpointDescription]) -> EndpointAsker {
        EndpointAsker(served: served, allowed: Set(endpoints.map(Self.key)))
    }

    /// Whether the node serves an endpoint.
    package func serves(_ endpoint: EndpointDescription) -> Bool { served[Self.key(endpoint)] != nil }

    /// - Throws: `page.undeclared` where the route does not say that it asks this; what the endpoint throws.
    package func ask<Question, Answer>(
        _ endpoint: Endpoint<Question, Answer>, _ question: Question
    ) async throws -> Answer {
        let key = Self.key(endpoint.description)
        guard allowed.contains(key), let found = served[key] else {
            throw Failure("page.undeclared", "the page asks something that it does not declare", place: key)
        }
        return try endpoint.read(try await found.respond(try endpoint.request(question)))
    }

    private static func key(_ endpoint: EndpointDescription) -> String {
        endpoint.method.rawValue + " " + endpoint.path
    }
}
