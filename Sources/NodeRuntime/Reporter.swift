import Couriers
import Effects
import Ledgers
import Links
import NodeReports
import Regions
import Synchronization

/// Describes this node for those above it.
final class Reporter: Sendable {
    private let setup: NodeSetup
    private let ledger: Ledger
    private let queue: CourierQueue
    private let startedAt: WallTime
    private let hub = Mutex<WeakHub>(WeakHub())

    private struct WeakHub {
        weak var hub: LinkHub?
    }

    init(setup: NodeSetup, ledger: Ledger, board: CourierBoard, startedAt: WallTime) {
        self.setup = setup
        self.ledger = ledger
        self.startedAt = startedAt
        queue = CourierQueue(ledger: ledger, region: setup.region, board: board, world: setup.world)
    }

    func watch(_ hub: LinkHub) { self.hub.withLock { $0.hub = hub } }

    func report() async throws -> NodeReport {
        let now = setup.world.time.wallTime
        var report = NodeReport(
            node: setup.node, madeAt: now, startedAt: startedAt, release: setup.release,
            configurationVersion: setup.region.version)
        let waiting = try await queue.items { _ in nil }.filter { $0.content != .awaitedDocuments }
        report.waitingEntries = waiting.reduce(0) { $0.addingSaturated($1.entries) }
        report.waitingMilliseconds = Int(
            waiting.compactMap(\.oldest).min().map { max(0, now.milliseconds(since: $0)) } ?? 0)
        let oddities = try await ledger.oddities()
        report.setAside = oddities.setAside
        report.forks = oddities.forks
        report.certificateEndsAt = setup.certificateExpiry()
        if case .holds(_, let end) = setup.keyring.standing(at: now) { report.keyEndsAt = end }
        report.freeDiskBytes = setup.freeDiskBytes().map { Int(clamping: $0) }
        report.missing = missing(at: now)
        return report
    }

    private func missing(at now: WallTime) -> [NodeReport.Missing] {
        guard let hub = hub.withLock({ $0.hub }) else { return [] }
        return setup.region.tree(at: now).children(of: setup.node).compactMap { child in
            let status = hub.status(of: child)
            guard status.state != .up else { return nil }
            return NodeReport.Missing(node: child, since: status.since, reason: status.explanation)
        }
    }
}
