import Effects
import Regions
import Testing
import Wire

@testable import Couriers
@testable import Ledgers

struct WaitingParcelsTests {
    private static func parcels(_ indexes: Range<Int>) throws -> [Parcels.Waiting] {
        let author = try NodeID("a")
        let batch = BatchIdentity(chain: ChainIdentity(author: author, incarnation: 1, lane: .bulk), sequence: 0)
        return indexes.map {
            Parcels.Waiting(
                recipient: author, entry: EntryID(batch: batch, index: UInt32($0)),
                grant: EntryID(batch: batch, index: 0), since: .epoch)
        }
    }

    private static let start = ManualTime().monotonicTime
    private static let later = start.advanced(byMilliseconds: Limits.missingParcelMilliseconds)

    @Test("what is missing is told once, looked for again later, and keeps what is there from nothing")
    func told() throws {
        var waiting = WaitingParcels()
        let (missing, refused, other) = (try Self.parcels(0..<3), try Self.parcels(3..<4), try Self.parcels(4..<5))
        #expect(waiting.miss(missing, at: Self.start).count == 3)
        waiting.refuse(refused, at: Self.start)
        waiting.lookAgain(at: Self.start)
        #expect((missing + refused).allSatisfy { waiting.contains($0) } && !waiting.contains(other[0]))
        waiting.lookAgain(at: Self.later)
        #expect(!missing.contains { waiting.contains($0) } && waiting.contains(refused[0]))
        #expect(waiting.miss(missing + other, at: Self.later).map(\.key) == other.map(\.key))
    }

    @Test("however much is missing, no more than a query's results is remembered and told")
    func bounds() throws {
        var waiting = WaitingParcels()
        let many = try Self.parcels(0..<Limits.queryResults + 10)
        #expect(waiting.miss(many, at: Self.start).count == Limits.queryResults)
        #expect(many.count { waiting.contains($0) } == Limits.queryResults)
        waiting.lookAgain(at: Self.later)
        #expect(waiting.miss(many, at: Self.later).isEmpty)
    }

    @Test("what was refused is offered again after half a minute, or with another configuration, and not before")
    func refused() throws {
        func later(_ milliseconds: Int64) -> MonotonicTime { Self.start.advanced(byMilliseconds: milliseconds) }
        var waiting = WaitingParcels()
        #expect(waiting.pauseMilliseconds(at: Self.start) == Limits.courierPollMilliseconds)
        let (first, second) = (try Self.parcels(0..<2), try Self.parcels(2..<3))
        waiting.refuse(first, at: Self.start)
        #expect(waiting.pauseMilliseconds(at: Self.start) == Limits.courierPollMilliseconds)
        #expect(waiting.pauseMilliseconds(at: later(29_000)) == 1_000)
        waiting.refuse(second, at: later(20_000))
        waiting.lookAgain(at: later(29_999))
        #expect((first + second).allSatisfy { waiting.contains($0) })
        waiting.lookAgain(at: later(30_000))
        #expect(!(first + second).contains { waiting.contains($0) })
        waiting.refuse(first, at: later(30_000))
        waiting.forgive()
        #expect(!first.contains { waiting.contains($0) })
        #expect(waiting.pauseMilliseconds(at: later(90_000)) == Limits.courierPollMilliseconds)
        _ = waiting.miss(second, at: later(90_000))
        #expect(waiting.pauseMilliseconds(at: later(90_000)) == Limits.missingParcelMilliseconds)
    }
}
