package import Calls
package import Distributed
import Effects
package import InventoryKit
package import Ledgers
import Regions
import ServiceKit

/// The callable face of a node's inventories.
package distributed actor InventoryDesk: InventoryCalls, WellKnownDesk {
    package typealias ActorSystem = YilianActorSystem
    package static let deskName = "inventory"

    private let counter: HoldCounter
    private let stockDesk: StockDesk
    private let ledger: Ledger

    init(counter: HoldCounter, stockDesk: StockDesk, ledger: Ledger, actorSystem: YilianActorSystem) {
        self.counter = counter
        self.stockDesk = stockDesk
        self.ledger = ledger
        self.actorSystem = actorSystem
    }

    package distributed func command(_ command: SignedHoldCommand) async throws -> HoldReceipt {
        try await counter.perform(command, caller: CallContext.current?.caller)
    }

    package distributed func stock(_ question: StockQuestion) async throws -> StockAnswer {
        try await stockDesk.stock(question, caller: CallContext.current?.caller)
    }

    package distributed func reached(_ after: [ChainPosition]) async throws -> [ChainPosition] {
        guard let caller = CallContext.current?.caller else {
            throw Failure("inventory.notEntitled", "the call came without a caller")
        }
        return try await ledger.positions(of: [caller], after: after.last?.chain, limit: Limits.positionsPerCall)
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

    func reached(after: [ChainPosition], at node: NodeID) async throws -> [ChainPosition] {
        try await DeskInterface.inventory.at(node, system).reached(after)
    }
}
