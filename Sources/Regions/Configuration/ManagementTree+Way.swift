/// The way of what is signed where somebody sits, from neighbour to neighbour.
extension ManagementTree {
    /// Whether what somebody at `origin` signed can have come to `node` this way.
    ///
    /// - Parameter caller: the neighbour that brought it; `nil` for somebody at `node` itself.
    package func leads(from origin: NodeID, over caller: NodeID?, to node: NodeID) -> Bool {
        guard let caller else { return origin == node }
        return nextHop(from: node, to: origin) == caller
    }

    /// The neighbour of `node` that is nearer to `goal`; `nil` where there is none but the caller, so that nothing goes in a
    /// circle between two nodes whose regions differ.
    package func onward(from node: NodeID, to goal: NodeID, after caller: NodeID?) -> NodeID? {
        nextHop(from: node, to: goal).flatMap { $0 == caller ? nil : $0 }
    }
}
