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
/// its ledger's chain, so that nobody is passed over. One whose time has not come waits here and at every neighbour.
package final class RegionKeeper: Sendable {
    private let region: RegionRegistry
    private let keyring: LedgerKeyring
    private let ledger: Ledger
    private let world: World
    private let logger: Logger
    private let system: YilianActorSystem
    private let save: @Sendable (SignedRegionConfiguration) throws -> Void
    private let saveWaiting: @Sendable (SignedRegionConfiguration?) throws -> Void
    private let neighbours = Mutex<[NodeID: Neighbour]>([:])
    /// One configuration is looked at, kept on the disk and put in force at a time: an older one never comes to lie over
    /// a newer one.
    private let writing = Mutex(())

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

    /// - Parameters:
    ///   - save: keeps what is in force for the next start.
    ///   - saveWaiting: keeps what waits for its time; given none where nothing waits any more.
    package init(
        region: RegionRegistry, keyring: LedgerKeyring, ledger: Ledger, world: World, logger: Logger,
        system: YilianActorSystem, save: @escaping @Sendable (SignedRegionConfiguration) throws -> Void,
        saveWaiting: @escaping @Sendable (SignedRegionConfiguration?) throws -> Void = { _ in }
    ) {
        self.region = region
        self.keyring = keyring
        self.ledger = ledger
        self.world = world
        self.logger = logger
        self.system = system
        self.save = save
        self.saveWaiting = saveWaiting
    }

    func linkUp(_ neighbour: NodeID, version: UInt64) {
        neighbours.withLock { $0[neighbour] = Neighbour(version: version) }
        ledger.wakeAll()
    }

    func linkDown(_ neighbour: NodeID) {
        neighbours.withLock { $0[neighbour] = nil }
    }

    /// The version that a linked neighbour is known to have now.
    package func version(of neighbour: NodeID) -> UInt64? {
        neighbours.withLock { $0[neighbour]?.version }
    }

    /// Takes a configuration's bytes and keeps them for the next start.
    ///
    /// - Parameter neighbour: who offers it.
    /// - Returns: the newest version that this node has afterwards, in force or waiting for its time.
    /// - Throws: `region.badSignature`, `region.rollback`, `region.sameVersion`, `region.otherRegion`,
    ///   `region.epochLost`, `region.epochChanged`; what the disk throws.
    @discardableResult
    package func accept(_ bytes: [UInt8], from neighbour: NodeID? = nil) throws -> UInt64 {
        try take(bytes, from: neighbour).newest
    }

    /// Takes a configuration's bytes, unless they are older than what this node has.
    package func acceptUnlessOlder(_ bytes: [UInt8]) throws {
        try take(bytes, from: nil, isOlderTaken: false)
    }

    /// - Returns: the newest version of this node afterwards, and the one that was offered.
    @discardableResult
    private func take(
        _ bytes: [UInt8], from neighbour: NodeID?, isOlderTaken: Bool = true
    ) throws -> (newest: UInt64, offered: UInt64) {
        let signed = try SignedRegionConfiguration(wireBytes: bytes)
        if let known = region.known(signed) {
            // Neighbours offer what they have at every handshake.
            if let neighbour { note(known.version, at: neighbour) }
            return (region.newestVersion, known.version)
        }
        // Read once: a region's configuration is long.
        let checked = try region.check(signed, now: world.time.wallTime)
        let offered = checked.configuration
        guard isOlderTaken || offered.version > region.newestVersion else {
            return (region.newestVersion, offered.version)
        }
        let acceptance = try writing.withLock { _ in try keepAndAccept(checked) }
        if let neighbour { note(offered.version, at: neighbour) }
        switch acceptance {
        case .known: break
        case .inForce:
            logger.notice("region configuration accepted", metadata: ["version": "\(offered.version)"])
            ledger.wakeAll()
        case .waits:
            logger.notice(
                "region configuration waits; its revocations hold already",
                metadata: ["version": "\(offered.version)", "validFrom": "\(offered.validFrom)"])
            ledger.wakeAll()
        }
        return (region.newestVersion, offered.version)
    }

    /// Kept before it is in force: what a node goes by must still be there after a crash.
    private func keepAndAccept(_ checked: RegionRegistry.Checked) throws -> RegionRegistry.Acceptance {
        let now = world.time.wallTime
        let hadWaiting = region.waiting != nil
        switch try region.judge(checked, now: now) {
        case .known: return .known
        case .inForce: try save(checked.signed)
        case .waits: try saveWaiting(checked.signed)
        }
        let acceptance = try region.accept(checked, now: now)
        if hadWaiting, region.waiting == nil { try saveWaiting(nil) }
        return acceptance
    }

    /// Puts what waits into force, where its time has come.
    private func advance() {
        do {
            let version = try writing.withLock { _ -> UInt64? in
                let now = world.time.wallTime
                guard let waiting = region.waiting, waiting.validFrom <= now else { return nil }
                try save(region.newest)
                region.advance(to: now)
                try saveWaiting(nil)
                return waiting.version
            }
            if let version {
                logger.notice("region configuration accepted", metadata: ["version": "\(version)"])
            }
        } catch {
            logger.error(
                "the region configuration that waited is not in force",
                metadata: ["reason": "\(Self.reason(error))"])
        }
    }

    private func note(_ version: UInt64, at neighbour: NodeID) {
        neighbours.withLock { neighbours in
            guard let known = neighbours[neighbour]?.version else { return }
            neighbours[neighbour]?.version = max(known, version)
        }
    }

    /// Takes a configuration and, at the dispatcher, writes it into the ledger for everybody.
    package func publish(_ bytes: [UInt8]) async throws -> UInt64 {
        let (newest, version) = try take(bytes, from: nil)
        let tree = region.tree(at: world.time.wallTime)
        if tree.root == ledger.node {
            // Publishing again after a crash in between puts it into the ledger then.
            try await ledger.write(lane: .clinical, sizeBytes: bytes.count) { transaction in
                guard try !RegionProjection.holds(version, in: transaction.sql) else { return }
                _ = try transaction.append(RegionProjection.draft(version: version, bytes: bytes))
            }
        }
        return newest
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
    /// News come over the dispatcher's chain, over a link or from a file, and each wakes it. The clock can take a neighbour away
    /// as well; that it looks at from time to time.
    func run(links: LinkHub) async throws {
        var settled = settlement
        var read: Chains?
        var standing: LedgerKeyring.Standing?
        let changes = ledger.changes(of: [.table("region_configuration")])
        while true {
            let seen = changes.count
            advance()
            logStanding(&standing)
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
                isDone && !isAnybodyBehind ? untilChange : min(untilChange, Limits.configurationPollMilliseconds)
            await changes.wait(since: seen, orMilliseconds: pause, time: world.time)
            try Task.checkCancellation()
        }
    }

    /// How long nothing changes by the clock alone, as far as a courier's pause.
    private var untilChange: Int64 {
        let pause = Limits.courierPollMilliseconds
        guard let waiting = region.waiting else { return pause }
        return min(max(1, waiting.validFrom.milliseconds(since: world.time.wallTime)), pause)
    }

    /// Says which ledger key holds whenever that changes.
    private func logStanding(_ last: inout LedgerKeyring.Standing?) {
        let standing = keyring.standing(at: world.time.wallTime)
        guard standing != last else { return }
        last = standing
        switch standing {
        case .holds(let id, let end):
            logger.notice(
                "the ledger is sealed with this key",
                metadata: ["key": "\(id)", "to": "\(end?.description ?? "no end")"])
        case .ended(let id, let end):
            logger.error(
                "the ledger key has ended: nothing is sealed and nothing acknowledged",
                metadata: ["key": "\(id)", "to": "\(end)"])
        case .begins(let id, let begin):
            logger.error(
                "the ledger key has not begun: nothing is sealed and nothing acknowledged",
                metadata: ["key": "\(id)", "from": "\(begin)"])
        case .unbound:
            logger.error("no ledger key is bound to this node: nothing is sealed and nothing acknowledged")
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

    /// - Returns: whether all were taken, or refused for good; `false` where the disk did not take one.
    private func takeFromLedger() async -> Bool {
        let version = region.version
        var isDone = true
        do {
            let found = try await ledger.read { sql in
                try RegionProjection.newer(than: version, limit: Limits.configurationsTakenAtOnce, in: sql)
            }
            for bytes in found {
                do { try accept(bytes) } catch let failure as Failure {
                    // Another one came over a link meanwhile.
                    if failure.code == "region.rollback" { continue }
                    isDone = failure.code.rawValue.hasPrefix("region.")
                    logger.error(
                        "a region configuration was not taken", metadata: ["reason": "\(failure.description)"])
                }
            }
        } catch {
            logger.error("a region configuration was not taken", metadata: ["reason": "\(Self.reason(error))"])
            return false
        }
        return isDone
    }

    private var isAnybodyBehind: Bool {
        let version = region.newestVersion
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
        let version = region.newestVersion
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
            let known = self.version(of: neighbour) ?? 0
            // What is in force goes before what waits: a neighbour may lack both.
            let offers =
                (known < region.version ? [region.signed] : []) + (region.waiting == nil ? [] : [region.newest])
            for signed in offers {
                let reached = try await DeskInterface.courier.at(neighbour, system).offerRegion(try signed.wireBytes())
                note(max(reached, region.known(signed)?.version ?? 0), at: neighbour)
            }
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
