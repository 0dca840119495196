import Couriers
import Effects
import Regions
import Trust
import Wire
import YilianTestKit

@testable import Ledgers

/// A node whose certificate and ledger key somebody has stolen: seals whatever it likes, properly.
struct Impostor {
    let node: TestNode
    private let random = SeededRandom(seed: 5)
    private var incarnation: UInt64 = 1 << 62

    init(_ node: TestNode) {
        self.node = node
    }

    /// Seals entries as a chain of their own and gives it to the parent, as the node would over its link.
    @discardableResult
    mutating func deliver(_ drafts: [EntryDraft], to parent: TestNode, lane: Lane = .bulk) async throws
        -> DeliveryReceipt
    {
        incarnation += 1
        let time = try node.node.context.now
        let chain = ChainIdentity(author: node.nodeID, incarnation: incarnation, lane: lane)
        let identity = BatchIdentity(chain: chain, sequence: 0)
        let entries = drafts.enumerated().map { index, draft in
            BatchSealer.Waiting(id: EntryID(batch: identity, index: UInt32(index)), draft: draft, time: time)
        }
        let key = node.identity.signingKey
        let sealer = BatchSealer(suite: key.suite, key: key, random: random, codec: .zlib, level: 6)
        let sealed = try sealer.seal(entries, identity: identity, previous: nil, continuedFrom: nil)
        return try await parent.node.intake.take(BatchDelivery(batches: [sealed.batch]), from: node.nodeID)
    }
}

extension TestNode {
    /// The reasons for which entries are in quarantine here, each once.
    var quarantine: Set<String> {
        get async throws {
            Set(try await node.context.ledger.setAsideRows().filter(\.isQuarantined).map(\.reason))
        }
    }

    /// How many entries are in quarantine here.
    var quarantined: Int { get async throws { try await node.context.ledger.statistics().quarantined } }
}
