import Effects
import Inventory
import Ledgers
import Regions
import Testing

@testable import InventoryKit

/// Wishes that wait.
struct WishTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor")

    /// Who has which hold, in the order in which they got it.
    private func served(_ region: InventoryRegion, _ wishes: [HoldID]) async throws -> [String] {
        let east = try region.service("east")
        var held: [(EntryID, String)] = []
        for wish in wishes {
            if let step = try await east.show(wish).held { held.append((step.entry, wish.origin.rawValue)) }
        }
        return held.sorted { $0.0 < $1.0 }.map(\.1)
    }

    @Test func `nodes take turns, however many wishes one of them has`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            var wishes: [HoldID] = []
            let hill = try region.service("hill")
            for _ in 0..<5 { wishes.append(try await hill.wish("east-beds", for: Self.asker)) }
            try await region.settle()
            for name in ["moor", "lake"] {
                wishes.append(try await region.service(name).wish("east-beds", for: Self.asker))
                try await region.settle()
            }
            let units = try UnitRange(1, 5)
            _ = try await region.service("east").offer(units, of: "ward", in: "east-beds", UnitSpan(), by: "nurse")
            try await region.settle()
            #expect(try await served(region, wishes) == ["hill", "moor", "lake", "hill", "hill"])
            #expect(try await hill.show(wishes[0]).state == .held, "and they are told")
            #expect(try await region.service("moor").show(wishes[5]).state == .held)
            #expect(try await hill.show(wishes[4]).state == .wished)
        }
    }

    @Test func `who asks now does not pass those who wait`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, moor) = (try region.service("hill"), try region.service("moor"))
            let held = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            let wish = try await moor.wish("east-beds", for: Self.asker)
            try await region.settle()
            // Its bed is free again, and nobody has looked at the wishes yet.
            _ = try await region.asking { try await hill.release(held.hold, for: Self.asker) }
            let refused = await failure {
                _ = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            }
            #expect(refused?.code == "inventory.none")
            try await region.settle()
            #expect(try await moor.show(wish).state == .held)
            let confirmed = try await region.asking { try await moor.confirm(wish, for: Self.asker) }
            #expect(confirmed.state == .confirmed)
        }
    }

    @Test func `a wish is left while the owner is away, and has its turn when it comes back`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            try await region.stop("east")
            let moor = try region.service("moor")
            let wish = try await moor.wish("east-beds", for: Self.asker)
            try await region.settle()
            #expect(try await moor.show(wish).state == .wished)
            try await region.start("east")
            try await region.settle()
            #expect(try await moor.show(wish).state == .held)
        }
    }

    @Test func `a wish lapses at its end by an entry, and one that was taken back gets nothing`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let (moor, hill) = (try region.service("moor"), try region.service("hill"))
            let ends = region.time.wallTime.advanced(byMilliseconds: 60_000)
            let short = try await moor.wish("east-beds", until: ends, for: Self.asker)
            let back = try await hill.wish("east-beds", for: Self.asker)
            let long = try await hill.wish(
                "east-beds", until: region.time.wallTime.advanced(byMilliseconds: 1 << 40), for: Self.asker)
            try await region.settle()
            try await hill.takeBack(back, for: Self.asker)
            try await region.pass(seconds: 59)
            #expect(try await moor.show(short).state == .wished)
            try await region.pass(seconds: 1)
            #expect(try await moor.show(short).state == .lapsed)
            let units = try UnitRange(1, 3)
            _ = try await region.service("east").offer(units, of: "ward", in: "east-beds", UnitSpan(), by: "nurse")
            try await region.settle()
            #expect(try await hill.show(back).state == .takenBack)
            #expect(try await hill.show(long).state == .held)
            #expect(try await region.service("east").stock("east-beds").free == 2)
            let twice = await failure { try await hill.takeBack(back, for: Self.asker) }
            #expect(twice?.code == "inventory.wrongState")
        }
    }

    @Test func `a wish for one lot does not wait behind those for another`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let (moor, hill) = (try region.service("moor"), try region.service("hill"))
            let north = try await moor.wish("east-beds", lot: "north", for: Self.asker)
            let south = try await hill.wish("east-beds", lot: "south", for: Self.asker)
            try await region.settle()
            let one = try UnitRange(1, 1)
            _ = try await region.service("east").offer(one, of: "south", in: "east-beds", UnitSpan(), by: "nurse")
            try await region.settle()
            #expect(try await hill.show(south).state == .held)
            #expect(try await moor.show(north).state == .wished)
        }
    }

    @Test func `what one node wishes beyond the limit lapses at once`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let hill = try region.service("hill")
            var wishes: [HoldID] = []
            for _ in 0...Limits.wishesPerNode { wishes.append(try await hill.wish("east-beds", for: Self.asker)) }
            try await region.settle()
            #expect(try await hill.show(wishes[0]).state == .wished)
            #expect(try await hill.show(wishes[Limits.wishesPerNode]).state == .lapsed)
        }
    }
}
