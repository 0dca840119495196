import Effects
import Inventory
import InventoryKit
package import Ledgers
package import NodeRuntime
package import Regions
package import Simulator
package import Storage
package import Wire

/// Beds in a simulated region: hospitals offer three each, townships want more than there are.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class InventoryPlay: ServicePlay, @unchecked Sendable {
    package static let desks = ["inventory"]
    package static let lane = Lane.clinical
    package static let tables: [(name: String, rows: SQLText)] = [
        ("inventory_event", "SELECT entry, hold, author, event, fields FROM inventory_event"),
        ("inventory_hold", "SELECT hold, inventory, lot, unit, decider, state, is_live, until FROM inventory_hold"),
        (
            "inventory_unit",
            "SELECT inventory, lot, unit, owner, decider, term, is_offered, is_taken, is_free FROM inventory_unit"
        ),
    ]

    static let lot = "ward"
    static let beds = 3

    let shared: SharedSimulation
    let journal = BedJournal()

    package init(_ shared: SharedSimulation) {
        self.shared = shared
    }

    package static func agree(in configuration: inout RegionConfiguration, homes: [NodeID]) {
        configuration.inventories = homes.compactMap { home in
            OrgUnitID(rawValue: home.rawValue).map { unit in
                OfferedInventory(
                    kind: .bed,
                    terms: InventoryTerms(
                        id: name(of: home), name: "床位", unit: unit, owner: home, holdSeconds: 240, wishSeconds: 900))
            }
        }
    }

    static func name(of home: NodeID) -> String { "beds-\(home)" }

    package func people() -> [[SimulatedPerson]] {
        let owners = shared.region.configuration.inventories.map(\.terms.owner)
        let wards = owners.enumerated().compactMap { index, owner in
            shared.node(owner).map { node in
                let ward = Ward(node, other: owners[(index + 1) % owners.count], shared: shared)
                return SimulatedPerson { try await ward.run() }
            }
        }
        let wanting = shared.nodes(.township).map { node in
            let desk = BedDesk(node, owners: owners, shared: shared, journal: journal)
            return SimulatedPerson { try await desk.run() }
        }
        return [wards, wanting]
    }

    package func lose(_ node: SimulatedNode, reached: [ChainIdentity: UInt64], parent: YilianNode) async {
        // What was told lay on the parent's disk; where that was put back first, no product could know it any more.
        for stay in journal.stays where stay.entry.author == node.id {
            if reached[stay.entry.batch.chain, default: 0] <= stay.entry.batch.sequence { journal.lose(stay.hold) }
        }
    }

    package func questions() -> [[SimulatedQuestion]] {
        [
            [
                SimulatedQuestion("holds") { running in
                    let service = try running.service(InventoryService.self)
                    for record in try await service.holds(limit: 20) { _ = try await service.show(record.id) }
                }
            ]
        ]
    }
}
