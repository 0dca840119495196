import Effects
package import Ledgers
import Regions
package import ServiceKit
import Storage
import Synchronization

/// Knows whether a node may decide, and whether what it decided can still be forgotten.
///
/// A copy of a disk that was put back cannot be told from the disk. So after every start a node decides nothing until its
/// parent has said how far its chains go there and everything of them lies here; and nobody is told of a decision before the
/// parent's disk has it. What was told is then known on two disks, and whoever starts on an older copy is given it back first.
package final class DiskWitness: Sendable {
    private let context: NodeContext
    private let neighbours: any InventoryNeighbours
    private let matched = Mutex(false)

    package init(_ context: NodeContext, neighbours: any InventoryNeighbours) {
        self.context = context
        self.neighbours = neighbours
    }

    /// Whether everything of this node's own that its parent has lies here, as far as was asked since the start.
    package var isMatched: Bool { matched.withLock { $0 } }

    /// Asks the parent, once.
    ///
    /// - Returns: whether it matches.
    /// - Throws: `call.…` where the parent cannot be reached.
    @discardableResult
    package func match() async throws -> Bool {
        if isMatched { return true }
        guard let parent = context.parent else { return false }
        var after: [ChainPosition] = []
        for _ in 0..<Limits.positionPages {
            let page = try await neighbours.reached(after: after, at: parent)
            guard let last = page.last else {
                matched.withLock { $0 = true }
                return true
            }
            guard last.chain != after.last?.chain else { return false }
            for theirs in page where theirs.chain.author == context.node {
                if try await context.ledger.nextSequence(of: theirs.chain) < theirs.nextSequence { return false }
            }
            after = [last]
        }
        return false
    }

    /// - Throws: `inventory.unmatched`, with how long the parent has been away.
    package func requireMatch() async throws {
        if isMatched { return }
        _ = try? await match()
        guard !isMatched else { return }
        throw Failure(
            "inventory.unmatched",
            "\(context.node) has not heard since its start what \(context.parent?.rawValue ?? "its parent") has of it\(away)",
            remedy: "try again when its link is up; `yilian peer list` shows it")
    }

    /// Since when the parent is away, in words.
    package var away: String {
        context.parent.flatMap { context.linkDownSince($0) }.map { "; its link is down since \($0.chinaText)" } ?? ""
    }

    /// Whether an entry of this node's own lies on its parent's disk.
    package func isSecured(_ entry: EntryID) async throws -> Bool {
        guard let parent = context.parent else { return false }
        return try await context.ledger.read { try Ledger.isDelivered(entry, to: parent, in: $0) }
    }

    /// Waits until an entry lies on the parent's disk.
    ///
    /// - Throws: `inventory.unsecured` where it does not in time: it is written, and the same command asks for it again.
    package func waitUntilSecured(_ entry: EntryID) async throws {
        let time = context.world.time
        let deadline = time.monotonicTime.advanced(byMilliseconds: Self.patienceMilliseconds)
        let deliveries = context.ledger.changes(of: [.table("delivery")])
        while true {
            let seen = deliveries.count
            if try await isSecured(entry) { return }
            let left = deadline.milliseconds(since: time.monotonicTime)
            guard left > 0 else { break }
            await deliveries.wait(since: seen, orMilliseconds: left, time: time)
            try Task.checkCancellation()
        }
        throw Failure(
            "inventory.unsecured", "it is written at \(context.node) and not yet at its parent\(away)",
            remedy: "send the same again: it is kept, and given to nobody else")
    }

    /// Shorter than a call waits.
    private static let patienceMilliseconds: Int64 = 5_000
}
