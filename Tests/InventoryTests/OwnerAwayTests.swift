import Effects
import Inventory
import Ledgers
import Regions
import Testing

@testable import InventoryKit

/// The owner is cut off, killed, restored.
struct OwnerAwayTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor")

    @Test func `while the owner is away it is "try again", with the age of what is known`() async throws {
        try await InventoryRegion.run(beds: 2) { region in
            let moor = try region.service("moor")
            let before = try await moor.stock("east-beds")
            #expect(before.free == 2 && before.toldBy.rawValue == "east")
            try await region.stop("east")
            region.time.advance(milliseconds: 3_600_000)
            let id = HoldID(origin: try NodeID("moor"), serial: "1")
            let away = await failure { _ = try await moor.hold("east-beds", id: id, for: Self.asker) }
            #expect(away?.code == "inventory.ownerAway")
            #expect(away?.message.contains(before.asOf.chinaText) == true && away?.message.contains("2 free") == true)
            #expect(away?.remedy?.contains(id.description) == true)
            let stock = try await moor.stock("east-beds")
            #expect(stock.asOf == before.asOf && stock.lines == before.lines)
            // Who never heard of it says so.
            let never = await failure { _ = try await region.service("lake").hold("east-beds", for: Self.asker) }
            #expect(never?.message.contains("nothing was heard") == true)
            try await region.start("east")
            try await region.settle()
            #expect(try await region.asking { try await moor.hold("east-beds", id: id, for: Self.asker) }.unit == 1)
        }
    }

    @Test func `an owner that was killed forgets nothing and gives nothing twice`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let hill = try region.service("hill")
            let held = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            _ = try await region.asking { try await hill.confirm(held.hold, for: Self.asker) }
            try await region.stop("east")
            try await region.start("east")
            let refused = await failure {
                _ = try await region.asking { try await region.service("lake").hold("east-beds", for: Self.asker) }
            }
            #expect(refused?.code == "inventory.none")
        }
    }

    @Test func `an owner decides nothing after its start before its parent has answered`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, east) = (try region.service("hill"), try NodeID("east"))
            region.switchboard.cut(east)
            try await region.stop("east")
            try await region.start("east")
            try await region.settle()
            for _ in 0..<3 {
                let early = await failure { _ = try await hill.hold("east-beds", for: Self.asker) }
                #expect(early?.code == "inventory.unmatched")
            }
            let units = try UnitRange(2, 3)
            let offer = await failure {
                _ = try await region.service("east").offer(units, of: "ward", in: "east-beds", UnitSpan(), by: "nurse")
            }
            #expect(offer?.code == "inventory.unmatched")
            region.switchboard.cut(east, false)
            #expect(try await region.asking { try await hill.hold("east-beds", for: Self.asker) }.unit == 1)
        }
    }

    @Test func `a restored owner decides nothing until it has back what its parent has, and then gives nothing twice`()
        async throws
    {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, lake) = (try region.service("hill"), try region.service("lake"))
            try await region.backUp("east")
            try await region.settle()
            let held = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            _ = try await region.asking { try await hill.confirm(held.hold, for: Self.asker) }
            try await region.restore("east")
            // Its link is up, and nothing was given back yet.
            let east = try region.service("east")
            #expect(try await east.holds().isEmpty, "it has forgotten the hold")
            let early = await failure { _ = try await lake.hold("east-beds", for: Self.asker) }
            #expect(early?.code == "inventory.unmatched" && !east.witness.isMatched)
            try await region.settle()
            #expect(east.witness.isMatched)
            #expect(try await east.show(held.hold).state == .confirmed)
            let refused = await failure {
                _ = try await region.asking { try await lake.hold("east-beds", for: Self.asker) }
            }
            #expect(refused?.code == "inventory.none")
        }
    }

    @Test func `what a restored owner had written and told nobody is given again, and its asker is asked anew`()
        async throws
    {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, lake, east) = (try region.service("hill"), try region.service("lake"), try NodeID("east"))
            try await region.backUp("east")
            try await region.settle()
            region.switchboard.cut(east)
            let id = HoldID(origin: try NodeID("hill"), serial: "1")
            let early = await failure {
                _ = try await region.askingInVain { try await hill.hold("east-beds", id: id, for: Self.asker) }
            }
            #expect(early?.code == "inventory.unsecured")
            try await region.restore("east")
            region.switchboard.cut(east, false)
            try await region.settle()
            let held = try await region.asking { try await lake.hold("east-beds", for: Self.asker) }
            #expect(held.unit == 1)
            let late = await failure {
                _ = try await region.asking { try await hill.hold("east-beds", id: id, for: Self.asker) }
            }
            #expect(late?.code == "inventory.none")
        }
    }
}
