package import Calls
import Effects
package import InventoryKit
package import Ledgers
package import Regions
package import ServiceKit
import Trust

/// Beds, outpatient numbers and examination slots at one node: offers its own, holds others', and keeps the promise that
/// nothing is given twice.
package struct InventoryService: NodeService {
    package static let serviceName = "inventory"
    package static let regionSections: [any RegionSection.Type] = [InventorySection.self]
    package static let projections: [any Projection] = [InventoryProjection(.hospitals)]
    package static let endpoints: [any EndpointSet.Type] = [InventoryEndpoints.self]

    package static var methods: [Method] {
        get throws {
            let order = SignedHoldCommand.Order(
                .hold, HoldID(origin: sampleNode, serial: "0"), of: "sample", decider: sampleNode, actor: "doctor",
                unit: "sample", origin: sampleNode)
            let key = try Suite.ed25519.makeSigningKey(random: SeededRandom(seed: 0))
            let command = try SignedHoldCommand(order, madeAt: .epoch, key: key)
            return [
                Method(
                    260, .inventory, "command", lane: .clinical, callers: [.parent, .child], samples: command
                ) { try await $0.command($1) },
                Method(
                    261, .inventory, "stock", lane: .clinical, callers: [.parent, .child],
                    samples: StockQuestion(inventory: "sample", owner: sampleNode)
                ) { try await $0.stock($1) },
            ]
        }
    }

    private static var sampleNode: NodeID {
        guard let node = NodeID(rawValue: "sample") else { preconditionFailure("'sample' has the form of a node id") }
        return node
    }

    package let context: NodeContext
    package var witness: DiskWitness { context.witness }
    let counter: HoldCounter
    let stockDesk: StockDesk
    /// None where another service of the node asks: it answers no neighbour.
    private let desk: InventoryDesk?

    package init(_ context: NodeContext) async throws { self.init(context, isAnswering: true) }

    /// What another service of the node needs: it holds, confirms and gives back, and answers nobody.
    package init(beside context: NodeContext) { self.init(context, isAnswering: false) }

    private init(_ context: NodeContext, isAnswering: Bool) {
        self.context = context
        let neighbours = NeighbouringDesks(system: context.system)
        counter = HoldCounter(context, plan: .hospitals, neighbours: neighbours)
        stockDesk = StockDesk(context, plan: .hospitals, neighbours: neighbours)
        desk =
            isAnswering
            ? InventoryDesk(counter: counter, stockDesk: stockDesk, actorSystem: context.system) : nil
    }

    /// Ends holds and wishes, and gives what is free to whose turn it is, until the task is cancelled.
    package func run() async throws { try await watch.run() }

    package var watch: InventoryWatch { InventoryWatch(context, plan: .hospitals) }

    /// - Throws: `inventory.unknown`.
    package func inventory(_ id: String) throws -> OfferedInventory {
        guard let found = context.region.current.inventory(id) else {
            throw Failure(
                "inventory.unknown", "the region has no inventory \(NameForm.shown(id))",
                remedy: KnownWord.remedy(for: id, among: context.region.current.inventories.map(\.terms.id)))
        }
        return found
    }
}
