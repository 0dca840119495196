import Effects
import ServiceKit
import Storage
import Testing

@testable import Destinations

@Suite("What operators do to messages")
struct OperatorQueueTests {
    private static let bounds = Destination.Bounds(messages: 100_000, bytes: 1 << 30, days: 30)

    private struct Setting {
        var node: SampleNode
        var service: DestinationsService
        var client: ScriptedClient
        var run: DestinationRun
    }

    private func setting(_ messages: [(Int64, String)]) async throws -> Setting {
        let destination = try Destination.sample(bounds: Self.bounds)
        let node = try SampleNode([destination])
        let service = try await node.open()
        let source = SampleSource(ledger: service.context.ledger)
        let client = ScriptedClient()
        try await source.add(messages)
        try await service.collector(of: [source]).collect()
        return Setting(
            node: node, service: service, client: client,
            run: service.run(destination, client, DeliveryRule(attempts: 3)))
    }

    private static func acts(_ service: DestinationsService) async throws -> [OperatorAct] {
        try await service.context.ledger.read { try OperatorAct.newest(limit: 100, in: $0).map(\.act) }
    }

    @Test("a message that is held keeps its patient's later ones, says why, and goes on when it is released")
    func holding() async throws {
        let setting = try await setting([(1, "a"), (2, "a"), (3, "b")])
        setting.client.answers { _ in .accepted }
        let reason = try OperatorReason("  wrong   ward ")
        try await setting.service.hold("his/1", because: reason, by: "wu")
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m3"])
        let item = try #require(try await setting.service.stuckItems(limit: 10).first)
        #expect(item.state == .stopped && item.code == "destination.heldByHand" && item.reason.contains("wrong ward"))
        try await setting.service.release("his/1", by: "li")
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m3", "m1", "m2"])
        let acts = try await Self.acts(setting.service)
        #expect(acts.map(\.action) == [.messageReleased, .messageHeld] && acts.map(\.actor) == ["li", "wu"])
        #expect(acts.last?.reason == "wrong ward" && acts.last?.item == "his/1")
    }

    @Test("one that is held while it is on its way stays held, whatever comes of it, unless it was taken")
    func heldOnItsWay() async throws {
        let setting = try await setting([(1, "a"), (2, "a")])
        setting.client.answers { _ in .accepted }
        let (service, ledger) = (setting.service, setting.service.context.ledger)
        let sent = try #require(try await ledger.read { try DestinationQueue.next(of: "his", in: $0) })
        try await service.hold("his/1", because: try OperatorReason("wrong ward"), by: "wu")
        for step in [DeliveryRule.Step.putBeside(.sample), .hold(.sample)] {
            try await ledger.write(lane: .clinical) { transaction in
                try DestinationQueue.take(step, about: sent, at: transaction.now, in: transaction.sql)
            }
            let look = try await service.look(.init(item: "his/1"))
            #expect(look.message.state == .held && look.message.code == "destination.heldByHand")
        }
        _ = try await setting.run.drain()
        #expect(setting.client.came == [], "the patient's later one waits behind it")
        try await ledger.write(lane: .clinical) { transaction in
            try DestinationQueue.take(.delivered, about: sent, at: transaction.now, in: transaction.sql)
        }
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m2"])
    }

    @Test("one that is not the first is held in its place: what stands before it goes, what stands behind waits")
    func middle() async throws {
        let setting = try await setting([(1, "a"), (2, "a"), (3, "a")])
        setting.client.answers { _ in .accepted }
        try await setting.service.hold("his/2", because: try OperatorReason("x"), by: "wu")
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1"])
        let look = try await setting.service.look(.init(item: "his/3"))
        #expect(look.ahead == "his/2" && look.message.state == .waiting)
        try await setting.service.drop("his/2", because: "sent on paper", by: "wu")
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m3"])
        #expect(try await Self.acts(setting.service).first?.reason == "sent on paper")
    }

    @Test("what waits for its next attempt is tried now, and keeps its age and its turn")
    func tryNow() async throws {
        let setting = try await setting([(1, "a"), (2, "a")])
        setting.client.answers { _ in .failed(.sample) }
        _ = try await setting.run.drain()
        let before = try await setting.service.look(.init(item: "his/1")).message
        #expect(setting.client.came == ["m1"] && before.attempts == 1)
        setting.client.answers { _ in .accepted }
        try await setting.service.resend("his/1", by: "wu")
        let after = try await setting.service.look(.init(item: "his/1")).message
        #expect(after.madeAt == before.madeAt && after.attempts == 1)
        _ = try await setting.run.drain()
        #expect(setting.client.came == ["m1", "m1", "m2"])
    }

    @Test("only what waits is held, only what is held released, and what is refused is not on record")
    func refusals() async throws {
        let setting = try await setting([(1, "a"), (2, "b")])
        let service = setting.service
        func code(_ body: () async throws -> Void) async -> Failure.Code? {
            await #expect(throws: Failure.self) { try await body() }?.code
        }
        let reason = try OperatorReason("x")
        #expect(await code { try await service.release("his/1", by: "wu") } == "destination.notWaiting")
        try await service.hold("his/1", because: reason, by: "wu")
        #expect(await code { try await service.hold("his/1", because: reason, by: "wu") } == "destination.notWaiting")
        for id in ["his/9", "other/1", "his", "his/x", ""] {
            #expect(await code { try await service.hold(id, because: reason, by: "wu") } == "destination.noMessage")
            #expect(await code { _ = try await service.look(.init(item: id)) } == "destination.noMessage")
        }
        #expect(await code { try await service.release("other/1", by: "wu") } == "destination.notNamed")
        #expect(try await Self.acts(service).count == 1)
    }

    @Test(
        "a reason is one line of some characters",
        arguments: ["", " \n ", "a\u{0}b", "a\u{202E}b", String(repeating: "长", count: 201)])
    func reasons(_ text: String) {
        #expect(throws: Failure.self) { try OperatorReason(text) }
    }

    @Test("a list is paged both ways, whatever is filtered, and every message has its neighbours in it")
    func paging() async throws {
        let setting = try await setting((1...25).map { ($0, "p\($0)") })
        let service = setting.service
        for number in [3, 7, 11] {
            try await service.hold("his/\(number)", because: try OperatorReason("x"), by: "wu")
        }
        func ids(_ question: DestinationEndpoints.MessageQuestion) async throws -> [String] {
            try await service.listing(question).messages.map(\.item)
        }
        var forward: [[String]] = []
        var places: [String?] = [nil]
        while let place = places.last, forward.count < 10 {
            let page = try await service.listing(.init(after: place, limit: 10))
            forward.append(page.messages.map(\.item))
            guard let next = page.after else { break }
            places.append(next)
        }
        #expect(forward.flatMap { $0 } == (1...25).map { "his/\($0)" } && forward.map(\.count) == [10, 10, 5])
        let last = try await service.listing(.init(after: places.last ?? nil, limit: 10))
        let before = try await service.listing(.init(before: last.before, limit: 10))
        #expect(before.messages.map(\.item) == (11...20).map { "his/\($0)" })
        #expect(try await service.listing(.init(limit: 10)).before == nil && last.after == nil)
        #expect(try await ids(.init(state: .held)) == ["his/3", "his/7", "his/11"])
        #expect(try await ids(.init(receiver: "nobody")) == [])
        let look = try await service.look(.init(item: "his/7", state: .held))
        #expect(look.previous == "his/3" && look.next == "his/11")
        let outside = try await service.look(.init(item: "his/8", state: .held))
        #expect(outside.previous == "his/7" && outside.next == "his/11")
        setting.node.time.advance(milliseconds: 3_600_000)
        #expect(try await ids(.init(state: .held, olderSeconds: 3_601)) == [])
        #expect(try await ids(.init(state: .held, olderSeconds: 3_600)).count == 3)
        for place in ["", "x", "1", "1-2-3", "-1-2", "1--2", "9999999999999999999-1"] {
            let failure = await #expect(throws: Failure.self) { try await service.listing(.init(after: place)) }
            #expect(failure?.code == "destination.badPlace", "\(place)")
        }
    }

    @Test("a page costs the same statements and rows however many wait")
    func cost() async throws {
        let setting = try await setting([])
        let filter = MessageFilter(destinations: ["his"], states: [.waiting, .held, .beside], madeBy: nil)
        let rows = try await setting.service.context.ledger.write(lane: .clinical) { transaction in
            var rows: [Int] = []
            for round in 0..<2 {
                for number in (round * 300 + 1)...(round * 300 + 300) {
                    _ = try DestinationQueue.put(
                        .init(
                            destination: "his", key: "m\(number)", kind: "reports", patients: ["p\(number)"],
                            controlID: "", target: "", body: [1]),
                        bounds: Self.bounds, at: WallTime(milliseconds: Int64(number)), in: transaction.sql)
                }
                let middle = try MessagePlace(text: "150-150")
                let page = try filter.messages(after: middle, limit: 20, in: transaction.sql)
                #expect(page.map(\.number) == Array(151...170))
                #expect(
                    try filter.messages(before: middle, limit: 20, in: transaction.sql).map(\.number)
                        == Array(130...149))
                rows.append(page.count)
                let plan = try transaction.sql.rows(
                    """
                    EXPLAIN QUERY PLAN SELECT number FROM outgoing_message WHERE destination = 'his' AND state = 'waiting'
                    AND made_at >= 5 AND made_at <= 900 AND (made_at > 5 OR number > 5) ORDER BY made_at, number LIMIT 20
                    """, []
                ).map { try $0.text(3) }.joined(separator: " ")
                #expect(
                    plan.contains("SEARCH") && plan.contains("outgoing_by_age") && !plan.contains("SCAN"), "\(plan)")
            }
            return rows
        }
        #expect(rows == [20, 20])
    }
}
