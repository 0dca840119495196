package import Calls
package import Effects
package import Ledgers
import Links
package import Logging
package import Regions
import Synchronization
package import Wire

/// Keeps one courier run per neighbour whose link is up.
package final class CourierKeeper: Sendable {
    private let ledger: Ledger
    private let region: any RegionView
    private let world: World
    private let logger: Logger
    private let system: YilianActorSystem
    private let onCodecs: @Sendable (NodeID, [Codec]) -> Void
    package let board: CourierBoard
    /// Who is linked, and how often the link came up: an older run ends when a newer one takes its place.
    private let links = Mutex<[NodeID: UInt64]>([:])
    private let changed = Wakeup()

    /// - Parameter onCodecs: told which codecs a neighbour reads, and everybody above it, as it says in its receipts.
    package init(
        ledger: Ledger, region: any RegionView, world: World, logger: Logger, system: YilianActorSystem,
        onCodecs: @escaping @Sendable (NodeID, [Codec]) -> Void
    ) {
        self.ledger = ledger
        self.region = region
        self.world = world
        self.logger = logger
        self.system = system
        self.onCodecs = onCodecs
        board = CourierBoard(world: world)
    }

    package func linkUp(_ neighbour: NodeID) {
        links.withLock { $0[neighbour] = ($0[neighbour].map { $0 & ~1 } ?? 0) + 3 }
        changed.wake()
    }

    package func linkDown(_ neighbour: NodeID) {
        links.withLock { $0[neighbour] = ($0[neighbour] ?? 0) & ~1 }
        board.disconnected(neighbour)
        changed.wake()
    }

    /// Runs until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepTidy() }
            var started: [NodeID: UInt64] = [:]
            while !Task.isCancelled {
                let seen = changed.count
                for (neighbour, generation) in links.withLock({ $0 }) where generation & 1 == 1 {
                    guard started[neighbour] != generation else { continue }
                    started[neighbour] = generation
                    group.addTask { await self.serve(neighbour, generation: generation) }
                }
                await changed.wait(
                    since: seen, orMilliseconds: Limits.courierPollMilliseconds, time: world.time)
            }
            group.cancelAll()
        }
    }

    /// Forgets old bookkeeping from time to time.
    private func keepTidy() async {
        while !Task.isCancelled {
            do {
                try await world.time.sleep(milliseconds: Limits.upkeepMilliseconds)
                let now = world.time.wallTime
                let tree = region.tree(at: now)
                let neighbours = (tree.parent(of: ledger.node).map { [$0] } ?? []) + tree.children(of: ledger.node)
                try await ledger.forgetOldDeliveries(neighbours: neighbours, at: now)
                try await ledger.forgetStagedAttachments(at: now)
            } catch is CancellationError {
                return
            } catch {
                logger.warning("old bookkeeping was not forgotten", metadata: ["reason": "\(Self.reason(error))"])
            }
        }
    }

    /// Serves a neighbour until its link is down or has been replaced; after an error it begins again.
    private func serve(_ neighbour: NodeID, generation: UInt64) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.serveRepeatedly(neighbour, generation: generation) }
            group.addTask { await self.waitWhileCurrent(neighbour, generation: generation) }
            await group.next()
            group.cancelAll()
        }
    }

    private func serveRepeatedly(_ neighbour: NodeID, generation: UInt64) async {
        while isCurrent(neighbour, generation), !Task.isCancelled {
            do {
                let peer = try DeskInterface.courier.at(neighbour, system)
                let run = CourierRun(
                    neighbour: neighbour, ledger: ledger, region: region, world: world, logger: logger, board: board,
                    peer: peer, onCodecs: onCodecs)
                try await run.run()
            } catch is CancellationError {
                return
            } catch {
                logger.warning(
                    "courier interrupted", metadata: ["neighbour": "\(neighbour)", "reason": "\(Self.reason(error))"])
            }
            // Who cannot sleep has been cancelled, or its process has ended: beginning again would never end.
            guard (try? await world.time.sleep(milliseconds: 500)) != nil else { return }
        }
    }

    private func waitWhileCurrent(_ neighbour: NodeID, generation: UInt64) async {
        while isCurrent(neighbour, generation), !Task.isCancelled {
            let seen = changed.count
            guard isCurrent(neighbour, generation) else { return }
            await changed.wait(since: seen, orMilliseconds: Limits.courierPollMilliseconds, time: world.time)
        }
    }

    private func isCurrent(_ neighbour: NodeID, _ generation: UInt64) -> Bool {
        links.withLock { $0[neighbour] == generation }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? Failure).map { "\($0.code): \($0.message)" } ?? "internal"
    }
}
