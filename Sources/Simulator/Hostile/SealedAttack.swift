import Effects
import Ledgers
import NodeRuntime
import Regions
import Wire

/// What a thief writes with a node's ledger key: numbers at which types end, words about others' records, many of one.
///
/// About the node's own records it writes nothing: whoever has its key may write for it, and no program could tell.
struct SealedAttack {
    /// Entries that go out together.
    struct Batch {
        var lane: Lane
        var items: [StolenKey.Item]
    }

    private let shared: SharedSimulation
    private let key: StolenKey
    private let thief: Thief
    private let parent: NodeID

    init(_ shared: SharedSimulation, _ key: StolenKey, at victim: YilianNode) {
        self.shared = shared
        self.key = key
        thief = Thief(shared, key, ledger: victim.context.ledger)
        parent = victim.context.node
    }

    func batches() async throws -> [Batch] {
        let others = try await (bulk: forged(.others, .bulk), clinical: forged(.others, .clinical))
        let grants =
            try [manyGrants()]
            + others.bulk.compactMap { other in
                try other.draft.causes.first.map { try grant([$0], to: [key.node]) }
            }
        return [
            Batch(lane: .clinical, items: grants),
            Batch(lane: .clinical, items: others.clinical + (try await forged(.extremes, .clinical))),
            Batch(lane: .bulk, items: try await forged(.extremes, .bulk)),
            Batch(lane: .bulk, items: others.bulk + (try await forged(.many, .bulk))),
            Batch(lane: .bulk, items: [impossible()]),
        ]
    }

    /// What the plays of a lane forge.
    private func forged(_ forgery: Forgery, _ lane: Lane) async throws -> [StolenKey.Item] {
        var items: [StolenKey.Item] = []
        for play in shared.plays where type(of: play).lane == lane {
            items += try await play.forge(forgery, by: thief)
        }
        return items
    }

    /// Of a time that cannot be: its batch is refused.
    private func impossible() -> StolenKey.Item {
        var entry = thief.item(EntryKind(999), "unknown", shared.random.bytes(40))
        entry.time = WallTime(milliseconds: shared.random.number(below: 2) == 0 ? .min : .max)
        return entry
    }

    /// More entries than a page holds that will never be there, older than everything that waits for the same nodes.
    private func manyGrants() throws -> StolenKey.Item {
        let own = shared.region.children(of: key.node)
        let others = shared.nodes(.county).map(\.id).filter { $0 != key.node && $0 != parent }
        var grant = try grant(thief.lost(70), to: own + others)
        grant.time = shared.region.start
        return grant
    }

    /// Of what is not the thief's to give, too.
    private func grant(_ entries: [EntryID], to recipients: [NodeID]) throws -> StolenKey.Item {
        StolenKey.Item(
            draft: try Grant(entries: entries, recipients: recipients).draft(headerAudience: .region), time: nil)
    }
}
