import Calls
import Couriers
import Effects
package import Ledgers
import Regions
import Synchronization
import Wire

/// Knows whether a node may decide, and whether what it decided can still be forgotten.
///
/// A copy of a disk that was put back cannot be told from the disk. So after every start a node decides nothing until its
/// parent has said how far its chains go there and everything of them lies here: whoever starts on an older copy is given
/// back first what it lost. Where a decision must not be forgotten either, nobody is told of it before the parent's disk has
/// it.
package final class DiskWitness: Sendable {
    private struct State {
        var isMatched = false
        /// When the parent last said that it has more than lies here; before that, when the node started.
        var lastWord: MonotonicTime
    }

    private let node: NodeID
    private let region: RegionRegistry
    private let ledger: Ledger
    private let system: YilianActorSystem
    private let world: World
    private let linkDownSince: @Sendable (NodeID) -> WallTime?
    private let state: Mutex<State>

    init(
        node: NodeID, region: RegionRegistry, ledger: Ledger, system: YilianActorSystem, world: World,
        linkDownSince: @escaping @Sendable (NodeID) -> WallTime?
    ) {
        self.node = node
        self.region = region
        self.ledger = ledger
        self.system = system
        self.world = world
        self.linkDownSince = linkDownSince
        state = Mutex(State(lastWord: world.time.monotonicTime))
    }

    private var parent: NodeID? { region.tree(at: world.time.wallTime).parent(of: node) }

    // MARK: Before a decision

    /// Whether everything of this node's own that its parent has lies here, as far as was asked since the start.
    package var isMatched: Bool { state.withLock { $0.isMatched } }

    /// Whether this node may decide what can stand beside another's decision, both shown.
    ///
    /// It may once it matches its parent. A node without a parent may: nobody else has all of what it writes. So may one
    /// whose parent has been silent for so long since the start, or since it said that it has more: nobody waits for ever
    /// for somebody who does not come. What can never be undone, such as two patients in one bed, waits for ``isMatched``.
    package func mayDecide(afterSilenceMilliseconds limit: Int64) -> Bool {
        let (isMatched, lastWord) = state.withLock { ($0.isMatched, $0.lastWord) }
        if isMatched || parent == nil { return true }
        return world.time.monotonicTime.milliseconds(since: lastWord) >= limit
    }

    /// Asks the parent, once.
    ///
    /// - Returns: whether it matches.
    /// - Throws: `call.…` where the parent cannot be reached.
    @discardableResult
    package func match() async throws -> Bool {
        if isMatched { return true }
        guard let parent else { return false }
        // Pages come in the order of authors, and no chain has the incarnation 0: the first begins with this node's own.
        var after = [
            ChainPosition(chain: ChainIdentity(author: node, incarnation: 0, lane: .control), nextSequence: 0)
        ]
        for _ in 0..<Limits.positionPages {
            let page = try await DeskInterface.courier.at(parent, system).positions(after)
            let mine = page.prefix { $0.chain.author == node }
            for theirs in mine where try await ledger.nextSequence(of: theirs.chain) < theirs.nextSequence {
                state.withLock { $0.lastWord = world.time.monotonicTime }
                return false
            }
            guard let last = page.last, mine.count == page.count else {
                state.withLock { $0.isMatched = true }
                return true
            }
            guard last.chain != after.last?.chain else { return false }
            after = [last]
        }
        return false
    }

    /// What keeps the node from deciding, in words.
    package var complaint: String {
        "\(node) has not heard since its start what \(parent?.rawValue ?? "its parent") has of it\(away)"
    }

    package static let remedy = "try again when its link is up; `yilian peer list` shows it"

    /// Since when the parent is away, in words.
    package var away: String {
        parent.flatMap { linkDownSince($0) }.map { "; its link is down since \($0.chinaText)" } ?? ""
    }

    // MARK: After a decision

    /// Waits until an entry of this node's own lies on the parent's disk.
    ///
    /// - Returns: whether it does, in the time that it may take.
    package func secures(_ entry: EntryID, withinMilliseconds limit: Int64) async throws -> Bool {
        let deadline = world.time.monotonicTime.advanced(byMilliseconds: limit)
        let deliveries = ledger.changes(of: [.table("delivery")])
        while true {
            let seen = deliveries.count
            if try await isSecured(entry) { return true }
            let left = deadline.milliseconds(since: world.time.monotonicTime)
            guard left > 0 else { return false }
            await deliveries.wait(since: seen, orMilliseconds: left, time: world.time)
            try Task.checkCancellation()
        }
    }

    private func isSecured(_ entry: EntryID) async throws -> Bool {
        guard let parent else { return false }
        return try await ledger.read { try Ledger.isDelivered(entry, to: parent, in: $0) }
    }
}
