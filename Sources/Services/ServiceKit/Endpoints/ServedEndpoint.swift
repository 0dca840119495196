/// A request to an endpoint, whatever carries it.
package struct EndpointRequest: Sendable, Equatable {
    /// One parameter of the query, decoded.
    package struct Parameter: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// As they came: twice where one was given twice.
    package var query: [Parameter]
    package var body: [UInt8]

    package init(query: [Parameter] = [], body: [UInt8] = []) {
        self.query = query
        self.body = body
    }
}

/// What an endpoint answered.
package struct EndpointResponse: Sendable {
    package var contentType: String
    package var body: [UInt8]
    /// What follows the body, piece by piece, until it is cancelled; none where the body is all.
    package var following: (@Sendable () async throws -> [UInt8])?

    package init(contentType: String, body: [UInt8]) {
        self.contentType = contentType
        self.body = body
    }
}

/// An endpoint with what answers it at one node, whatever its question and answer are.
package struct ServedEndpoint: Sendable {
    package let description: EndpointDescription
    /// Throws what the question refuses and what the handler throws.
    package let respond: @Sendable (EndpointRequest) async throws -> EndpointResponse
}

/// The endpoints that a service brings, in their order.
package protocol EndpointSet: Sendable {
    static func endpoints(of node: any ServiceDirectory) throws -> [ServedEndpoint]
}

/// A node's services, for whoever brings endpoints.
package protocol ServiceDirectory: Sendable {
    var context: NodeContext { get }

    /// A service by its type.
    ///
    /// - Throws: `node.noService` where this node does not run it.
    func service<Service: NodeService>(_ type: Service.Type) throws -> Service

    /// What services offer to others who do not know them, in the order of the services.
    func offers<Offer>(_ type: Offer.Type) -> [Offer]
}
