import Effects
import Ledgers
import Regions
import Synchronization
import Testing
import Wire

@testable import Couriers

struct IntakeOrderTests {
    /// What happened, in order.
    private final class Record: Sendable {
        private let state = Mutex<(firsts: [UInt64], now: Int, most: Int)>(([], 0, 0))

        var firsts: [UInt64] { state.withLock { $0.firsts } }
        var now: Int { state.withLock { $0.now } }
        var most: Int { state.withLock { $0.most } }

        func add(_ first: UInt64) { state.withLock { $0.firsts.append(first) } }
        func opened() { state.withLock { $0 = ($0.firsts, $0.now + 1, max($0.most, $0.now + 1)) } }
        func closed() { state.withLock { $0.now -= 1 } }
    }

    private static func chain(_ author: String) throws -> ChainIdentity {
        ChainIdentity(author: try NodeID(author), incarnation: 1, lane: .bulk)
    }

    @Test("deliveries of a chain are stored in the order of their sequences, whoever is opened first")
    func order() async throws {
        let order = IntakeOrder(places: 4, time: SystemTime())
        let chain = try Self.chain("a")
        let stored = Record()
        let tickets = [30, 10, 20, 0].map { order.enter(chain: chain, first: $0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (ticket, first) in zip(tickets, [30, 10, 20, 0] as [UInt64]) {
                group.addTask {
                    try await order.waitForPlace(ticket)
                    try await order.waitForTurn(ticket)
                    stored.add(first)
                    order.leave(ticket)
                }
            }
            try await group.waitForAll()
        }
        #expect(stored.firsts == [0, 10, 20, 30])
    }

    @Test("only so many deliveries are open at once, and those that wait for others never block them")
    func places() async throws {
        let order = IntakeOrder(places: 2, time: SystemTime())
        let open = Record()
        let chains = try ["a", "b", "c"].map(Self.chain)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for first in (0..<20).reversed() {
                for chain in chains {
                    let ticket = order.enter(chain: chain, first: UInt64(first))
                    group.addTask {
                        try await order.waitForPlace(ticket)
                        open.opened()
                        await Task.yield()
                        try await order.waitForTurn(ticket)
                        open.closed()
                        order.leave(ticket)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(open.most <= 2)
        #expect(open.now == 0)
    }
}
