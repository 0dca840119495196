import Couriers
import Effects
import Ledgers
import Links
import NodeRuntime
import Regions
import Trust

/// Whether a node can seal its ledger, and whether what it sealed is taken above.
struct SealingState {
    /// A chain of which a neighbour refuses a batch.
    struct Refused {
        var neighbour: NodeID
        var chain: ChainIdentity
        var refusal: CourierBoard.Refusal
        /// The key that sealed it, and the last moment at which it did so in that chain; of own chains.
        var stretch: (key: KeyID, last: WallTime)?
    }

    var node: NodeID
    var standing: LedgerKeyring.Standing
    var refused: [Refused]
    var now: WallTime

    static func of(_ setup: ConsoleSetup) async throws -> SealingState {
        let node = setup.node.context.node
        let ledger = setup.node.context.ledger
        var refused: [Refused] = []
        for neighbour in setup.node.hub.status().map(\.peer) {
            for (chain, refusal) in setup.node.couriers.board.refusals(by: neighbour) {
                let first = setup.node.couriers.board.acknowledged(of: chain, by: neighbour) ?? 0
                let isOwn = chain.author == node && refusal.code == "ledger.unknownKey"
                refused.append(
                    Refused(
                        neighbour: neighbour, chain: chain, refusal: refusal,
                        stretch: isOwn ? try await ledger.sealedStretch(of: chain, from: first) : nil))
            }
        }
        return SealingState(
            node: node, standing: setup.node.setup.keyring.standing(at: setup.now), refused: refused, now: setup.now)
    }

    /// What this node wrote itself and a neighbour refuses.
    var ownRefused: [Refused] { refused.filter { $0.chain.author == node } }

    var endsAt: WallTime? {
        if case .holds(_, let end) = standing { end } else { nil }
    }

    /// Why the node can seal nothing; `nil` where it can.
    var keyProblem: String? {
        switch standing {
        case .holds: nil
        case .ended(let id, let end):
            "ledger key \(id) has ended at \(end.chinaText): nothing is sealed and nothing acknowledged; bring the new ledger.key and "
                + "send SIGHUP, or make one with `yilian cert renew DIR \(node) --new-ledger-key` and publish the region"
        case .begins(let id, let begin):
            "ledger key \(id) begins at \(begin.chinaText): until then nothing is sealed and nothing acknowledged"
        case .unbound:
            "the region configuration binds no ledger key of this node to it: nothing is sealed and nothing acknowledged"
        }
    }

    /// What an operator should look at; empty where all is well.
    var concerns: [String] {
        var concerns = [keyProblem].compactMap { $0 }
        if let endsAt, endsAt.milliseconds(since: now) < Self.warningMilliseconds {
            concerns.append("the ledger key ends at \(endsAt.chinaText): bring the next one before")
        }
        return concerns + refused.map(Self.words)
    }

    private static let warningMilliseconds: Int64 = 86_400_000

    private static func words(_ item: Refused) -> String {
        let refused =
            "\(item.neighbour) refuses batch \(item.refusal.batch) since \(item.refusal.since.chinaText): \(item.refusal.message) "
            + "[\(item.refusal.code)]"
        guard let stretch = item.stretch else { return refused }
        // The next whole second: options are written to the second.
        let until = stretch.last.advanced(byMilliseconds: 1_000).chinaText
        return refused
            + "; the way out: `yilian cert prolong DIR \(item.chain.author) --key \(stretch.key) --until \(until)`, and "
            + "publish the region"
    }
}
