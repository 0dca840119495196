import Effects
import Synchronization
import Testing

@testable import Destinations

@Suite("Destinations are others while messages go out")
struct ReplacedDestinationTests {
    @Test("a new one is brought what comes from then on, and what waits for one that is gone stays and is said")
    func replaced() async throws {
        let (his, lis) = (try Destination.sample("his"), try Destination.sample("lis"))
        let node = try SampleNode([his])
        // Its folder goes with it.
        defer { withExtendedLifetime(node) {} }
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        // What comes before it has begun anew goes as before.
        let begun = Beginnings()
        let clients = ["his": ScriptedClient(), "lis": ScriptedClient()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await service.deliver(
                    {
                        begun.count.withLock { $0 += 1 }
                        return clients
                    }, from: [source])
            }
            try await source.add([(1, "a")])
            // What was taken and not yet noted would go again.
            try await until { try await service.queues().isEmpty && clients["his"]?.came == ["m1"] }
            service.replace([lis])
            try await until { begun.count.withLock { $0 } == 2 }
            try await source.add([(2, "b")])
            try await until { try await service.queues().isEmpty && clients["lis"]?.came == ["m2"] }
            service.replace([lis, his])
            try await until { begun.count.withLock { $0 } == 3 }
            try await source.add([(3, "a")])
            try await until { clients["his"]?.came == ["m1", "m3"] && clients["lis"]?.came == ["m2", "m3"] }
            group.cancelAll()
        }
        #expect(service.destinations == [lis, his])
    }

    private final class Beginnings: Sendable {
        let count = Mutex(0)
    }

    private func until(_ condition: () async throws -> Bool) async throws {
        let clock = SystemTime()
        let end = clock.monotonicTime.advanced(byMilliseconds: 60_000)
        while try await !condition() {
            guard clock.monotonicTime < end else { throw Failure("test.never", "it never came to hold") }
            await Task.yield()
        }
    }
}
