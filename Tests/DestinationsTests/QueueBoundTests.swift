import Effects
import Ledgers
import ServiceKit
import Testing

@testable import Destinations

@Suite("The queue of a destination has bounds, and they are said")
struct QueueBoundTests {
    private func collected(
        _ bounds: Destination.Bounds, _ messages: [(Int64, String)]
    ) async throws -> (node: SampleNode, service: DestinationsService, source: SampleSource, destination: Destination) {
        let destination = try Destination.sample(bounds: bounds)
        let node = try SampleNode([destination])
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        try await source.add(messages)
        try await service.collector(of: [source]).collect()
        return (node, service, source, destination)
    }

    @Test("what is too much stays at its source, in order, and goes when there is room")
    func count() async throws {
        let messages = (1...5).map { (Int64($0), "a") }
        let (_, service, source, destination) = try await collected(.init(messages: 2), messages)
        #expect(try await service.queues().first?.count == 2)
        #expect(try await source.dueCount == 3)
        #expect(try await service.concerns().contains { $0.contains("full") })
        #expect(try await service.figures().contains { $0.metric == "yilian_destination_full" && $0.value == 1 })
        let client = ScriptedClient()
        let run = service.run(destination, client, DeliveryRule())
        for _ in 0..<3 {
            _ = try await run.drain()
            try await service.collector(of: [source]).collect()
        }
        _ = try await run.drain()
        #expect(client.came == ["m1", "m2", "m3", "m4", "m5"])
        #expect(try await source.dueCount == 0)
        #expect(try await service.concerns() == [])
    }

    @Test("bytes count as messages do")
    func bytes() async throws {
        let (_, service, source, _) = try await collected(.init(bytes: 150), [(1, "a"), (2, "b"), (3, "c")])
        #expect(try await service.queues().first?.count == 1)
        #expect(try await source.dueCount == 2)
    }

    @Test(
        "a full queue is not asked about again: no round writes anything or opens what a message says",
        arguments: [Destination.Bounds(messages: 2), Destination.Bounds(bytes: 150)])
    func quiet(bounds: Destination.Bounds) async throws {
        let (_, service, source, _) = try await collected(bounds, (1...5).map { (Int64($0), "a") })
        let due = try await source.dueCount
        let (asked, seen) = (source.asked, service.context.ledger.commitDurations.count)
        let collector = service.collector(of: [source])
        for _ in 0..<3 { try await collector.collect() }
        #expect(source.asked == asked && service.context.ledger.commitDurations.count == seen)
        #expect(try await source.dueCount == due)
        #expect(service.troubles.fullSince("his") != nil)
        try await service.drop("his/1")
        try await collector.collect()
        #expect(source.asked > asked)
        #expect(try await source.dueCount == due - 1)
    }

    @Test("a full queue does not keep another system from getting the same")
    func twoSystems() async throws {
        let small = try Destination.sample("small", bounds: .init(messages: 1))
        let large = try Destination.sample("large")
        let node = try SampleNode([small, large])
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        try await source.add([(1, "a"), (2, "a"), (3, "b")])
        for _ in 0..<2 { try await service.collector(of: [source]).collect() }
        let counts = Dictionary(uniqueKeysWithValues: try await service.queues().map { ($0.receiver, $0.count) })
        #expect(counts == ["small": 1, "large": 3])
        #expect(try await source.dueCount == 2)
    }

    @Test("what waits too long lies beside, and is said")
    func age() async throws {
        let (node, service, _, destination) = try await collected(.init(days: 2), [(1, "a"), (2, "a")])
        node.time.advance(milliseconds: 2 * 86_400_000 + 1)
        try await service.tidy(destination)
        let items = try await service.stuckItems(limit: 10)
        #expect(items.map(\.code) == ["destination.tooOld", "destination.tooOld"])
        #expect(items.allSatisfy { $0.state == .refused })
        #expect(try await service.queues() == [])
        let client = ScriptedClient()
        try await service.resend("his/1")
        _ = try await service.run(destination, client, DeliveryRule()).drain()
        #expect(client.came == ["m1"])
    }

    @Test("what nobody wants is due no more, and lies in no queue")
    func unwanted() async throws {
        let destination = try Destination.sample(wants: [])
        let service = try await SampleNode([destination]).open()
        let source = SampleSource(ledger: service.context.ledger)
        try await source.add([(1, "a")])
        try await service.collector(of: [source]).collect()
        #expect(try await source.dueCount == 0)
        #expect(try await service.queues() == [])
    }

    @Test("what cannot be made is seen beside the queue, and what may be made later stays due")
    func unmakeable() async throws {
        let destination = try Destination.sample()
        let service = try await SampleNode([destination]).open()
        var source = SampleSource(ledger: service.context.ledger)
        try await source.add([(1, "a")])
        source.problem = (["m1"], Failure("storage.full", "the disk is full"))
        try await service.collector(of: [source]).collect()
        #expect(try await source.dueCount == 1)
        source.problem = (["m1"], Failure("access.notRegistered", "nobody may"))
        try await service.collector(of: [source]).collect()
        #expect(try await source.dueCount == 0)
        let item = try #require(try await service.stuckItems(limit: 10).first)
        #expect(item.code == "access.notRegistered" && item.wayOut.contains("makes it anew"))
        // It stays beside as long as it cannot be made.
        try await service.resend("his/1")
        try await service.collector(of: [source]).collect()
        #expect(try await service.stuckItems(limit: 10).count == 1)
    }

    @Test("what could not be made is made anew when somebody wants it, and at every start, in its patient's order")
    func remade() async throws {
        let destination = try Destination.sample()
        let node = try SampleNode([destination])
        let service = try await node.open()
        var source = SampleSource(ledger: service.context.ledger)
        source.problem = (["m1", "m3"], Failure("access.notRegistered", "nobody may"))
        try await source.add([(1, "a"), (2, "a"), (3, "b")])
        try await service.collector(of: [source]).collect()
        #expect(try await service.stuckItems(limit: 10).map(\.item) == ["his/1", "his/3"])
        source.problem = (["m3"], Failure("access.notRegistered", "nobody may"))
        try await service.resend("his/1")
        try await service.collector(of: [source]).collect()
        let client = ScriptedClient()
        _ = try await service.run(destination, client, DeliveryRule()).drain()
        #expect(client.came == ["m1", "m2"])
        #expect(try await service.stuckItems(limit: 10).map(\.item) == ["his/3"])
        try await service.context.ledger.store.close()
        let again = try await node.open()
        let mended = SampleSource(ledger: again.context.ledger)
        await runBriefly(again, client, mended) { try await again.stuckItems(limit: 10).isEmpty }
        _ = try await again.run(destination, client, DeliveryRule()).drain()
        #expect(client.came.suffix(1) == ["m3"])
    }

    /// Delivers as a started node does, until something holds.
    private func runBriefly(
        _ service: DestinationsService, _ client: ScriptedClient, _ source: SampleSource,
        until isDone: @escaping @Sendable () async throws -> Bool
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do { try await service.deliver({ ["his": client] }, from: [source]) } catch {
                    #expect(error is CancellationError)
                }
            }
            while await (try? isDone()) != true { await Task.yield() }
            group.cancelAll()
        }
    }

    @Test("a fault over one message does not keep the others back")
    func fault() async throws {
        struct Fault: Error {}
        let service = try await SampleNode([try Destination.sample()]).open()
        var source = SampleSource(ledger: service.context.ledger)
        source.problem = (["m1"], Fault())
        try await source.add([(1, "a"), (2, "b")])
        try await service.collector(of: [source]).collect()
        #expect(try await service.stuckItems(limit: 10).map(\.code) == ["fault"])
        #expect(try await service.queues().first?.count == 1)
    }

    @Test("what can be made later alone keeps its patient's later messages at the source, and nobody else's")
    func later() async throws {
        let destination = try Destination.sample()
        let service = try await SampleNode([destination]).open()
        var source = SampleSource(ledger: service.context.ledger)
        source.problem = (["m1"], Failure("storage.full", "the disk is full"))
        try await source.add([(1, "a k1"), (2, "b"), (3, "k1"), (4, "c")])
        try await service.collector(of: [source]).collect()
        let client = ScriptedClient()
        let run = service.run(destination, client, DeliveryRule())
        _ = try await run.drain()
        #expect(client.came == ["m2", "m4"])
        source.problem = nil
        try await service.collector(of: [source]).collect()
        _ = try await run.drain()
        #expect(client.came == ["m2", "m4", "m1", "m3"])
    }

    @Test("what came long after it was written goes when an operator says so, from a day on, or never")
    func earlier() async throws {
        let destination = try Destination.sample()
        let service = try await SampleNode([destination]).open()
        let source = SampleSource(ledger: service.context.ledger)
        service.sources.set([source])
        try await source.add((1...5).map { ($0, "a") }, isHeld: true)
        try await source.add([(6, "a")])
        let client = ScriptedClient()
        let run = service.run(destination, client, DeliveryRule())
        func deliver() async throws {
            try await service.collector(of: [source]).collect()
            _ = try await run.drain()
        }
        try await deliver()
        #expect(client.came == ["m6"])
        let item = try #require(try await service.stuckItems(limit: 10).first)
        #expect(item.item == "earlier/reports" && item.reason.contains("5 reports"))
        #expect(try await service.concerns().contains { $0.contains("5 reports") })
        // This day of China begins on day 4 of the epoch.
        try await service.resend("earlier/reports/1970-01-06")
        try await deliver()
        #expect(client.came == ["m6", "m4", "m5"])
        try await service.drop("earlier/reports")
        try await deliver()
        #expect(client.came.count == 3)
        #expect(try await service.stuckItems(limit: 10) == [])
        for id in ["earlier/reports", "earlier/alerts", "earlier/reports/tomorrow"] {
            let failure = await #expect(throws: Failure.self) { try await service.drop(id) }
            #expect(failure?.code == "destination.noMessage", "\(id)")
        }
    }

    @Test("a destination that the file names no more is seen with what waits for it")
    func renamed() async throws {
        let (node, service, _, _) = try await collected(.init(), [(1, "a")])
        try await service.context.ledger.store.close()
        let other = try await node.open(with: [])
        #expect(try await other.queues().map(\.reason).first?.contains("names no destination 'his'") == true)
        #expect(try await other.concerns().contains { $0.contains("'his'") })
        let failure = await #expect(throws: Failure.self) { try await other.resend("his/1") }
        #expect(failure?.code == "destination.notNamed")
        try await other.drop("his/1")
        #expect(try await other.queues() == [])
    }
}
