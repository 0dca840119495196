import Accounts
import Effects
import HTTPTypes
import Hummingbird
import NodeRuntime
import ServiceKit

extension OperatorAPI {
    /// Everything that a node serves: the node's own endpoints, and those of its services.
    ///
    /// - Throws: `node.noService` where an endpoint's service is none of the node's.
    static func served(by setup: ConsoleSetup) throws -> [ServedEndpoint] {
        let endpoints =
            try NodeEndpoints.endpoints(of: setup) + QueueEndpoints.endpoints(of: setup)
            + LedgerEndpoints.endpoints(of: setup) + RegionEndpoints.endpoints(of: setup)
            + MessageEndpoints.endpoints(of: setup) + AuditEndpoints.endpoints(of: setup)
            + AccountEndpoints.endpoints(of: setup.accounts)
            + ServiceList.endpoints(of: setup.node.setup.services).flatMap { try $0.endpoints(of: setup.node) }
        let document = OpenAPIDocument(
            release: setup.node.setup.release,
            endpoints: [NodeEndpoints.openAPI.description] + endpoints.map(\.description))
        return endpoints + [NodeEndpoints.openAPI.serve { _ in try document.json() }]
    }

    /// Serves endpoints below `/v1`.
    static func add(_ endpoints: [ServedEndpoint], to routes: Routes) {
        for endpoint in endpoints {
            let path = RouterPath(endpoint.description.path)
            routes.on(path, method: endpoint.description.httpMethod) { request, _ in
                ConsoleAnswer.response(try await endpoint.respond(try await request.question(of: endpoint)))
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
