import Effects
import Regions
import Trust

@testable import Ledgers

extension Fixture {
    /// Seals notes as the author's next batch, with a time of the author's choice.
    func batch(
        _ subjects: [String], by author: NodeID = Fixture.hill, sequence: UInt64 = 0, incarnation: UInt64 = 7,
        previous: Digest? = nil, at time: WallTime? = nil
    ) throws -> BatchSealer.Result {
        let identity = BatchIdentity(chain: Fixture.chain(author, incarnation: incarnation), sequence: sequence)
        let entries = subjects.enumerated().map { index, subject in
            BatchSealer.Waiting(
                id: EntryID(batch: identity, index: UInt32(index)), draft: .note(subject),
                time: time ?? self.time.wallTime)
        }
        return try sealer(author).seal(entries, identity: identity, previous: previous, continuedFrom: nil)
    }

    /// Publishes the next version of the region, as of now.
    @discardableResult
    func publish(_ edit: (inout RegionConfiguration) throws -> Void) throws -> [UInt8] {
        var next = registry.current
        next.version += 1
        next.publishedAt = time.wallTime
        try edit(&next)
        let signed = try RegionRegistry.sign(next, with: rootKey)
        try registry.accept(signed, now: time.wallTime)
        return try signed.wireBytes()
    }
}
