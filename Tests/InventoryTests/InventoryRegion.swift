import Calls
import Couriers
import Effects
import Foundation
import Inventory
import Ledgers
import Logging
import Regions
import SQLiteStorage
import ServiceKit
import Synchronization
import Testing

@testable import InventoryKit

/// A region in one process: real ledgers, real intake checks and real call tables, links and time by hand.
final class InventoryRegion: Sendable {
    struct Member: Sendable {
        var context: NodeContext
        var service: InventoryService
        var intake: CourierIntake

        var ledger: Ledger { context.ledger }
    }

    let time = ManualTime()
    let folder: String
    let switchboard = Switchboard()
    private let sample: SampleRegion
    private let keys: SampleKeys
    private let table: MethodTable
    private let world: World
    private let members = Mutex<[NodeID: Member]>([:])

    init(_ sample: SampleRegion) async throws {
        self.sample = sample
        folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-inventory-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let random = SeededRandom(seed: 7)
        world = World(time: time, random: random, disk: MemoryDisk(), makeWorker: { ThreadWorker(name: $0) })
        keys = try SampleKeys(sample, random: random, time: time.wallTime)
        table = try await MethodTable(InventoryService.methods)
        for node in sample.nodes { try await start(node.id) }
    }

    /// Runs a test in a region of its own, whose folder is removed afterwards.
    ///
    /// - Parameter beds: how many the county offers.
    static func run(
        townships: Int = 0, beds: Int = 0, practitioners: [String] = [], _ body: (InventoryRegion) async throws -> Void
    ) async throws {
        let region = try await InventoryRegion(SampleRegion(townships: townships, practitioners: practitioners))
        do {
            if beds > 0 { try await region.offer(beds) }
            if townships == 0 { try await region.settle() }
            try await body(region)
        } catch {
            try await region.close()
            throw error
        }
        try await region.close()
    }

    private func close() async throws {
        for member in members.withLock({ $0.values.map { $0 } }) { try await member.ledger.store.close() }
        try SystemDisk().remove(folder)
    }

    /// Opens a node, new or after `stop`, over what its folder holds.
    func start(_ name: String) async throws {
        let node = try NodeID(name)
        let tier = try #require(sample.nodes.first { $0.id == name }).tier
        let registry = try RegionRegistry(
            rootKey: keys.rootKey.publicKey, initial: keys.signed, sections: [InventorySection.self, AccessRules.self],
            now: time.wallTime)
        let key = try #require(keys.signing[node])
        let store = try SQLiteStore(path: "\(folder)/\(name).sqlite", world: world, onBroken: { _ in })
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: node, store: store, region: registry, key: key, projections: Self.projections, world: world))
        let system = YilianActorSystem(node: node, tier: tier, table: table, world: world)
        let logger = Logger(label: name) { _ in SwiftLogNoOpLogHandler() }
        let context = NodeContext(
            node: node, tier: tier, region: registry, ledger: ledger, system: system,
            patientKeys: PatientKeyring(node: node, region: registry, boxKey: try #require(keys.box[node])),
            signingKey: key, world: world, logger: logger)
        let member = Member(
            context: context, service: try await InventoryService(context),
            intake: CourierIntake(ledger: ledger, region: registry, world: world, logger: logger))
        switchboard.connect(node, system, tree: context.tree)
        members.withLock { $0[node] = member }
    }

    /// Takes a node away, as a crash does: its folder stays.
    func stop(_ name: String) async throws {
        let node = try NodeID(name)
        switchboard.disconnect(node)
        guard let member = members.withLock({ $0.removeValue(forKey: node) }) else { return }
        member.context.system.releaseDesks()
        try await member.ledger.store.close()
        time.advance(milliseconds: 1_000)
    }

    /// A copy of a node's disk, as a backup is: made while it does not run.
    func backUp(_ name: String) async throws {
        try await stop(name)
        for file in try files(of: name) {
            try? FileManager.default.removeItem(atPath: "\(folder)/backup-\(file)")
            try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(folder)/backup-\(file)")
        }
        try await start(name)
    }

    /// Puts the copy in the place of what is there, and starts the node on it.
    func restore(_ name: String) async throws {
        try await stop(name)
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

    static let projections = ProjectionSet(
        [RegionProjection(), GrantProjection(), AuditProjection()] + InventoryService.projections)

    subscript(_ name: String) -> Member {
        get throws { try #require(members.withLock { $0.first { $0.key.rawValue == name }?.value }) }
    }

    func service(_ name: String) throws -> InventoryService { try self[name].service }

    var running: [Member] { members.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
    func member(_ node: NodeID) -> Member? { members.withLock { $0[node] } }
}
