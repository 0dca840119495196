package import Regions

/// How a node reaches its neighbours about inventories; a service gives its desk.
package protocol InventoryNeighbours: Sendable {
    /// Brings a command to a neighbour that is nearer to whoever decides.
    func command(_ command: SignedHoldCommand, at node: NodeID) async throws -> HoldReceipt
    /// Asks a neighbour that is nearer to the owner.
    func stock(_ question: StockQuestion, at node: NodeID) async throws -> StockAnswer
}
