package import Calls
package import Distributed
package import InventoryKit

/// What neighbours ask of a node's inventories.
@Resolvable
package protocol InventoryCalls: DistributedActor where ActorSystem == YilianActorSystem {
    /// Carries a command out where this node decides, or passes it on towards whoever does.
    distributed func command(_ command: SignedHoldCommand) async throws -> HoldReceipt
    /// What is there of an inventory, from its owner or as it is known on the way.
    distributed func stock(_ question: StockQuestion) async throws -> StockAnswer
}

extension DeskInterface<any InventoryCalls> {
    package static let inventory = DeskInterface(InventoryDesk.deskName) {
        try $InventoryCalls.resolve(id: $0, using: $1)
    }
}
