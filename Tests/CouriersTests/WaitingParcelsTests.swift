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
        waiting.refuse(refused)
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
}
