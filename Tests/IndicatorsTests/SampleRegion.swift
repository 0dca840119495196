import Calls
import Effects
import Ledgers
import Logging
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Testing
import Trust
import Wire

@testable import Indicators

/// A region of seven nodes whose ledgers are carried by hand: dispatcher, city, two counties, three townships.
final class SampleRegion: Sendable {
    static let root = node("root")
    static let city = node("city")
    static let east = node("east")
    static let west = node("west")
    static let hill = node("hill")
    static let vale = node("vale")
    static let dale = node("dale")
    static let all = [root, city, east, west, hill, vale, dale]

    let registry: RegionRegistry
    let time: ManualTime
    private let keys: [NodeID: SigningKey]
    private let random: SeededRandom
    private let folder: String

    /// - Parameter moving: a township that moves from `east` to `west` at a moment.
    init(
        seed: UInt64 = 1, now: String = "2026-11-21T10:00:00+08:00", moving: (township: NodeID, at: WallTime)? = nil,
        indicators: [IndicatorChoice] = []
    ) throws {
        let random = SeededRandom(seed: seed)
        self.random = random
        time = ManualTime(wallTime: try WallTime(text: now))
        let rootKey = try Suite.ed25519.makeSigningKey(random: random)
        var keys: [NodeID: SigningKey] = [:]
        for node in Self.all { keys[node] = try Suite.ed25519.makeSigningKey(random: random) }
        self.keys = keys
        var configuration = try Self.configuration(keys, edges: Self.edges(moving: moving))
        configuration.indicators = indicators
        registry = try RegionRegistry(
            rootKey: rootKey.publicKey, initial: try RegionRegistry.sign(configuration, with: rootKey),
            sections: [IndicatorsSection.self], now: time.wallTime)
        folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-indicators-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    /// Opens a node; opening the same name again finds what it left.
    func open(_ node: NodeID, name: String? = nil, delaySeconds: UInt32 = 3_600) async throws -> SampleNode {
        let world = World(time: time, random: random, disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })
        let store = try SQLiteStore(
            path: folder + "/" + (name ?? node.rawValue) + ".sqlite", world: world, onBroken: { _ in })
        let key = try #require(keys[node])
        let projections: [any Projection] =
            [GrantProjection(), SampleKind(), FactProjection([.sample])] + IndicatorsService.projections
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: node, store: store, region: registry, key: key, projections: ProjectionSet(projections),
                world: world))
        let tier = try Self.tier(of: node)
        let context = NodeContext(
            node: node, tier: tier, region: registry, ledger: ledger,
            system: YilianActorSystem(
                node: node, tier: tier, table: try await MethodTable(IndicatorsService.methods), world: world),
            patientKeys: PatientKeyring(
                node: node, region: registry, boxKey: try Suite.ed25519.makeBoxKey(random: random)),
            signingKey: key, definitions: FactRule.sample.definitions, world: world,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let service = try await IndicatorsService(context, schedule: ClosingSchedule(delaySeconds: delaySeconds))
        return SampleNode(ledger: ledger, service: service)
    }

    static func node(_ name: String) -> NodeID {
        guard let id = NodeID(rawValue: name) else { preconditionFailure("a name of this file is no node id") }
        return id
    }

    static func tier(of node: NodeID) throws -> Tier {
        switch node {
        case root: .dispatcher
        case city: .city
        case east, west: .county
        default: .township
        }
    }

    static func edges(moving: (township: NodeID, at: WallTime)?) -> [ManagementEdge] {
        let parents = [city: root, east: city, west: city, hill: east, vale: east, dale: west]
        return parents.sorted { $0.key < $1.key }.flatMap { child, parent in
            guard let moving, moving.township == child else {
                return [ManagementEdge(child: child, parent: parent, from: .epoch)]
            }
            return [
                ManagementEdge(child: child, parent: parent, from: .epoch, to: moving.at),
                ManagementEdge(child: child, parent: parent == east ? west : east, from: moving.at),
            ]
        }
    }

    private static func configuration(
        _ keys: [NodeID: SigningKey], edges: [ManagementEdge]
    ) throws -> RegionConfiguration {
        let divisions = [root: "140300", city: "140300", east: "140321", hill: "140321107", vale: "140321107"]
        var units: [OrganizationUnit] = []
        var nodes: [RegionNode] = []
        for (node, key) in keys.sorted(by: { $0.key < $1.key }) {
            let tier = try tier(of: node)
            let division = try DivisionCode(divisions[node] ?? "140322")
            let unit = try OrgUnitID("unit-" + node.rawValue)
            units.append(
                OrganizationUnit(
                    id: unit, name: node.rawValue, division: division, tier: tier, kind: .hospital, node: node))
            nodes.append(
                RegionNode(
                    id: node, name: "name of \(node)", tier: tier, organizationUnit: unit, division: division,
                    ledgerKeys: [LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)]))
        }
        return RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch, organizationUnits: units,
            nodes: nodes, management: edges)
    }
}
