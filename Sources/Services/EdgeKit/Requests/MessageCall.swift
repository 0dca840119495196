package import Effects

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
