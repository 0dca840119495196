package import Effects
package import Regions
package import Wire

/// A call that came over a link, nothing of its arguments decoded yet.
package struct InboundCall: Sendable {
    package var caller: NodeID
    package var neighbour: Neighbour
    package var method: UInt16
    /// The name of the desk that is called.
    package var desk: String
    package var arguments: [UInt8]
    package var lane: Lane
    /// When the caller stops waiting, on this node's clock.
    package var deadline: MonotonicTime
    package var correlation: String
    /// What belongs to the link that the call came over.
    package var scope: LinkScope?

    package init(
        caller: NodeID, neighbour: Neighbour, method: UInt16, desk: String, arguments: [UInt8], lane: Lane,
        deadline: MonotonicTime, correlation: String, scope: LinkScope? = nil
    ) {
        self.caller = caller
        self.neighbour = neighbour
        self.method = method
        self.desk = desk
        self.arguments = arguments
        self.lane = lane
        self.deadline = deadline
        self.correlation = correlation
        self.scope = scope
    }
}

/// Answers the calls that come over links; see ``DirectCallHandler``.
package typealias InboundCallHandler = @Sendable (InboundCall) async -> CallAnswer

/// Answers a call on the loop of its link, or says by nil that it is not for the loop.
package typealias DirectCallHandler = @Sendable (InboundCall) -> CallAnswer?
