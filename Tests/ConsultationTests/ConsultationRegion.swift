import Calls
import Couriers
import Effects
import Ledgers
import Logging
import Regions
import SQLiteStorage
import ServiceKit
import Synchronization
import Testing
import WorkflowKit

@testable import Consultation

/// A region in one process: real ledgers, real intake checks and real call tables, links and time by hand.
final class ConsultationRegion: Sendable {
    struct Member: Sendable {
        var context: NodeContext
        var service: ConsultationService
        var intake: CourierIntake

        var ledger: Ledger { context.ledger }
        var watch: ConsultationWatch { ConsultationWatch(context: context) }
    }

    let time = ManualTime()
    let folder: String
    let switchboard = Switchboard()
    private let keys: SampleKeys
    private let table: MethodTable
    private let world: World
    private let members = Mutex<[NodeID: Member]>([:])

    init(experts: SampleRegion.Experts = .usual) async throws {
        folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-consultation-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
        let random = SeededRandom(seed: 7)
        world = World(time: time, random: random, disk: MemoryDisk(), makeWorker: { ThreadWorker(name: $0) })
        keys = try SampleKeys(
            experts: experts, random: random, time: time.wallTime)
        table = try await MethodTable(ConsultationService.methods)
        for node in SampleRegion.nodes { try await start(node.id) }
    }

    /// Runs a test in a region of its own, whose folder is removed afterwards.
    static func run(
        experts: SampleRegion.Experts = .usual, _ body: (ConsultationRegion) async throws -> Void
    ) async throws {
        let region = try await ConsultationRegion(experts: experts)
        do {
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
    ///
    /// - Parameter experts: those whom the node's file names.
    func start(_ name: String, experts: [String]? = nil) async throws {
        let node = try NodeID(name)
        let tier = try #require(SampleRegion.nodes.first { $0.id == name }).tier
        let registry = try RegionRegistry(
            rootKey: keys.rootKey.publicKey, initial: keys.signed,
            sections: [AccessRules.self, ConsultationSection.self],
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
            signingKey: key, settings: NodeFileSections([ExpertsHere(experts: experts)]),
            purposes: PurposeList([ConsultationService.self]), world: world, logger: logger)
        let member = Member(
            context: context, service: try await ConsultationService(context),
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
    }

    static let projections = ProjectionSet(
        [RegionProjection(), GrantProjection(), AuditProjection(), CaseTables()] + ConsultationService.projections
            + [FactProjection(ConsultationService.facts)])

    subscript(_ name: String) -> Member {
        get throws { try #require(members.withLock { $0.first { $0.key.rawValue == name }?.value }) }
    }

    func service(_ name: String) throws -> ConsultationService { try self[name].service }

    var running: [Member] { members.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }
    func member(_ node: NodeID) -> Member? { members.withLock { $0[node] } }
}
