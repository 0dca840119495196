import Effects
import Ledgers
import Regions
import Testing

@testable import Inventory
@testable import InventoryKit

/// Holds at a real owner, asked from elsewhere.
struct HoldTests {
    private static let asker = InventoryService.Asker(practitioner: "doctor", reference: "hill.01KB")

    @Test func `a bed is held, confirmed, given back and held by the next`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let hill = try region.service("hill")
            let held = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            #expect(held.state == .held && held.unit == 1 && held.lot == "ward" && !held.isDuplicate)
            #expect(
                held.until == region.time.wallTime.advanced(byMilliseconds: Int64(SampleRegion.holdSeconds) * 1_000))
            let again = try await region.asking { try await hill.hold("east-beds", id: held.hold, for: Self.asker) }
            #expect(again.isDuplicate && again.entry == held.entry)
            let confirmed = try await region.asking { try await hill.confirm(held.hold, for: Self.asker) }
            #expect(confirmed.state == .confirmed && confirmed.until == nil)

            let moor = try region.service("moor")
            let refused = await failure {
                _ = try await region.asking { try await moor.hold("east-beds", for: Self.asker) }
            }
            #expect(refused?.code == "inventory.none")
            try await region.pass(seconds: 10 * SampleRegion.holdSeconds)
            // The patient has left, says the ward.
            let east = try region.service("east")
            let left = try await region.asking { try await east.release(held.hold, for: Self.asker) }
            #expect(left.state == .released)
            let next = try await region.asking { try await moor.hold("east-beds", for: Self.asker) }
            #expect(next.unit == 1)
            try await region.settle()
            #expect(try await hill.show(held.hold).state == .released)
            #expect(try await moor.show(next.hold).state == .held)
        }
    }

    @Test func `a hold that nobody confirms ends, and its asker is told by an entry`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let hill = try region.service("hill")
            let held = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            try await region.pass(seconds: SampleRegion.holdSeconds - 1)
            #expect(try await region.service("east").show(held.hold).state == .held)
            try await region.pass(seconds: 1)
            for name in ["east", "hill", "city"] {
                #expect(try await region.service(name).show(held.hold).state == .expired, "\(name)")
            }
            let late = await failure {
                _ = try await region.asking { try await hill.confirm(held.hold, for: Self.asker) }
            }
            #expect(late?.code == "inventory.tooLate")
        }
    }

    @Test func `what is for a time is held no longer than that, and not given when it is over`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let (city, lake) = (try region.service("city"), try region.service("lake"))
            let now = region.time.wallTime
            let ends = now.advanced(byMilliseconds: 60_000)
            _ = try await city.offer(
                try UnitRange(1, 2), of: "ct-8", in: "city-slots",
                try UnitSpan(starts: now, ends: ends, label: "CT 8:00"), by: "nurse")
            let held = try await region.asking { try await lake.hold("city-slots", for: Self.asker) }
            #expect(held.until == ends && held.span.label == "CT 8:00")
            region.time.advance(milliseconds: 60_000)
            let over = await failure {
                _ = try await region.asking { try await lake.hold("city-slots", for: Self.asker) }
            }
            #expect(over?.code == "inventory.none")
            #expect(try await lake.stock("city-slots").lines == [])
        }
    }

    @Test func `an answer is given once the parent's disk has it, and else the same again gets the same`() async throws
    {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, east) = (try region.service("hill"), try NodeID("east"))
            region.switchboard.cut(east)
            let id = HoldID(origin: try NodeID("hill"), serial: "1")
            let early = await failure {
                _ = try await region.askingInVain { try await hill.hold("east-beds", id: id, for: Self.asker) }
            }
            #expect(early?.code == "inventory.unsecured")
            // It is kept for them.
            let other = await failure {
                _ = try await region.askingInVain {
                    try await region.service("lake").hold("east-beds", for: Self.asker)
                }
            }
            #expect(other?.code == "inventory.none")
            try await region.settle()
            await #expect(throws: Failure.self, "nobody is told by an entry either") { try await hill.show(id) }
            region.switchboard.cut(east, false)
            let held = try await region.asking { try await hill.hold("east-beds", id: id, for: Self.asker) }
            #expect(held.isDuplicate && held.unit == 1)
            try await region.settle()
            #expect(try await hill.show(id).state == .held)
        }
    }

    /// The holds of an inventory that the region has no more can be ended by nobody.
    @Test func `what is due of an inventory that was taken out keeps nothing else waiting`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let (hill, east) = (try region.service("hill"), try region.service("east"))
            let units = try UnitRange(1, 1)
            _ = try await east.offer(units, of: "wang-am", in: "east-numbers", UnitSpan(), by: "nurse")
            let bed = try await region.asking { try await hill.hold("east-beds", for: Self.asker) }
            let number = try await region.asking { try await hill.hold("east-numbers", for: Self.asker) }
            region.time.advance(milliseconds: Int64(SampleRegion.holdSeconds) * 1_000)
            let left = InventoryPlan(kind: { InventoryPlan.hospitals.kind(of: $0) }) { configuration in
                configuration.inventories.map(\.terms).filter { $0.id != "east-beds" }
            }
            try await InventoryWatch(east.context, plan: left).round()
            #expect(try await east.show(number.hold).state == .expired)
            #expect(try await east.show(bed.hold).state == .held)
        }
    }

    @Test func `an inventory that answers alone does not wait for the parent`() async throws {
        try await InventoryRegion.run { region in
            try await region.settle()
            let (hill, east) = (try region.service("hill"), try region.service("east"))
            _ = try await east.offer(
                try UnitRange(1, 3), of: "wang-am", in: "east-numbers", UnitSpan(), by: "nurse")
            region.switchboard.cut(try NodeID("east"))
            let held = try await hill.hold("east-numbers", for: Self.asker)
            #expect(held.unit == 1)
            try await region.settle()
            #expect(try await hill.show(held.hold).state == .held)
        }
    }

    @Test func `who is unknown, or says another node, or whose words are no id, holds nothing`() async throws {
        try await InventoryRegion.run(beds: 1) { region in
            let hill = try region.service("hill")
            let unknown = await failure { _ = try await hill.hold("esat-beds", for: Self.asker) }
            #expect(unknown?.code == "inventory.unknown" && unknown?.remedy?.contains("east-beds") == true)
            let words = await failure {
                _ = try await hill.hold("east-beds", for: .init(practitioner: "doctor", reference: "张三"))
            }
            #expect(words?.code == "inventory.badName")
            let nobody = await failure { _ = try await hill.hold("east-beds", for: .init(practitioner: " ")) }
            #expect(nobody?.code == "access.incomplete")
            let elsewhere = await failure {
                _ = try await hill.hold("east-beds", at: try NodeID("city"), for: Self.asker)
            }
            #expect(elsewhere?.code == "inventory.notTheDecider")
            // A command of another's node comes the wrong way.
            let lake = try region["lake"]
            let stolen = try SignedHoldCommand(
                .init(
                    .hold, HoldID(origin: lake.context.node, serial: "1"), of: "east-beds", decider: try NodeID("east"),
                    actor: "doctor", unit: "", origin: lake.context.node), madeAt: region.time.wallTime,
                key: lake.context.signingKey)
            let counter = hill.counter
            let wrongWay = await failure { _ = try await counter.perform(stolen, caller: nil) }
            #expect(wrongWay?.code == "inventory.notEntitled")
        }
    }
}
