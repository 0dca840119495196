import Edge
package import Effects
import Ledgers
import Links
package import NodeRuntime
package import Regions
import SQLiteStorage
import Storage
import Synchronization

/// A node of a test region: publish, ask, stop, restart, break.
public final class TestNode: Sendable {
    /// The node's id.
    public let id: String
    /// The node's tier: `dispatcher`, `city`, `county` or `township`.
    public let tier: String
    /// Where the node keeps its database and the region configuration that it has.
    public let folder: String
    package let identity: NodeIdentity
    let shared: SharedRegion
    private let running = Mutex<RunningNode?>(nil)

    init(_ tree: TestTree, identity: NodeIdentity, shared: SharedRegion) {
        id = tree.id
        tier = tree.tier.rawValue
        folder = shared.folder + "/" + tree.id
        self.identity = identity
        self.shared = shared
    }

    package var nodeID: NodeID { identity.node }

    /// Whether the node is started and has not failed.
    public var isRunning: Bool { running.withLock { $0 != nil && $0?.failure == nil } }

    /// Why the node ended by itself, if it did.
    public var failure: String? { running.withLock { $0?.failure } }

    /// The version of the region configuration that the node goes by; 0 while it is stopped.
    public var configurationVersion: UInt64 {
        running.withLock { $0?.node.context.region.version } ?? 0
    }

    /// The node itself, for tests of this package.
    ///
    /// - Throws: `testkit.stopped`.
    package var node: YilianNode {
        get throws {
            guard let running = running.withLock({ $0 }) else {
                throw TestFailure("testkit.stopped", "the node is stopped", place: id, remedy: "start it first")
            }
            return running.node
        }
    }

    /// Opens the node on its folder and lets it work; without effect where it runs already.
    public func start() async throws {
        try await start(world: shared.world)
    }

    /// Starts the node with another world than the region's, for faults of clocks and random sources.
    package func start(world: World) async throws {
        guard running.withLock({ $0 == nil }) else { return }
        try await TestFailure.translating {
            let disk = SystemDisk()
            let file = configurationFile
            let registry = try RegionRegistry(
                rootKey: shared.foundry.rootKey.publicKey,
                initial: try SignedRegionConfiguration(wireBytes: try disk.read(file)),
                sections: ServiceList.sections(of: shared.options.services).region,
                now: world.time.wallTime)
            let waiting = folder + "/region.waiting"
            if disk.exists(waiting) {
                try registry.accept(
                    try SignedRegionConfiguration(wireBytes: try disk.read(waiting)), now: world.time.wallTime)
            }
            let store = try SQLiteStore(path: folder + "/ledger.sqlite", world: world, onBroken: { _ in })
            let transport = try shared.links.transport(
                of: identity, roots: shared.foundry.authority.certificatePEM)
            let node = try await YilianNode.open(
                NodeSetup(
                    node: nodeID, region: registry, signingKey: identity.signingKey, boxKey: identity.boxKey,
                    store: shared.options.storing(id, store), transport: transport,
                    listen: tier == Tier.township.rawValue ? nil : TestLinks.address(of: nodeID), world: world,
                    logger: shared.log.logger(of: id),
                    saveRegion: { try disk.write(try $0.wireBytes(), to: file, mode: 0o600) },
                    saveWaitingRegion: { signed in
                        if let signed {
                            try disk.write(try signed.wireBytes(), to: waiting, mode: 0o600)
                        } else {
                            try disk.remove(waiting)
                        }
                    }, services: shared.options.services))
            let started = RunningNode(node, store: store)
            running.withLock { $0 = started }
            try shared.host.start { await started.run() }
        }
    }

    /// Stops the node as its operator does: it says goodbye to its neighbours.
    public func stop() async {
        guard let running = running.withLock({ $0.take() }) else { return }
        await running.stop()
    }

    /// Ends the node as a power cut does, as far as that is possible within one process: its links break without a
    /// goodbye, and whatever it was doing is not finished.
    public func kill() async {
        await shared.isolating(nodeID) { await stop() }
    }

    /// Stops the node and starts it again on what lies in its folder.
    public func restart() async throws {
        await stop()
        try await start()
    }

    /// Lets listeners work as long as the node does.
    func serve(_ edge: HospitalEdge) throws {
        guard let running = running.withLock({ $0 }) else {
            throw TestFailure("testkit.stopped", "the node is stopped", place: id, remedy: "start it first")
        }
        let ended = running.add(edge)
        let log = shared.log.logger(of: id)
        do {
            try shared.host.start {
                do {
                    try await edge.run()
                } catch {
                    log.error("the listeners ended", metadata: ["reason": "\(error)"])
                }
                ended.wake()
            }
        } catch {
            ended.wake()
            throw error
        }
    }

    var configurationFile: String { folder + "/region.signed" }

    func makeFolder(_ configuration: SignedRegionConfiguration) throws {
        let disk = SystemDisk()
        try disk.createDirectory(folder, mode: 0o700)
        try disk.write(try configuration.wireBytes(), to: configurationFile, mode: 0o600)
    }
}
