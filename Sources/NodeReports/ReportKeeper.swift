package import Calls
package import Effects
package import Ledgers
package import Logging
package import Regions
import Synchronization

/// Tells the parent how this node and those below it are, every ten seconds, in one call.
///
/// What the parent has heard already is not said again. Without a link nothing is kept for later: only the latest word
/// counts.
package final class ReportKeeper: Sendable {
    package typealias Describing = @Sendable () async throws -> NodeReport

    package let board: ReportBoard
    private let node: NodeID
    private let region: any RegionView
    private let keyring: LedgerKeyring
    private let world: World
    private let logger: Logger
    private let system: YilianActorSystem
    private let describing: Describing
    private let woken = Wakeup()
    private let linked = Mutex<Set<NodeID>>([])

    /// - Parameter describing: how this node is now.
    package init(
        node: NodeID, region: any RegionView, keyring: LedgerKeyring, world: World, logger: Logger,
        system: YilianActorSystem, describing: @escaping Describing
    ) {
        board = ReportBoard(node: node, region: region, time: world.time)
        self.node = node
        self.region = region
        self.keyring = keyring
        self.world = world
        self.logger = logger
        self.system = system
        self.describing = describing
    }

    /// How this node is now.
    package func own() async throws -> NodeReport { try await describing() }

    package func linkUp(_ neighbour: NodeID) {
        linked.withLock { _ = $0.insert(neighbour) }
        woken.wake()
    }

    package func linkDown(_ neighbour: NodeID) {
        linked.withLock { _ = $0.remove(neighbour) }
    }

    /// Works until the task is cancelled.
    package func run() async throws {
        // Whom it was told, and of whom when what was told last was made.
        var told: (parent: NodeID, made: [NodeID: WallTime])?
        while true {
            let seen = woken.count
            if let parent = region.tree(at: world.time.wallTime).parent(of: node),
                linked.withLock({ $0.contains(parent) })
            {
                let before = told?.parent == parent ? told?.made ?? [:] : [:]
                let said = try await world.attempt("the parent was not told how this node is", logger: logger) {
                    try await tell(parent, besides: before)
                }
                told = said.flatMap { $0 }.map { (parent, $0) }
            } else {
                told = nil
            }
            await woken.wait(since: seen, orMilliseconds: Limits.reportMilliseconds, time: world.time)
            try Task.checkCancellation()
        }
    }

    /// - Returns: what the parent has heard; nil where it was not reached, so that everything is said again.
    private func tell(_ parent: NodeID, besides before: [NodeID: WallTime]) async throws -> [NodeID: WallTime]? {
        guard let key = keyring.nearest(to: world.time.wallTime) else { return nil }
        let now = world.time.monotonicTime
        let own = ReportBundle.Item(try SignedNodeReport(try await describing(), key: key), agoMilliseconds: 0)
        let words = board.words(besides: before)
        let items =
            [own]
            + words.map { word in
                ReportBundle.Item(
                    word.signed,
                    agoMilliseconds: PeerNumber.atMost(
                        Limits.reportAgeMilliseconds, now.milliseconds(since: word.heardAt)))
            }
        do {
            for bundle in Self.bundles(items) {
                try await DeskInterface.report.at(parent, system).take(bundle)
            }
        } catch let failure as Failure {
            // A parent of an older release has no ear for it, and one that is gone hears of it when it is back.
            logger.debug("the parent did not take this node's report", metadata: ["reason": "\(failure)"])
            return nil
        }
        var made = before
        for word in words { made[word.report.node] = word.report.madeAt }
        return made
    }

    private static func bundles(_ items: [ReportBundle.Item]) -> [ReportBundle] {
        stride(from: 0, to: items.count, by: Limits.reportsPerBundle).map { start in
            ReportBundle(Array(items[start..<min(items.count, start + Limits.reportsPerBundle)]))
        }
    }
}
