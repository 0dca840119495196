import Effects
import Inventory
import InventoryKit
import Regions
import Testing

/// Many want what there is one of.
struct LastBedTests {
    @Test func `of a hundred townships that want the last bed one has it and 99 are told`() async throws {
        try await InventoryRegion.run(townships: 100, beds: 1) { region in
            let askers = try (1...100).map { try region.service("t\($0)") }
            let outcomes = try await region.asking {
                await withTaskGroup(of: Result<HoldReceipt, any Error>.self) { group in
                    for (index, asker) in askers.enumerated() {
                        group.addTask {
                            do {
                                return .success(
                                    try await asker.hold("east-beds", for: .init(practitioner: "doctor-\(index)")))
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            let held = outcomes.compactMap { try? $0.get() }
            let refused = outcomes.compactMap { outcome in
                if case .failure(let failure as Failure) = outcome { failure } else { nil }
            }
            #expect(held.count == 1 && refused.count == 99)
            #expect(Set(refused.map(\.code)) == ["inventory.none"])
            let stock = try await region.service("east").stock("east-beds")
            #expect(stock.lines.map(\.held) == [1] && stock.free == 0)
        }
    }
}
