import Effects
import Regions
import Testing

@testable import InventoryKit

extension InventoryRegion {
    /// Asks while couriers bring to the parents of counties and city what those write, as they do while links are up.
    func asking<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    try await self.deliverUp()
                    await Task.yield()
                }
                return nil
            }
            guard let value = try await group.next() ?? nil else { throw Failure("test.unsettled", "nothing was said") }
            group.cancelAll()
            return value
        }
    }

    /// Asks while time goes by and nothing is brought to anybody.
    func askingInVain<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while !Task.isCancelled {
                    if self.time.sleeperCount > 0 { self.time.advance(milliseconds: 1_000) }
                    await Task.yield()
                }
                return nil
            }
            guard let value = try await group.next() ?? nil else { throw Failure("test.unsettled", "nothing was said") }
            group.cancelAll()
            return value
        }
    }

    /// Offers beds of the county.
    func offer(_ beds: Int) async throws {
        let units = try UnitRange(1, beds)
        _ = try await service("east").offer(units, of: "ward", in: "east-beds", UnitSpan(), by: "nurse")
    }
}

/// What a question is refused with.
func failure(_ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> Failure? {
    do {
        try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
        return nil
    } catch let failure as Failure {
        return failure
    } catch {
        Issue.record("\(error)", sourceLocation: sourceLocation)
        return nil
    }
}
