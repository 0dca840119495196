package import ServiceKit

/// A request whose body and answer have a type of their own and may be longer than anybody holds in memory.
package struct MediaCall: Sendable {
    package let request: EdgeRequest
    package let principal: Principal
    /// What stands where the route's path has a variable segment, in their order.
    package let captured: [String]
    /// Ties the answer to the node's log.
    package let correlation: String
    /// The body as it comes: whoever reads it slowly slows its sender.
    ///
    /// It may be read once. It throws refusals with 400 and 503, and what ends a connection.
    package let body: any AsyncSequence<[UInt8], any Error> & Sendable

    package init(
        _ request: EdgeRequest, principal: Principal, captured: [String], correlation: String,
        body: any AsyncSequence<[UInt8], any Error> & Sendable
    ) {
        self.request = request
        self.principal = principal
        self.captured = captured
        self.correlation = correlation
        self.body = body
    }

    /// Who asks about a person here, and why.
    ///
    /// - Throws: refusals with 400 and 403.
    package func ground() throws -> Asking { try Asking(principal, request.headers) }
}

/// An answer with a type of its own, whole or piece by piece.
package struct MediaResponse: Sendable {
    /// Writes pieces; each is on its way before the next one is asked for.
    package typealias Pieces =
        @Sendable (_ write: (ArraySlice<UInt8>) async throws -> Void) async throws -> Void

    package enum Content: Sendable {
        case bytes([UInt8])
        /// What fails on the way ends the connection: its reader sees that the answer is not whole.
        case pieces(Pieces)
    }

    package var status: Int
    package var contentType: String
    package var headers: [String: String]
    package var content: Content

    package init(_ status: Int, _ contentType: String, _ content: Content, headers: [String: String] = [:]) {
        self.status = status
        self.contentType = contentType
        self.content = content
        self.headers = headers
    }
}
