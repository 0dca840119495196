import Effects
import Ledgers
import Links
package import NodeRuntime
package import Regions
import SQLiteStorage
import Storage
import Trust

/// One node of a simulated region: its machine, and its process while it runs.
///
/// The process is put together by `YilianNode.open`, as `node start` does.
package final class SimulatedNode: @unchecked Sendable {
    package let id: NodeID
    package let tier: Tier
    let volume: SimulatedVolume
    let clock: CivilClock
    let shared: SharedSimulation
    private(set) var life: Life?
    package private(set) var node: YilianNode?
    private var store: SQLiteStore?
    private var lives = 0
    private var isStopping = false
    /// How often the disk has been put back to an older state.
    package private(set) var restores = 0
    private(set) var lastVersion: UInt64 = 0
    /// Why the process ended by itself, newest last.
    private(set) var endings: [String] = []

    init(_ member: SimulatedRegion.Member, shared: SharedSimulation) throws {
        id = member.id
        tier = member.tier
        self.shared = shared
        volume = SimulatedVolume(member.id.rawValue, scheduler: shared.scheduler)
        clock = CivilClock(start: shared.region.start)
        SimulatedVFS.attach(volume)
        try writeRegion(shared.region.signed)
    }

    var isRunning: Bool { life?.isAlive == true && node != nil }

    /// Starts the process on what lies on the disk; without effect where it runs.
    ///
    /// A start that fails (the disk is full, a synchronisation fails) is a process that ended: somebody tries again.
    func start() async {
        guard life?.isAlive != true else { return }
        lives += 1
        let life = Life(number: lives)
        self.life = life
        isStopping = false
        volume.mount(life)
        shared.scheduler.note("\(id) starts")
        do {
            let setup = try await setup(life)
            let opened = try await YilianNode.open(setup)
            guard life.isAlive else { return }
            checkVersion(opened.context.region.version)
            node = opened
            opened.context.region.observe { [weak self] in self?.checkVersion($0.version) }
            shared.host.start { [weak self] in await self?.run(opened, life) }
        } catch {
            end(life, reason: "\(error)")
        }
    }

    /// Ends the process as `kill -9` does: what it wrote is on the disk or in the machine's memory.
    func kill() {
        guard let life, life.isAlive else { return }
        shared.scheduler.note("\(id) dies")
        finish(life)
    }

    /// The power fails: what was not synchronised may be gone.
    func losePower() {
        kill()
        shared.scheduler.note("\(id) loses power")
        volume.losePower(shared.scheduler.random)
    }

    /// Ends the process in good order.
    func stop() async {
        guard let node, let life, life.isAlive else { return }
        shared.scheduler.note("\(id) stops")
        isStopping = true
        node.hub.stop()
        // Links say goodbye; then the process ends and its store is closed by whoever opens the file next.
        try? await shared.time.sleep(milliseconds: 500)
        if life.isAlive { finish(life) }
    }

    /// Puts an older state of the disk in the place of what is there; the process must not run.
    func restore(_ image: [String: [UInt8]]) throws {
        restores += 1
        volume.restore(image)
        if volume.file(Self.regionFile) == nil { try writeRegion(shared.region.signed) }
        lastVersion = 0
    }

    /// A copy of the disk as a backup would have it: the process is dead or between two jobs.
    func image() -> [String: [UInt8]] { volume.image() }

    private func run(_ node: YilianNode, _ life: Life) async {
        let reason: String
        do {
            try await node.run()
            reason = "it returned"
        } catch {
            reason = "\(error)"
        }
        // Somebody else ended it already, or its store is broken: that says so by itself, before anything is thrown.
        guard life.isAlive else { return }
        if !isStopping { shared.verdict.violation("running", "\(id) ended by itself: \(reason)") }
        end(life, reason: reason)
    }

    private func end(_ life: Life, reason: String) {
        guard life.isAlive else { return }
        endings.append(reason)
        shared.log.add("\(id) ended: \(reason)")
        shared.scheduler.note("\(id) ended")
        finish(life)
    }

    private func finish(_ life: Life) {
        life.end()
        node?.hub.stop()
        shared.network.breakConnections(of: id)
        node = nil
        store = nil
    }

    private func setup(_ life: Life) async throws -> NodeSetup {
        guard let member = shared.region.member(id), let bytes = volume.file(Self.regionFile)?.bytes else {
            throw Failure("simulate.noConfiguration", "the node has no region configuration", place: id.rawValue)
        }
        let time = SimulatedTime(shared.scheduler, clock: clock, life: life)
        let scheduler = shared.scheduler
        let world = World(time: time, random: scheduler.random, disk: MemoryDisk()) { name in
            name.hasSuffix("writer")
                ? SimulatedWorker(scheduler, time: time, life: life) as any Worker : MortalWorker(life: life)
        }
        let registry = try RegionRegistry(
            rootKey: shared.region.rootKey.publicKey, initial: try SignedRegionConfiguration(wireBytes: bytes),
            sections: shared.sections, now: time.wallTime)
        let store = try SQLiteStore(path: SimulatedVFS.path(volume, life, "ledger.sqlite"), world: world) {
            [weak self] failure in
            // As `node start` does: last words, and the process is gone.
            self?.end(life, reason: "\(failure)")
        }
        self.store = store
        var setup = NodeSetup(
            node: id, region: registry, signingKey: member.signingKey, boxKey: member.boxKey, store: store,
            transport: SimulatedTransport(
                network: shared.network,
                identity: PeerIdentity(
                    region: shared.region.configuration.region, node: id, certificateSerial: member.serial), life: life),
            listen: tier == .township ? nil : LinkAddress(host: id.rawValue, port: 1), world: world,
            logger: shared.log.logger(of: id.rawValue),
            saveRegion: { [weak self] signed in
                guard let self, life.isAlive else { throw Failure("disk.unwritable", "the process has ended") }
                try self.writeRegion(signed)
            }, services: shared.services)
        setup.tellsItsParent = false
        return try shared.plan.mutant?.changing(setup, of: self, shared: shared) ?? setup
    }

    private func writeRegion(_ signed: SignedRegionConfiguration) throws {
        // As `Disk.write` promises: the old file or the new one, whole and synchronised.
        volume.create(Self.regionFile).write(try signed.wireBytes(), at: 0)
        volume.file(Self.regionFile)?.synchronise()
    }

    private func checkVersion(_ version: UInt64) {
        if version < lastVersion {
            shared.verdict.violation(
                "configuration", "\(id) went back from version \(lastVersion) to \(version)")
        }
        lastVersion = max(lastVersion, version)
    }

    static let regionFile = "region.signed"
}

/// A worker that does everything at once, as long as its process lives.
private struct MortalWorker: Worker {
    let life: Life

    func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard life.isAlive else { throw Failure("storage.broken", "the process has ended") }
        return try body()
    }
}
