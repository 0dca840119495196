package import Effects
package import FHIR
package import ServiceKit

/// A request on its way to a handler: what was sent, and for whom it speaks.
package struct EdgeCall: Sendable {
    /// In which form a body is to be.
    package enum BodyForm: Sendable {
        /// JSON under one of its names, uncompressed.
        case json
        /// Parameters as a form of HTML sends them.
        case form
    }

    /// Reads the body when somebody has a right to have it read; checks its type before.
    package typealias Body = @Sendable (_ form: BodyForm, _ limitBytes: Int) async throws -> [UInt8]

    package let request: EdgeRequest
    package let principal: Principal
    /// What stands where the route's path has a variable segment, in their order.
    package let captured: [String]
    /// Ties the answer to the node's log; ids that the node makes up for an answer begin with it.
    package let correlation: String
    private let readBody: Body

    package init(
        _ request: EdgeRequest, principal: Principal, captured: [String], correlation: String,
        body: @escaping Body
    ) {
        self.request = request
        self.principal = principal
        self.captured = captured
        self.correlation = correlation
        readBody = body
    }

    /// The body's bytes.
    ///
    /// - Throws: refusals with 413 and 415, and what ends a connection.
    package func body(_ form: BodyForm = .json, limitBytes: Int) async throws -> [UInt8] {
        try await readBody(form, limitBytes)
    }

    /// The resource that the body holds.
    ///
    /// - Parameter type: the only type that this address takes.
    /// - Throws: refusals with 400, 413 and 415.
    package func resource(_ type: String? = nil, limitBytes: Int) async throws -> FHIRResource {
        let resource = try FHIRResource.parse(try await body(limitBytes: limitBytes))
        if let type, resource.type != type {
            throw FHIRRefusal(400, .invalid, "this address takes a \(type)", expression: "resourceType")
        }
        return resource
    }

    /// Who asks about a person here, and why.
    ///
    /// - Throws: refusals with 400 and 403.
    package func ground() throws -> Asking { try Asking(principal, request.headers) }
}

/// What is taken whole, on its way to a handler: a message of HL7 v2, or a resource of FHIR.
///
/// A request that is answered on the spot is an ``EdgeCall``.
package struct MessageCall<Content: Sendable>: Sendable {
    /// What was sent, parsed.
    package let content: Content
    /// For whom it speaks.
    package let principal: Principal
    /// When it came.
    package let now: WallTime
    /// Ties the answer to the node's log.
    package let correlation: String

    package init(_ content: Content, principal: Principal, now: WallTime, correlation: String) {
        self.content = content
        self.principal = principal
        self.now = now
        self.correlation = correlation
    }
}
