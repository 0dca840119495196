import Effects
import Inventory
import Ledgers
import RegionByHand
import ServiceKit

typealias InventoryRegion = RegionByHand<InventoryService>

extension InventoryRegion {
    /// Runs a test in a region of its own.
    ///
    /// - Parameter beds: how many the county offers.
    static func run(
        townships: Int = 0, beds: Int = 0, practitioners: [String] = [], _ body: (InventoryRegion) async throws -> Void
    ) async throws {
        let sample = SampleRegion(townships: townships, practitioners: practitioners)
        let region = try await InventoryRegion(projections: projections, configuration: sample.configuration) {
            try await $0.service.watch.round()
        }
        try await region.use { region in
            if beds > 0 { try await region.offer(beds) }
            if townships == 0 { try await region.settle() }
            try await body(region)
        }
    }

    static var projections: ProjectionSet {
        ProjectionSet([RegionProjection(), GrantProjection(), AuditProjection()] + InventoryService.projections)
    }
}
