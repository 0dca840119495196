package import Links
package import Regions
package import Wire

/// Takes calls to other nodes.
package protocol CallCarrier: Sendable {
    /// Calls a desk of a neighbour and gives its answer's bytes.
    ///
    /// It goes on where its caller is: each change of executors takes a lock where the task prefers one.
    ///
    /// - Throws: `call.notANeighbour`, `call.notReachable`, the desk's own failure, or another `call.…`.
    nonisolated(nonsending) func call(
        to peer: NodeID, method: UInt16, target: String, arguments: [UInt8], lane: Lane,
        deadlineMilliseconds: Int64, correlation: String
    ) async throws -> [UInt8]
}

extension LinkHub: CallCarrier {}
