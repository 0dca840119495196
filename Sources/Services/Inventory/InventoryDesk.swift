package import Calls
package import Distributed
package import InventoryKit
import Regions

/// The callable face of a node's inventories.
package distributed actor InventoryDesk: InventoryCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "inventory"

    private let counter: HoldCounter
    private let stockDesk: StockDesk

    init(counter: HoldCounter, stockDesk: StockDesk, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.stockDesk = stockDesk
        self.actorSystem = actorSystem
    }

    package distributed func command(_ command: SignedHoldCommand) async throws -> HoldReceipt {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }

    package distributed func stock(_ question: StockQuestion) async throws -> StockAnswer {
        try await stockDesk.stock(question, caller: CallContext.current?.caller)
    }
}

/// A node's neighbours, by their desks.
struct NeighbouringDesks: InventoryNeighbours {
    let system: YilianActorSystem

    func command(_ command: SignedHoldCommand, at node: NodeID) async throws -> HoldReceipt {
        try await DeskInterface.inventory.at(node, system).command(command)
    }

    func stock(_ question: StockQuestion, at node: NodeID) async throws -> StockAnswer {
        try await DeskInterface.inventory.at(node, system).stock(question)
    }
}
