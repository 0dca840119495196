package import Effects
package import Ledgers
package import Regions
import Synchronization

/// What the courier knows of its neighbours at the moment: who is connected, what was acknowledged, what is refused.
///
/// Memory only; the truth is the receiver's positions, which are asked for at each link.
package final class CourierBoard: Sendable {
    /// Why a chain does not move.
    package struct Refusal: Sendable, Equatable {
        package var batch: String
        package var code: String
        package var message: String
        package var since: WallTime
    }

    private struct Neighbour {
        var connectedSince: WallTime?
        var lostSince: WallTime?
        var acknowledged: [ChainIdentity: UInt64] = [:]
        var refusals: [ChainIdentity: Refusal] = [:]
        var refusedCount = 0
        var attachmentTrouble: String?
    }

    private let state = Mutex<[NodeID: Neighbour]>([:])
    private let world: World

    package init(world: World) {
        self.world = world
    }

    func connected(_ neighbour: NodeID) async {
        let now = world.time.wallTime
        state.withLock { $0[neighbour, default: Neighbour()].connectedSince = now }
    }

    func disconnected(_ neighbour: NodeID) {
        let now = world.time.wallTime
        state.withLock { state in
            state[neighbour, default: Neighbour()].connectedSince = nil
            state[neighbour]?.lostSince = now
        }
    }

    func acknowledged(_ positions: [ChainPosition], by neighbour: NodeID) {
        state.withLock { state in
            for position in positions {
                state[neighbour, default: Neighbour()].acknowledged[position.chain] = position.nextSequence
                state[neighbour]?.refusals[position.chain] = nil
            }
        }
    }

    func refusals(_ refusals: [DeliveryReceipt.Refusal], chain: ChainIdentity, by neighbour: NodeID) {
        guard let first = refusals.first else { return }
        let now = world.time.wallTime
        state.withLock { state in
            let known = state[neighbour]?.refusals[chain]
            // What is refused again has been since the first time.
            let since = known.map { $0.batch == first.batch ? $0.since : now } ?? now
            state[neighbour, default: Neighbour()].refusals[chain] = Refusal(
                batch: first.batch, code: first.code, message: first.message, since: since)
            state[neighbour]?.refusedCount += refusals.count
        }
    }

    /// Why documents do not come from a neighbour; `nil` where one has just come.
    func attachmentTrouble(_ reason: String?, with neighbour: NodeID) {
        state.withLock { $0[neighbour, default: Neighbour()].attachmentTrouble = reason }
    }

    package func attachmentTrouble(with neighbour: NodeID) -> String? {
        state.withLock { $0[neighbour]?.attachmentTrouble }
    }

    /// The first sequence of a chain that a neighbour has not acknowledged; none where it acknowledged nothing yet.
    package func acknowledged(of chain: ChainIdentity, by neighbour: NodeID) -> UInt64? {
        state.withLock { $0[neighbour]?.acknowledged[chain] }
    }

    package func isConnected(_ neighbour: NodeID) -> Bool {
        state.withLock { $0[neighbour]?.connectedSince != nil }
    }

    package func lostSince(_ neighbour: NodeID) -> WallTime? {
        state.withLock { $0[neighbour]?.lostSince }
    }

    /// The chains that a neighbour refuses, and why.
    package func refusals(by neighbour: NodeID) -> [(chain: ChainIdentity, refusal: Refusal)] {
        let refusals = state.withLock { $0[neighbour]?.refusals ?? [:] }
        return refusals.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    package func refusal(of chain: ChainIdentity, by neighbour: NodeID) -> Refusal? {
        state.withLock { $0[neighbour]?.refusals[chain] }
    }

    /// Every chain that stands still because a neighbour refused a batch of it, in an order that stays.
    package var refusals: [(neighbour: NodeID, chain: ChainIdentity, refusal: Refusal)] {
        let known = state.withLock { $0 }
        var all: [(neighbour: NodeID, chain: ChainIdentity, refusal: Refusal)] = []
        for (neighbour, facts) in known {
            for (chain, refusal) in facts.refusals { all.append((neighbour, chain, refusal)) }
        }
        return all.sorted { ($0.neighbour, $0.chain) < ($1.neighbour, $1.chain) }
    }

    /// How many batches a neighbour has refused since the start; a repetition counts again.
    package func refusedCount(by neighbour: NodeID) -> Int {
        state.withLock { $0[neighbour]?.refusedCount ?? 0 }
    }
}
