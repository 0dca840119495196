import InventoryTestKit
import Testing
import YilianTestKit

/// Beds over real nodes, by what is public alone.
@Suite("Real nodes hold, confirm and give back beds", .serialized)
struct HoldsOfNodesTests {
    private static let sections = TestSections(
        """
        inventories:
          - {id: beds, name: 床位, kind: bed, unit: pingding, node: pingding, holdSeconds: 600, wishSeconds: 3600}
        """)

    @Test func `two beds for three: the third is told, wishes, and gets the one that is given back`() async throws {
        try await TestRegion.run(.small, TestOptions(sections: Self.sections)) { region in
            let (township, county) = (try region.node("jucheng"), try region.node("pingding"))
            try await county.offerUnits(1...2, of: "ward", in: "beds", region: region)
            let first = try await township.holdUnit("beds", reference: "jucheng.01KB")
            #expect(first.state == "held" && first.decider == "pingding" && first.askedAt == "jucheng")
            let again = try await township.holdUnit("beds", id: first.id, reference: "jucheng.01KB")
            #expect(again.id == first.id && again.unit == first.unit, "the same try has the same bed")
            let second = try await county.holdUnit("beds")
            #expect(second.unit != first.unit)
            await #expect {
                _ = try await township.holdUnit("beds")
            } throws: {
                ($0 as? TestFailure)?.code == "inventory.none"
            }
            let wish = try await township.wishForUnit("beds")
            #expect(try await township.confirmHold(first.id).state == "confirmed")
            try await region.wait(for: "the wish at the owner") { try await county.stock("beds").waitingCount == 1 }
            #expect(try await county.releaseHold(second.id).state == "released")
            try await region.wait(for: "the bed for the wish") {
                try await township.hold(wish).state == "held"
            }
            #expect(try await township.hold(wish).unit == second.unit)
            let stock = try await township.stock("beds")
            #expect(stock.toldBy == "pingding" && stock.freeCount == 0 && stock.waitingCount == 0)
            #expect(stock.confirmedCount == 1 && stock.heldCount == 1)
            #expect(try await county.holds(of: "beds").count == 3)
        }
    }
}
