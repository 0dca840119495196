import Effects
import Inventory
import InventoryKit
import Regions
import Simulator

/// The people of a hospital's ward: they offer its beds, let another hospital give one of them, and take it back.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
final class Ward: @unchecked Sendable {
    private let node: SimulatedNode
    private let other: NodeID
    private let shared: SharedSimulation

    init(_ node: SimulatedNode, other: NodeID, shared: SharedSimulation) {
        self.node = node
        self.other = other
        self.shared = shared
    }

    private var inventory: String { InventoryPlay.name(of: node.id) }

    func run() async throws {
        while true {
            try await shared.time.sleep(milliseconds: 20_000 + Int64(shared.random.number(below: 60_000)))
            do {
                try await look()
            } catch let error as CancellationError {
                guard !Task.isCancelled else { throw error }
            } catch {
                shared.log.add("the ward of \(node.id) was refused: \(error)")
            }
        }
    }

    private func look() async throws {
        let (inventory, lot) = (inventory, InventoryPlay.lot)
        let stock = try await node.ask { try await $0.service(InventoryService.self).stock(inventory) }
        guard let stock else { return }
        // An older copy may have known nothing of them.
        if stock.lines.reduce(0, { $0 + $1.offered }) < InventoryPlay.beds {
            let units = try UnitRange(1, InventoryPlay.beds)
            _ = try await node.ask {
                try await $0.service(InventoryService.self).offer(
                    units, of: lot, in: inventory, UnitSpan(), by: "nurse")
            }
            return
        }
        guard shared.random.number(below: 6) == 0 else { return }
        let last = try UnitRange(InventoryPlay.beds, InventoryPlay.beds)
        if stock.lines.contains(where: { $0.decider == other }) {
            _ = try await shared.node(other)?.ask {
                try await $0.service(InventoryService.self).giveBack(last, of: lot, in: inventory, by: "nurse")
            }
        } else {
            let other = other
            _ = try await node.ask {
                try await $0.service(InventoryService.self).allot(last, of: lot, in: inventory, to: other, by: "nurse")
            }
        }
    }
}
