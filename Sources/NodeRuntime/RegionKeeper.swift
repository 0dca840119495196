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
    private let accepted = CommitBell()
    /// Versions that linked neighbours are known to have.
    private let neighbours = Mutex<[NodeID: UInt64]>([:])

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
        neighbours.withLock { $0[neighbour] = version }
        accepted.ring()
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
            accepted.ring()
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
        var parent: NodeID?
        var children: [NodeID]
    }

    /// Runs until the task is cancelled.
    ///
    /// A configuration that takes a neighbour away is offered to it first and its link is closed then: it would never
    /// hear otherwise who manages it now. What has been revoked is cut at once, elsewhere.
    func run(links: LinkHub) async throws {
        var settled = settlement
        while true {
            let rung = accepted.count
            await takeFromLedger()
            let next = settlement
            await offer()
            if next != settled {
                links.recheck()
                settled = next
            }
            await accepted.wait(since: rung, orMilliseconds: Limits.configurationPollMilliseconds, time: world.time)
            try Task.checkCancellation()
        }
    }

    private func takeFromLedger() async {
        let version = region.version
        do {
            let bytes = try await ledger.read { sql in try RegionProjection.newer(than: version, in: sql) }
            if let bytes { try accept(bytes) }
        } catch {
            logger.error("a region configuration was not taken", metadata: ["reason": "\(Self.reason(error))"])
        }
    }

    private var settlement: Settled {
        let tree = region.tree(at: world.time.wallTime)
        return Settled(
            version: region.version, parent: tree.parent(of: ledger.node), children: tree.children(of: ledger.node))
    }

    private func offer() async {
        let version = region.version
        await withDiscardingTaskGroup { group in
            for (neighbour, known) in neighbours.withLock({ $0 }) where known < version {
                group.addTask { await self.offer(version, to: neighbour) }
            }
        }
    }

    private func offer(_ version: UInt64, to neighbour: NodeID) async {
        do {
            let bytes = try region.signed.wireBytes()
            let reached = try await DeskInterface.courier.at(neighbour, system).offerRegion(bytes)
            neighbours.withLock { if $0[neighbour] != nil { $0[neighbour] = max(reached, version) } }
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
