import Inventory
import InventoryKit
import Regions
public import YilianTestKit

extension TestNode {
    private var inventory: InventoryService {
        get throws { try node.service(InventoryService.self) }
    }

    /// Offers units of a lot, such as the beds of a ward, at the node that owns the inventory.
    ///
    /// A node decides nothing before its parent has confirmed that it lacks nothing of it: that is waited for.
    ///
    /// - Parameter inventory: one of the region's `inventories` (``TestSections``).
    public func offerUnits(
        _ units: ClosedRange<Int>, of lot: String, in inventory: String, by practitioner: String = "nurse",
        region: TestRegion
    ) async throws {
        let service = try self.inventory
        try await region.wait(for: "'\(id)' to match its parent") { service.witness.isMatched }
        try await TestFailure.translating {
            _ = try await service.offer(
                UnitRange(units.lowerBound, units.upperBound), of: lot, in: inventory, UnitSpan(), by: practitioner)
        }
    }

    /// Holds a unit for a case, until it is confirmed or the hold ends.
    ///
    /// - Parameters:
    ///   - lot: a lot by its name; whichever is next where none is given.
    ///   - id: that of an earlier try whose answer was lost; a new one where none is given.
    public func holdUnit(
        _ inventory: String, lot: String = "", id hold: String? = nil, reference: String = "",
        by practitioner: String = "doctor"
    ) async throws -> TestHold {
        try await TestFailure.translating {
            TestHold(
                try await self.inventory.hold(
                    inventory, lot: lot, id: try hold.map { try HoldID($0) },
                    for: asker(practitioner, reference: reference)))
        }
    }

    /// Confirms a hold: the patient comes.
    @discardableResult
    public func confirmHold(_ hold: String, by practitioner: String = "doctor") async throws -> TestHold {
        try await TestFailure.translating {
            TestHold(try await inventory.confirm(try HoldID(hold), for: asker(practitioner)))
        }
    }

    /// Gives a hold back.
    @discardableResult
    public func releaseHold(_ hold: String, by practitioner: String = "doctor") async throws -> TestHold {
        try await TestFailure.translating {
            TestHold(try await inventory.release(try HoldID(hold), for: asker(practitioner)))
        }
    }

    /// Leaves a wish, whether or not the owner can be reached; it waits its turn.
    ///
    /// - Returns: the id of the hold that it may become.
    public func wishForUnit(_ inventory: String, by practitioner: String = "doctor") async throws -> String {
        try await TestFailure.translating {
            try await self.inventory.wish(inventory, for: asker(practitioner)).description
        }
    }

    /// Holds and wishes that this node knows of, those that changed last first.
    public func holds(of inventory: String? = nil) async throws -> [TestHold] {
        try await TestFailure.translating { try await self.inventory.holds(of: inventory).map(TestHold.init) }
    }

    /// What this node knows of a hold.
    public func hold(_ hold: String) async throws -> TestHold {
        try await TestFailure.translating { TestHold(try await inventory.show(try HoldID(hold))) }
    }

    /// What is there of an inventory, from its owner, or as it is known.
    public func stock(_ inventory: String) async throws -> TestStock {
        try await TestFailure.translating { TestStock(try await self.inventory.stock(inventory)) }
    }

    private func asker(_ practitioner: String, reference: String = "") -> InventoryService.Asker {
        InventoryService.Asker(practitioner: practitioner, reference: reference)
    }
}
