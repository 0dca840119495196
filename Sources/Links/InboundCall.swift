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

    package init(
        caller: NodeID, neighbour: Neighbour, method: UInt16, desk: String, arguments: [UInt8], lane: Lane,
        deadline: MonotonicTime, correlation: String
    ) {
        self.caller = caller
        self.neighbour = neighbour
        self.method = method
        self.desk = desk
        self.arguments = arguments
        self.lane = lane
        self.deadline = deadline
        self.correlation = correlation
    }
}

/// Answers the calls that come over links.
package typealias InboundCallHandler = @Sendable (InboundCall) async -> CallAnswer
