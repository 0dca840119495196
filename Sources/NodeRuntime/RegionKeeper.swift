package import Calls
import Couriers
package import Effects
package import Ledgers
import Links
package import Logging
package import Regions
import Synchronization
import Wire

/// Takes region configurations from wherever they come and passes them on to neighbours that have an older one.
///
/// A configuration certifies itself, so any link and any file will do. What the dispatcher publishes also goes down
/// its ledger's chain, so that nobody is passed over.
package final class RegionKeeper: Sendable {
    private let region: RegionRegistry
    private let ledger: Ledger
    private let world: World
    private let logger: Logger
    private let system: YilianActorSystem
    private let save: @Sendable (SignedRegionConfiguration) throws -> Void
    private let neighbours = Mutex<[NodeID: Neighbour]>([:])

    /// A linked neighbour: the version that it is known to have, and which one it was offered last, and when.
    private struct Neighbour {
        var version: UInt64
        var offered: (version: UInt64, at: MonotonicTime)?

        func isDue(_ version: UInt64, at now: MonotonicTime) -> Bool {
            guard self.version < version else { return false }
            guard let offered, offered.version == version else { return true }
            return now.milliseconds(since: offered.at) >= Limits.configurationPollMilliseconds
        }
    }

    package init(
        region: RegionRegistry, ledger: Ledger, world: World, logger: Logger, system: YilianActorSystem,
        save: @escaping @Sendable (SignedRegionConfiguration) throws -> Void
    ) {
        self.region = region
        self.ledger = ledger
        self.world = world
        self.logger = logger
        self.system = system
        self.save = save
    }

    func linkUp(_ neighbour: NodeID, version: UInt64) {
        neighbours.withLock { $0[neighbour] = Neighbour(version: version) }
        ledger.bell.ring()
    }

    func linkDown(_ neighbour: NodeID) {
        neighbours.withLock { $0[neighbour] = nil }
    }

    /// Takes a configuration's bytes and keeps them for the next start.
    ///
    /// - Returns: the version that is in force afterwards.
    /// - Throws: `region.badSignature`, `region.rollback`, `region.sameVersion`, `region.otherRegion`.
    @discardableResult
    package func accept(_ bytes: [UInt8]) throws -> UInt64 {
        let signed = try SignedRegionConfiguration(wireBytes: bytes)
        let now = world.time.wallTime
        guard try region.isNews(signed, now: now) else { return region.version }
        // Kept before it is in force: what a node goes by must still be there after a crash.
        try save(signed)
        if try region.accept(signed, now: now) {
            logger.notice("region configuration accepted", metadata: ["version": "\(region.version)"])
            ledger.bell.ring()
        }
        return region.version
    }

    /// Takes a configuration and, at the dispatcher, writes it into the ledger for everybody.
    package func publish(_ bytes: [UInt8]) async throws -> UInt64 {
        let version = try accept(bytes)
        let tree = region.tree(at: world.time.wallTime)
        if tree.root == ledger.node {
            // Publishing again after a crash in between puts it into the ledger then.
            try await ledger.write(lane: .clinical, sizeBytes: bytes.count) { transaction in
                guard try !RegionProjection.holds(version, in: transaction.sql) else { return }
                _ = try transaction.append(RegionProjection.draft(version: version, bytes: bytes))
            }
        }
        return version
    }

    /// Who the neighbours are by a configuration at a moment; links are looked at again when it changes.
    private struct Settled: Equatable {
        var version: UInt64
        var root: NodeID?
        var parent: NodeID?
        var children: [NodeID]
    }

    /// Runs until the task is cancelled.
    ///
    /// A configuration that takes a neighbour away is offered to it first and its link is closed then: it would never
    /// hear otherwise who manages it now. What has been revoked is cut at once, elsewhere.
    ///
    /// The ledger's bell wakes it: news come over the dispatcher's chain, over a link or from a file. The clock can take
    /// a neighbour away as well; that it looks at from time to time.
    func run(links: LinkHub) async throws {
        var settled = settlement
        var read: Chains?
        while true {
            let rung = ledger.bell.count
            let chains = Chains(version: ledger.advances.version, root: settled.root)
            var isDone = true
            if read.map({ hasNews(since: $0, chains) }) ?? true { isDone = await takeFromLedger() }
            if isDone { read = chains }
            let next = settlement
            await offer()
            if next != settled {
                links.recheck()
                settled = next
            }
            let pause =
                isDone && !isAnybodyBehind ? Limits.courierPollMilliseconds : Limits.configurationPollMilliseconds
            await ledger.bell.wait(since: rung, orMilliseconds: pause, time: world.time)
            try Task.checkCancellation()
        }
    }

    /// How far the ledger was read for configurations, and whose chain brings them.
    private struct Chains {
        var version: UInt64
        var root: NodeID?
    }

    private func hasNews(since read: Chains, _ now: Chains) -> Bool {
        guard read.root == now.root else { return true }
        return ledger.advances.since(read.version).positions.contains { $0.chain.author == now.root }
    }

    /// - Returns: whether it was taken, or there is none.
    private func takeFromLedger() async -> Bool {
        let version = region.version
        do {
            let bytes = try await ledger.read { sql in try RegionProjection.newer(than: version, in: sql) }
            if let bytes { try accept(bytes) }
            return true
        } catch {
            logger.error("a region configuration was not taken", metadata: ["reason": "\(Self.reason(error))"])
            return false
        }
    }

    private var isAnybodyBehind: Bool {
        let version = region.version
        return neighbours.withLock { $0.values.contains { $0.version < version } }
    }

    private var settlement: Settled {
        let tree = region.tree(at: world.time.wallTime)
        return Settled(
            version: region.version, root: tree.root, parent: tree.parent(of: ledger.node),
            children: tree.children(of: ledger.node))
    }

    /// Offers the configuration to those who have an older one, to each only so often.
    private func offer() async {
        let version = region.version
        let now = world.time.monotonicTime
        let due = neighbours.withLock { neighbours in
            let due = neighbours.filter { $0.value.isDue(version, at: now) }.keys.sorted()
            for neighbour in due { neighbours[neighbour]?.offered = (version, now) }
            return due
        }
        guard !due.isEmpty else { return }
        await withDiscardingTaskGroup { group in
            for neighbour in due { group.addTask { await self.offer(version, to: neighbour) } }
        }
    }

    private func offer(_ version: UInt64, to neighbour: NodeID) async {
        do {
            let bytes = try region.signed.wireBytes()
            let reached = try await DeskInterface.courier.at(neighbour, system).offerRegion(bytes)
            neighbours.withLock { $0[neighbour]?.version = max(reached, version) }
        } catch {
            logger.warning(
                "the region configuration could not be offered",
                metadata: ["neighbour": "\(neighbour)", "reason": "\(Self.reason(error))"])
        }
    }

    private static func reason(_ error: any Error) -> String {
        (error as? Failure)?.description ?? "internal"
    }
}
