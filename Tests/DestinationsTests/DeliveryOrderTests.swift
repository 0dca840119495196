import Effects
import ServiceKit
import Testing

@testable import Destinations

@Suite("Messages to a hospital's system keep their patient's order")
struct DeliveryOrderTests {
    private struct Setting {
        var node: SampleNode
        var service: DestinationsService
        var source: SampleSource
        var client: ScriptedClient
        var run: DestinationRun
    }

    private func setting(
        _ messages: [(Int64, String)], bounds: Destination.Bounds = .init(), attempts: Int = 3
    ) async throws -> Setting {
        let destination = try Destination.sample(bounds: bounds)
        let node = try SampleNode([destination])
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        let client = ScriptedClient()
        try await source.add(messages)
        try await service.collector(of: [source]).collect()
        return Setting(
            node: node, service: service, source: source, client: client,
            run: service.run(destination, client, DeliveryRule(attempts: attempts)))
    }

    @Test("what fails waits, its patient's later ones behind it, and others go meanwhile")
    func failing() async throws {
        let setting = try await setting([(1, "a"), (2, "a"), (3, "b"), (4, "a"), (5, "b")])
        setting.client.answers { $0 == "m1" ? .failed(.sample) : .accepted }
        guard case .idle(let milliseconds) = try await setting.run.drain() else {
            Issue.record("something else than waiting")
            return
        }
        #expect(setting.client.came == ["m1", "m3", "m5"])
        #expect((1...1_000).contains(milliseconds))
        setting.client.answers { _ in .accepted }
        setting.node.time.advance(milliseconds: 1_000)
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m3", "m5", "m1", "m2", "m4"])
        #expect(try await setting.service.queues() == [])
    }

    @Test("what fails too often is held with its patient's later ones, until an operator sends or drops it")
    func holding() async throws {
        let setting = try await setting([(1, "a"), (2, "a"), (3, "b")])
        setting.client.answers { $0 == "m1" ? .failed(.sample) : .accepted }
        for _ in 0..<4 {
            _ = try await setting.run.drain()
            setting.node.time.advance(milliseconds: 10_000)
        }
        #expect(setting.client.came == ["m1", "m3", "m1", "m1"])
        let held = try #require(try await setting.service.stuckItems(limit: 10).first)
        #expect(held.state == .stopped && held.item == "his/1" && held.code == "AE")
        let queue = try #require(try await setting.service.queues().first)
        #expect(queue.count == 2 && queue.reason.contains("held"))
        #expect(try await setting.service.concerns().contains { $0.contains("held") })
        setting.client.answers { _ in .accepted }
        try await setting.service.resend("his/1")
        _ = try await setting.run.drain()
        #expect(setting.client.came.suffix(2) == ["m1", "m2"])
    }

    @Test("a system that ends every connection, or fails over everything, holds nothing and is left alone in between")
    func allFail() async throws {
        for outcome in [DeliveryOutcome.unanswered(.sample), .failed(.sample)] {
            let setting = try await setting((1...6).map { ($0, "p\($0)") })
            setting.client.answers { _ in outcome }
            for _ in 0..<40 {
                _ = try await setting.run.drain()
                setting.node.time.advance(milliseconds: 60_000)
            }
            #expect(try await setting.service.stuckItems(limit: 10) == [])
            // One message in a round, not all of them again and again.
            #expect(setting.client.came.count <= 42)
            #expect(Set(setting.client.came).count == 6)
            #expect(try await setting.service.concerns().contains { $0.contains("not reached") })
            setting.client.answers { _ in .accepted }
            _ = try await setting.run.drain()
            setting.node.time.advance(milliseconds: 600_000)
            _ = try await setting.run.drain()
            #expect(try await setting.service.queues() == [])
        }
    }

    @Test("a system that refuses whatever comes does not empty the queue")
    func allRefused() async throws {
        let setting = try await setting((1...20).map { ($0, "p\($0)") })
        setting.client.answers { _ in .refused(.sample) }
        for _ in 0..<30 {
            _ = try await setting.run.drain()
            setting.node.time.advance(milliseconds: 60_000)
        }
        #expect(try await setting.service.stuckItems(limit: 100).count == Limits.deliveryRefusals)
        #expect(try await setting.service.queues().first?.count == 20 - Limits.deliveryRefusals)
        #expect(try await setting.service.concerns().contains { $0.contains("not reached") })
        setting.client.answers { $0 == "m20" ? .refused(.sample) : .accepted }
        _ = try await setting.run.drain()
        setting.node.time.advance(milliseconds: 600_000)
        _ = try await setting.run.drain()
        #expect(try await setting.service.queues() == [])
        #expect(try await setting.service.stuckItems(limit: 100).count == Limits.deliveryRefusals + 1)
    }

    @Test("what is new goes before what was tried as long as the system is in doubt")
    func newFirst() async throws {
        let setting = try await setting([(1, "a"), (2, "b")])
        setting.client.answers { $0 == "m3" ? .accepted : .unanswered(.sample) }
        _ = try await setting.run.drain()
        setting.node.time.advance(milliseconds: 60_000)
        try await setting.source.add([(3, "c")])
        try await setting.service.collector(of: [setting.source]).collect()
        _ = try await setting.run.turn(pauses: 0)
        #expect(setting.client.came == ["m1", "m2", "m3"])
    }

    @Test("a patient who is known by two numbers has one order, also where a third message alone names both")
    func severalNames() async throws {
        let setting = try await setting([(1, "k1"), (2, "k2 k3"), (3, "b")])
        try await setting.source.add([(4, "k3 k1"), (5, "k2"), (6, "k1")])
        try await setting.service.collector(of: [setting.source]).collect()
        setting.client.answers { $0 == "m1" ? .failed(.sample) : .accepted }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m3"])
        setting.client.answers { _ in .accepted }
        setting.node.time.advance(milliseconds: 10_000)
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m3", "m1", "m2", "m4", "m5", "m6"])
        // Nothing is remembered of what was delivered.
        let names = try await setting.service.context.ledger.read { sql in
            try sql.rows("SELECT name FROM outgoing_patient", []).count
        }
        #expect(names == 0)
    }

    @Test("dropping a held message lets what waits behind it go")
    func dropping() async throws {
        let setting = try await setting([(1, "a"), (2, "a")], attempts: 1)
        setting.client.answers { $0 == "m1" ? .failed(.sample) : .accepted }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1"])
        try await setting.service.drop("his/1")
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m2"])
        // Its number is nobody else's from now on, and its source is not asked for it again.
        try await setting.source.add([(1, "a"), (3, "a")])
        try await setting.service.collector(of: [setting.source]).collect()
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m2", "m3"])
        for id in ["his/1", "his/99", "other/2", "his", "his/x", ""] {
            let failure = await #expect(throws: Failure.self) { try await setting.service.drop(id) }
            #expect(failure?.code == "destination.noMessage", "\(id)")
        }
    }

    @Test("what is refused lies beside with the reason, and what is behind it goes on at once")
    func refusing() async throws {
        let setting = try await setting([(1, "a"), (2, "a")])
        setting.client.answers { $0 == "m1" ? .refused(.init(code: "AR", text: "error 204")) : .accepted }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m2"])
        let item = try #require(try await setting.service.stuckItems(limit: 10).first)
        #expect(item.state == .refused && item.item == "his/1" && item.code == "AR")
        #expect(item.reason.contains("error 204"))
        #expect(try await setting.service.queues() == [])
        setting.client.answers { _ in .accepted }
        try await setting.service.resend("his/1")
        _ = try await setting.run.drain()
        #expect(setting.client.came.last == "m1")
        #expect(try await setting.service.stuckItems(limit: 10) == [])
    }

    @Test("what a later version has replaced at the system is not sent again")
    func replaced() async throws {
        let setting = try await setting([])
        setting.client.answers { $0 == "v1" ? .refused(.sample) : .accepted }
        try await setting.service.context.ledger.write(lane: .clinical) { transaction in
            for (key, target) in [("v1", "R?identifier=1"), ("other", "R?identifier=2"), ("v2", "R?identifier=1")] {
                let putting = try DestinationQueue.put(
                    .init(
                        destination: "his", key: key, kind: "reports", patients: ["a"], controlID: key, target: target,
                        body: [1]),
                    bounds: .init(), at: transaction.now, in: transaction.sql)
                #expect(putting == .put)
            }
        }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["v1", "other", "v2"])
        let failure = await #expect(throws: Failure.self) { try await setting.service.resend("his/1") }
        #expect(failure?.code == "destination.replaced")
        try await setting.service.drop("his/1")
    }

    @Test("a system that is away gets nothing and loses nothing, and it is said why")
    func away() async throws {
        let setting = try await setting([(1, "a"), (2, "b")])
        setting.client.answers { _ in .unreachable(.init(code: "no connection", text: "nobody listens")) }
        guard case .away = try await setting.run.drain() else {
            Issue.record("it is not seen that the system is away")
            return
        }
        #expect(setting.client.came == ["m1"])
        let queue = try #require(try await setting.service.queues().first)
        #expect(queue.count == 2 && queue.reason.contains("nobody listens") && queue.reason.contains("no connection"))
        let reached = try await setting.service.figures().first { $0.metric == "yilian_destination_reached" }
        #expect(reached?.value == 0)
        setting.client.answers { _ in .accepted }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m1", "m2"])
        #expect(setting.service.troubles.trouble(of: "his") == nil)
    }

    @Test("what was put is there after a restart, in its order, and is not put twice")
    func restart() async throws {
        let setting = try await setting([(1, "a"), (2, "a"), (3, "b")])
        setting.client.answers { $0 == "m1" ? .failed(.sample) : .accepted }
        _ = try await setting.run.drain()
        try await setting.service.context.ledger.store.close()
        let service = try await setting.node.open()
        let source = SampleSource(ledger: service.context.ledger)
        try await service.collector(of: [source]).collect()
        let client = ScriptedClient()
        let run = service.run(try Destination.sample(), client, DeliveryRule())
        setting.node.time.advance(milliseconds: 10_000)
        _ = try await run.drain()
        #expect(client.came == ["m1", "m2"])
    }

    @Test("after the clock was set back, nothing waits longer than the longest pause")
    func clock() async throws {
        let setting = try await setting([(1, "a")])
        setting.client.answers { _ in .failed(.sample) }
        _ = try await setting.run.drain()
        setting.node.time.jumpWallClock(milliseconds: -86_400_000)
        setting.client.answers { _ in .accepted }
        try await setting.service.tidy(try Destination.sample())
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m1"])
    }
}
