package import Effects
package import Ledgers
package import Regions
import Trust
import Wire

/// A ledger key that came with a stolen certificate: seals whatever its thief likes, properly, in a chain of its own.
///
/// Every signature, root and chain is right, so whoever receives it takes it for the node's own.
///
/// `@unchecked Sendable` holds because it is touched on the simulation's one thread only.
package final class StolenKey: @unchecked Sendable {
    /// One entry as the thief wants it, and the author's time that it claims.
    package struct Item {
        package var draft: EntryDraft
        package var time: WallTime?

        package init(draft: EntryDraft, time: WallTime?) {
            self.draft = draft
            self.time = time
        }
    }

    package let node: NodeID
    let incarnation: UInt64
    private let sealer: BatchSealer
    private var heads: [Lane: (next: UInt64, previous: Digest?)] = [:]

    /// - Parameter incarnation: none that the node itself has opened.
    init(of member: SimulatedRegion.Member, incarnation: UInt64, random: any RandomSource) {
        node = member.id
        self.incarnation = incarnation
        sealer = BatchSealer(suite: .ed25519, key: member.signingKey, random: random, codec: .none, level: 1)
    }

    /// The identity that an entry of the next batch has, or of one that will never come.
    func id(_ index: Int, later: UInt64 = 0, lane: Lane) -> EntryID {
        EntryID(
            batch: BatchIdentity(
                chain: ChainIdentity(author: node, incarnation: incarnation, lane: lane),
                sequence: (heads[lane]?.next ?? 0) + later),
            index: UInt32(clamping: index))
    }

    /// Seals entries as the next batch of a lane; the one after it follows only when ``took(_:)`` was called.
    func seal(_ items: [Item], lane: Lane, at time: WallTime) throws -> BatchSealer.Result {
        let waiting = items.enumerated().map { index, item in
            BatchSealer.Waiting(id: id(index, lane: lane), draft: item.draft, time: item.time ?? time)
        }
        return try sealer.seal(
            waiting, identity: id(0, lane: lane).batch, previous: heads[lane]?.previous, continuedFrom: nil)
    }

    /// A receiver has the batch.
    func took(_ batch: BatchSealer.Result) {
        let identity = batch.header.identity
        heads[identity.chain.lane] = (identity.sequence + 1, batch.headerDigest)
    }
}
