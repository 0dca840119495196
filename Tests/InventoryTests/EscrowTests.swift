import Effects
import Inventory
import Ledgers
import Regions
import Testing

@testable import InventoryKit

/// Units that the owner has allotted to another node.
struct EscrowTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor")

    /// Two of three beds are the other county's to give.
    private func allot(_ region: InventoryRegion) async throws {
        let (east, west) = (try region.service("east"), try NodeID("west"))
        _ = try await east.allot(
            try UnitRange(2, 3), of: "ward", in: "east-beds", to: west, by: "nurse")
        try await region.settle()
    }

    @Test func `another node gives what was allotted to it while the owner is away, and no more`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            try await allot(region)
            try await region.stop("east")
            let (moor, west) = (try region.service("moor"), try NodeID("west"))
            for unit in [2, 3] {
                let held = try await region.asking {
                    try await moor.hold("east-beds", at: west, for: Self.asker)
                }
                #expect(held.unit == unit && held.decider == west)
                let confirmed = try await region.asking { try await moor.confirm(held.hold, for: Self.asker) }
                #expect(confirmed.state == .confirmed)
            }
            let none = await failure {
                _ = try await region.asking { try await moor.hold("east-beds", at: west, for: Self.asker) }
            }
            #expect(none?.code == "inventory.none")
            try await region.start("east")
            try await region.settle()
            // Everybody above both takes what the other county decided.
            let stock = try await region.service("city").stock("east-beds")
            #expect(stock.lines.map(\.decider.rawValue) == ["east", "west"])
            let hill = try region.service("hill")
            let own = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            #expect(own.unit == 1)
            let refused = await failure {
                _ = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            }
            #expect(refused?.code == "inventory.none")
        }
    }

    @Test func `units come back by an entry, once nobody has them, and never by silence`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            try await allot(region)
            let (moor, west, hill) = (
                try region.service("moor"), try region.service("west"), try region.service("hill")
            )
            let held = try await region.asking {
                try await moor.hold("east-beds", at: try NodeID("west"), for: Self.asker)
            }
            let both = try UnitRange(2, 3)
            let inUse = await failure {
                _ = try await west.giveBack(both, of: "ward", in: "east-beds", by: "nurse")
            }
            #expect(inUse?.code == "inventory.inUse")
            try await region.pass(seconds: 30 * 86_400)
            #expect(try await region.service("east").stock("east-beds").lines.map(\.offered) == [1, 2])
            #expect(try await west.show(held.hold).state == .expired)
            _ = try await west.giveBack(both, of: "ward", in: "east-beds", by: "nurse")
            try await region.settle()
            #expect(try await region.service("east").stock("east-beds").lines.map(\.offered) == [3])
            for unit in 1...3 {
                let own = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
                #expect(own.unit == unit)
            }
            let late = await failure {
                _ = try await region.asking {
                    try await moor.hold("east-beds", at: try NodeID("west"), for: Self.asker)
                }
            }
            #expect(late?.code == "inventory.notTheDecider")
        }
    }

    @Test func `what somebody has, or another decides about, is neither allotted nor closed`() async throws {
        try await InventoryRegion.run(beds: 3) { region in
            try await allot(region)
            let (east, hill, west) = (
                try region.service("east"), try region.service("hill"), try NodeID("west")
            )
            _ = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            for units in ["1", "2"] {
                let range = try UnitRange(units)
                let closed = await failure { _ = try await east.close(range, of: "ward", in: "east-beds", by: "nurse") }
                #expect(closed?.code == "inventory.inUse", "\(units)")
                let allotted = await failure {
                    _ = try await east.allot(range, of: "ward", in: "east-beds", to: west, by: "nurse")
                }
                #expect(allotted?.code == "inventory.inUse", "\(units)")
            }
            let elsewhere = try UnitRange(9, 9)
            let foreign = await failure {
                _ = try await region.service("west").offer(
                    elsewhere, of: "ward", in: "east-beds", UnitSpan(), by: "nurse")
            }
            #expect(foreign?.code == "inventory.notTheOwner")
        }
    }

    @Test func `an escrow that was restored to before it gave back does not decide about what the owner has again`()
        async throws
    {
        try await InventoryRegion.run(beds: 3) { region in
            try await allot(region)
            try await region.backUp("west")
            try await region.settle()
            let units = try UnitRange(2, 3)
            _ = try await region.service("west").giveBack(units, of: "ward", in: "east-beds", by: "nurse")
            try await region.settle()
            try await region.restore("west")
            let moor = try region.service("moor")
            let early = await failure {
                _ = try await moor.hold("east-beds", at: try NodeID("west"), for: Self.asker)
            }
            #expect(early?.code == "inventory.unmatched")
            try await region.settle()
            let late = await failure {
                _ = try await region.asking {
                    try await moor.hold("east-beds", at: try NodeID("west"), for: Self.asker)
                }
            }
            #expect(late?.code == "inventory.notTheDecider")
        }
    }
}
