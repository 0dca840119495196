import Effects
import Ledgers
import Regions
import Testing
import Wire

@testable import Couriers

extension ChainPosition? {
    fileprivate func required() throws -> ChainPosition { try #require(self) }
}

struct CourierProgressTests {
    private let start = MonotonicTime(nanoseconds: 0)

    private static func chain(_ author: String) throws -> ChainIdentity {
        ChainIdentity(author: try NodeID(author), incarnation: 1, lane: .bulk)
    }

    private static func due(_ author: String, _ mine: UInt64, _ acknowledged: UInt64 = 0) throws -> (
        mine: ChainPosition, acknowledged: UInt64
    ) {
        (ChainPosition(chain: try chain(author), nextSequence: mine), acknowledged)
    }

    private func flight(_ from: ChainPosition, batches: UInt64, bytes: Int = 100) -> CourierProgress.Flight {
        CourierProgress.Flight(
            chain: from.chain, first: from.nextSequence, end: from.nextSequence + batches, sizeBytes: bytes)
    }

    @Test("several deliveries of a chain are on their way at once, each from where the one before ends")
    func pipelined() throws {
        var progress = CourierProgress([try Self.due("a", 10)])
        let first = flight(try progress.next(at: start) { _ in true }.required(), batches: 4)
        progress.took(first)
        let second = flight(try progress.next(at: start) { _ in true }.required(), batches: 6)
        progress.took(second)
        #expect([first.first, second.first] == [0, 4])
        let next9 = progress.next(at: start) { _ in true }
        #expect(next9 == nil)
        #expect((progress.flights, progress.bytesInFlight) == (2, 200))
        // The answers may come in the wrong order.
        let moved1 = progress.settle(second, reached: 10, at: start)
        #expect(moved1)
        let moved2 = progress.settle(first, reached: 10, at: start)
        #expect(!moved2)
        #expect((progress.flights, progress.bytesInFlight) == (0, 0))
        let unrecorded = progress.takeUnrecorded()
        #expect(unrecorded == [ChainPosition(chain: try Self.chain("a"), nextSequence: 10)])
    }

    @Test("a delivery that was not taken is sent again from the receiver's position, once nothing is on its way")
    func stumbled() throws {
        var progress = CourierProgress([try Self.due("a", 10)])
        let first = flight(try progress.next(at: start) { _ in true }.required(), batches: 4)
        progress.took(first)
        let second = flight(try progress.next(at: start) { _ in true }.required(), batches: 4)
        progress.took(second)
        let moved3 = progress.settle(first, reached: 2, at: start)
        #expect(moved3)
        let next10 = progress.next(at: start) { _ in true }
        #expect(next10 == nil)
        let moved4 = progress.settle(second, reached: 2, at: start)
        #expect(!moved4)
        let later = start.advanced(byMilliseconds: 1_001)
        let next11 = progress.next(at: later) { _ in true }
        #expect(next11?.nextSequence == 2)
    }

    @Test("a chain that is refused is tried later and later, and the others go on")
    func heldBack() throws {
        var progress = CourierProgress([try Self.due("a", 5), try Self.due("b", 5)])
        let refused = flight(try progress.next(at: start) { _ in true }.required(), batches: 5)
        progress.took(refused)
        let moved5 = progress.settle(refused, reached: nil, at: start)
        #expect(!moved5)
        let next12 = progress.next(at: start) { _ in true }
        #expect(next12?.chain == (try Self.chain("b")))
        let next13 = progress.next(at: start) { $0.author.rawValue == "a" }
        #expect(next13 == nil)
        let second = start.advanced(byMilliseconds: 1_000)
        let again = flight(try progress.next(at: second) { $0.author.rawValue == "a" }.required(), batches: 5)
        progress.took(again)
        let moved6 = progress.settle(again, reached: 0, at: second)
        #expect(!moved6)
        let next14 = progress.next(at: second.advanced(byMilliseconds: 1_999)) { $0.author.rawValue == "a" }
        #expect(next14 == nil)
        let next15 = progress.next(at: second.advanced(byMilliseconds: 2_000)) { $0.author.rawValue == "a" }
        #expect(next15 != nil)
    }

    @Test("chains are served in turn: a long backlog keeps nobody waiting")
    func inTurn() throws {
        var progress = CourierProgress([try Self.due("a", 1_000), try Self.due("b", 3), try Self.due("c", 3)])
        var order: [String] = []
        for _ in 0..<6 {
            let from = try progress.next(at: start) { _ in true }.required()
            order.append(from.chain.author.rawValue)
            progress.took(flight(from, batches: 1))
        }
        #expect(order == ["a", "b", "c", "a", "b", "c"])
    }

    @Test("a receiver that lost something is sent it again; one that knows more is sent nothing twice")
    func positions() throws {
        var progress = CourierProgress([try Self.due("a", 10, 8)])
        let flight = flight(try progress.next(at: start) { _ in true }.required(), batches: 2)
        progress.took(flight)
        let moved7 = progress.settle(flight, reached: 3, at: start)
        #expect(moved7)
        let next16 = progress.next(at: start) { _ in true }
        #expect(next16?.nextSequence == 3)
        var other = CourierProgress([])
        other.grow(ChainPosition(chain: try Self.chain("b"), nextSequence: 100))
        let offered = self.flight(try other.next(at: start) { _ in true }.required(), batches: 1)
        other.took(offered)
        let moved8 = other.settle(offered, reached: 99, at: start)
        #expect(moved8)
        let next17 = other.next(at: start) { _ in true }
        #expect(next17?.nextSequence == 99)
    }

    @Test("a refused chain is tried again at once when the region configuration has changed")
    func forgiven() throws {
        var progress = CourierProgress([try Self.due("jucheng", 3)])
        let first = try progress.next(at: start) { _ in true }.required()
        let refused = flight(first, batches: 1)
        progress.took(refused)
        _ = progress.settle(refused, reached: 0, at: start)
        let early = progress.next(at: start) { _ in true }
        #expect(early == nil && progress.hasHeldBack)
        progress.forgive()
        let again = progress.next(at: start) { _ in true }
        #expect(again == first)
    }
}
