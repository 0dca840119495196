import Effects
import Ledgers
import Testing

@testable import Inventory
@testable import InventoryKit

/// What a node keeps of holds that are over besides what it derives from their entries.
struct MemoryTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor", reference: "hill.01KB")
    private static let dayMilliseconds: Int64 = 86_400_000

    private func kept(_ region: InventoryRegion) async throws -> [Int64] {
        var counts: [Int64] = [0, 0, 0]
        for member in region.running {
            let own = try await member.ledger.read { sql in
                try [
                    sql.row("SELECT COUNT(*) FROM inventory_notice", []),
                    sql.row("SELECT COUNT(*) FROM inventory_asked", []),
                    sql.row("SELECT COUNT(*) FROM inventory_queue", []),
                ].map { try $0?.integer(0) ?? 0 }
            }
            counts = zip(counts, own).map(+)
        }
        return counts
    }

    private func forget(_ region: InventoryRegion) async throws -> Int {
        var count = 0
        for member in region.running { count += try await member.service.watch.memory.forget() }
        return count
    }

    @Test func `what was asked and told of holds goes after its time, and a refold tells nobody again`() async throws {
        try await InventoryRegion.run(beds: 2) { region in
            let hill = try region.service("hill")
            let over = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            _ = try await region.asking { try await hill.release(over.hold, for: Self.asker) }
            let wish = try await hill.wish("east-beds", lot: "other", for: Self.asker)
            let live = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            _ = try await region.asking { try await hill.confirm(live.hold, for: Self.asker) }
            try await region.pass(seconds: 2 * SampleRegion.wishSeconds)
            #expect(try await hill.show(wish).state != .wished)
            let before = try await kept(region)
            #expect(before.allSatisfy { $0 > 0 }, "\(before)")
            region.time.advance(milliseconds: 399 * Self.dayMilliseconds)
            #expect(try await forget(region) == 0)
            region.time.advance(milliseconds: 2 * Self.dayMilliseconds)
            #expect(try await forget(region) > 0)
            #expect(try await kept(region) == [0, 1, 0], "what was asked about a bed that somebody has stays")
            for member in region.running { try await member.ledger.refold() }
            for member in region.running { try await member.service.watch.round() }
            #expect(try await kept(region)[0] == 0)
            // Whose turn it was is derived again, and goes again.
            _ = try await forget(region)
            #expect(try await kept(region) == [0, 1, 0])
        }
    }
}
