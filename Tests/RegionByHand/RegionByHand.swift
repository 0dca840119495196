import Calls
package import Couriers
package import Effects
import Foundation
package import Ledgers
import Logging
package import Regions
import SQLiteStorage
package import ServiceKit
import Synchronization
import WorkflowKit

/// A region of one service in one process: real ledgers, real intake checks and real call tables, links and time by hand.
package final class RegionByHand<Service: NodeService>: Sendable {
    package struct Member: Sendable {
        package var context: NodeContext
        package var service: Service
        package var intake: CourierIntake
        fileprivate var courierDesk: CourierDesk

        package var ledger: Ledger { context.ledger }
    }

    package let time = ManualTime()
    package let folder: String
    package let switchboard = Switchboard()
    /// What is due at a node, done once.
    let round: @Sendable (Member) async throws -> Void
    private let keys: RegionKeys
    private let table: MethodTable
    private let projections: ProjectionSet
    private let world: World
    private let members = Mutex<[NodeID: Member]>([:])

    /// Makes the nodes of a configuration, each over an empty folder.
    ///
    /// - Parameter epochs: how many seconds after the beginning each further epoch of patient keys begins.
    package init(
        projections: ProjectionSet, epochs: [Int64] = [], configuration: (WallTime) throws -> RegionConfiguration,
        round: @escaping @Sendable (Member) async throws -> Void
    ) async throws {
        folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp")
            + "/yilian-\(Service.serviceName)-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let random = SeededRandom(seed: 7)
        world = World(time: time, random: random, disk: MemoryDisk(), makeWorker: { ThreadWorker(name: $0) })
        let unsigned = try configuration(time.wallTime)
        let beginning = time.wallTime
        keys = try RegionKeys(
            unsigned, epochs: [.epoch] + epochs.map { beginning.advanced(byMilliseconds: $0 * 1_000) }, random: random)
        table = try await MethodTable(Service.methods + CourierMethods.all)
        self.projections = projections
        self.round = round
        for node in unsigned.nodes { try await start(node.id.rawValue) }
    }

    /// Runs a test in a region, whose folder is removed afterwards.
    package func use(_ body: (RegionByHand) async throws -> Void) async throws {
        do {
            try await body(self)
        } catch {
            try await close()
            throw error
        }
        try await close()
    }

    private func close() async throws {
        for member in members.withLock({ $0.values.map { $0 } }) { try await member.ledger.store.close() }
        try SystemDisk().remove(folder)
    }

    /// Opens a node, new or after `stop`, over what its folder holds.
    ///
    /// - Parameter settings: what the node's file says.
    package func start(_ name: String, settings: NodeFileSections = NodeFileSections()) async throws {
        let node = try NodeID(name)
        let registry = try RegionRegistry(
            rootKey: keys.rootKey.publicKey, initial: keys.signed,
            sections: [AccessRules.self, RosterSection.self] + Service.regionSections, now: time.wallTime)
        guard let tier = registry.current.nodes.first(where: { $0.id == node })?.tier,
            let key = keys.signing[node], let boxKey = keys.box[node]
        else { throw Failure("test.unknownNode", "the region has no such node", place: name) }
        let store = try SQLiteStore(path: "\(folder)/\(name).sqlite", world: world, onBroken: { _ in })
        let ledger = try await Ledger.open(
            Ledger.Setup(node: node, store: store, region: registry, key: key, projections: projections, world: world))
        let system = YilianActorSystem(node: node, tier: tier, table: table, world: world)
        let logger = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        let context = NodeContext(
            node: node, tier: tier, region: registry, ledger: ledger, system: system,
            patientKeys: PatientKeyring(node: node, region: registry, boxKey: boxKey), signingKey: key,
            settings: settings, purposes: PurposeList([Service.self]), world: world, logger: logger)
        let intake = CourierIntake(ledger: ledger, region: registry, world: world, logger: logger)
        let courierDesk = CourierDesk(
            intake: intake, ledger: ledger, region: registry, world: world,
            acceptRegion: { _, _ in registry.newestVersion }, readAllTheWay: { [] }, actorSystem: system)
        let member = Member(
            context: context, service: try await Service(context), intake: intake, courierDesk: courierDesk)
        switchboard.connect(node, system, tree: context.tree)
        members.withLock { $0[node] = member }
    }

    /// Takes a node away, as a crash does: its folder stays.
    package func stop(_ name: String) async throws {
        let node = try NodeID(name)
        switchboard.disconnect(node)
        guard let member = members.withLock({ $0.removeValue(forKey: node) }) else { return }
        member.context.system.releaseDesks()
        try await member.ledger.store.close()
    }

    /// A copy of a node's disk, as a backup is: made while it does not run.
    package func backUp(_ name: String) async throws {
        try await stop(name)
        for file in try files(of: name) {
            try? FileManager.default.removeItem(atPath: "\(folder)/backup-\(file)")
            try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(folder)/backup-\(file)")
        }
        try await start(name)
    }

    /// Puts the copy in the place of what is there, and starts the node on it, a second later.
    package func restore(_ name: String) async throws {
        try await stop(name)
        time.advance(milliseconds: 1_000)
        for file in try files(of: name) { try FileManager.default.removeItem(atPath: "\(folder)/\(file)") }
        for file in try files(of: "backup-\(name)") {
            try FileManager.default.copyItem(
                atPath: "\(folder)/\(file)", toPath: "\(folder)/\(file.dropFirst("backup-".count))")
        }
        try await start(name)
    }

    private func files(of name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("\(name).sqlite") }
    }

    package subscript(_ name: String) -> Member {
        get throws {
            guard let found = members.withLock({ $0.first { $0.key.rawValue == name }?.value }) else {
                throw Failure("test.unknownNode", "no such node runs", place: name)
            }
            return found
        }
    }

    package func service(_ name: String) throws -> Service { try self[name].service }

    package var running: [Member] { members.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
    package func member(_ node: NodeID) -> Member? { members.withLock { $0[node] } }
}
