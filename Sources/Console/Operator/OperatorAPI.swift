import Accounts
import Edge
import Effects
import HTTPTypes
package import Hummingbird
import NodeRuntime
package import ServiceKit

/// The operator's interface of one node: HTTP with JSON, over the Unix socket in its data folder or over HTTPS.
///
/// Over the socket the file's mode (0600) says who may; over HTTPS a token does. Every call that is about a person
/// names a practitioner and a purpose, and leaves an audit record at every hop that serves it.
package struct OperatorAPI: Sendable {
    let setup: ConsoleSetup
    package let endpoints: [ServedEndpoint]
    /// Who listens to events; whoever stops the node ends them first.
    package let streams = EventStreams()

    typealias Context = BasicRequestContext
    typealias Routes = RouterGroup<Context>

    /// - Throws: what ``served(by:)`` throws.
    package init(_ setup: ConsoleSetup) throws {
        self.setup = setup
        endpoints = try Self.served(by: setup)
    }

    /// - Parameter tokens: who may; `nil` for the socket.
    func router(tokens: OperatorTokens?) -> Router<Context> {
        let router = Router(context: Context.self)
        router.add(middleware: ProblemMiddleware(world: setup.world, logger: setup.node.setup.logger))
        if let tokens { router.add(middleware: TokenMiddleware(tokens: tokens)) }
        let routes = router.group("v1")
        Self.add(endpoints, to: routes, streams)
        return router
    }
}

extension OperatorAPI {
    /// The interface on the socket in the data folder, without a token.
    package func socketListener(path: String) -> HTTPListener {
        let disk = setup.node.setup.world.disk
        return HTTPListener(
            .socket(path: path), door: setup.doors.door("socket", .socket, owner: "the node's user", house: nil),
            logger: setup.node.setup.logger, router: router(tokens: nil)
        ) {
            try SocketFile.restrict(path, disk: disk)
        }
    }

    /// The interface for those who have an operator's token, as a part of a listener over HTTPS.
    package func httpsResponder(
        tokens: OperatorTokens
    ) -> @Sendable (Request, BasicRequestContext) async throws -> Response {
        let responder = router(tokens: tokens).buildResponder()
        return { request, context in try await responder.respond(to: request, context: context) }
    }
}

extension OperatorAPI {
    /// Everything that a node serves: the node's own endpoints, and those of its services.
    ///
    /// - Throws: `node.noService` where an endpoint's service is none of the node's.
    static func served(by setup: ConsoleSetup) throws -> [ServedEndpoint] {
        let endpoints =
            try NodeEndpoints.endpoints(of: setup) + QueueEndpoints.endpoints(of: setup)
            + LedgerEndpoints.endpoints(of: setup) + RegionEndpoints.endpoints(of: setup)
            + MessageEndpoints.endpoints(of: setup) + AuditEndpoints.endpoints(of: setup)
            + ActEndpoints.endpoints(of: setup) + PeerEndpoints.endpoints(of: setup)
            + BackupEndpoints.endpoints(of: setup)
            + AccountEndpoints.endpoints(of: setup.accounts)
            + ServiceList.endpoints(of: setup.node.setup.services).flatMap { try $0.endpoints(of: setup.node) }
        let document = OpenAPIDocument(
            release: setup.node.setup.release,
            endpoints: [NodeEndpoints.openAPI.description] + endpoints.map(\.description))
        return endpoints + [NodeEndpoints.openAPI.serve { _ in try document.json() }]
    }

    /// Serves endpoints below `/v1`.
    static func add(_ endpoints: [ServedEndpoint], to routes: Routes, _ streams: EventStreams = EventStreams()) {
        for endpoint in endpoints {
            let path = RouterPath(endpoint.description.path)
            routes.on(path, method: endpoint.description.httpMethod) { request, _ in
                let answer = try await endpoint.respond(try await request.question(of: endpoint))
                guard let following = answer.following else { return ConsoleAnswer.response(answer) }
                return ConsoleAnswer.response(answer, following: following, in: try streams.place())
            }
        }
    }
}

extension EndpointDescription {
    var httpMethod: HTTPRequest.Method {
        switch method {
        case .get: .get
        case .post: .post
        }
    }

    /// As many bytes as a body may have.
    var bodyLimitBytes: Int {
        if case .file(let limitBytes) = question.body { return limitBytes }
        return Limits.configurationFileBytes
    }
}

extension Request {
    /// The query and the body, as an endpoint reads them.
    fileprivate func question(of endpoint: ServedEndpoint) async throws -> EndpointRequest {
        EndpointRequest(
            query: uri.queryParameters.map { EndpointRequest.Parameter(name: String($0.key), value: String($0.value)) },
            body: try await bytes(limitBytes: endpoint.description.bodyLimitBytes))
    }
}
