import Effects
import Regions
import SQLiteStorage
import Storage
import Testing
import Trust
import Wire

@testable import Ledgers

/// A region of seven nodes with keys: dispatcher, city, two counties, three townships.
final class Fixture: Sendable {
    static let root = node("root")
    static let city = node("city")
    static let east = node("east")
    static let west = node("west")
    static let hill = node("hill")
    static let vale = node("vale")
    static let dale = node("dale")
    static let parents: [NodeID: NodeID] = [
        city: root, east: city, west: city, hill: east, vale: east, dale: west,
    ]

    let suite: Trust.Suite
    let rootKey: SigningKey
    let keys: [NodeID: SigningKey]
    let registry: RegionRegistry
    let time: ManualTime
    let random: SeededRandom
    let folder: String

    /// - Parameter hillKey: the key of one township, where a test needs one that never changes.
    init(_ id: SuiteID = .ed25519, seed: UInt64 = 1, hillKey: SigningKey? = nil) throws {
        let suite = Trust.Suite(id)
        try suite.checkAvailable()
        self.suite = suite
        let random = SeededRandom(seed: seed)
        self.random = random
        rootKey = try suite.makeSigningKey(random: random)
        var keys: [NodeID: SigningKey] = [:]
        for node in [Self.root, Self.city, Self.east, Self.west, Self.hill, Self.vale, Self.dale] {
            keys[node] = try suite.makeSigningKey(random: random)
        }
        if let hillKey { keys[Self.hill] = hillKey }
        self.keys = keys
        time = ManualTime()
        let configuration = try Self.configuration(suite: suite, keys: keys)
        registry = try RegionRegistry(
            rootKey: rootKey.publicKey, initial: try RegionRegistry.sign(configuration, with: rootKey),
            sections: [], now: time.wallTime)
        folder = (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-ledgers-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    var world: World {
        World(time: time, random: random, disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })
    }

    /// Opens the ledger of a node; a second opening of the same name finds what the first left.
    func open(
        _ node: NodeID, name: String? = nil, projections: [any Projection] = [NoteProjection()],
        world: World? = nil, codec: Codec = .zlib
    ) async throws -> Ledger {
        let world = world ?? self.world
        let store = try Self.store(path(name ?? node.rawValue), world: world)
        return try await Ledger.open(
            Ledger.Setup(
                node: node, store: store, region: registry, key: try key(node),
                projections: ProjectionSet([GrantProjection()] + projections), world: world, codec: { codec }))
    }

    static func store(_ path: String, world: World) throws -> any Store {
        try SQLiteStore(path: path, world: world, onBroken: { _ in })
    }

    func path(_ name: String) -> String { folder + "/" + name + ".sqlite" }

    func key(_ node: NodeID) throws -> SigningKey { try #require(keys[node]) }

    func sealer(_ node: NodeID, codec: Codec = .zlib) throws -> BatchSealer {
        BatchSealer(suite: suite, key: try key(node), random: random, codec: codec, level: 6)
    }

    /// Seals a batch by hand, as a program that is not ours could.
    func seal(
        _ drafts: [EntryDraft], as identity: BatchIdentity, previous: Digest? = nil, codec: Codec = .zlib
    ) throws -> BatchSealer.Result {
        let entries = drafts.enumerated().map { index, draft in
            BatchSealer.Waiting(id: EntryID(batch: identity, index: UInt32(index)), draft: draft, time: time.wallTime)
        }
        return try sealer(identity.chain.author, codec: codec)
            .seal(entries, identity: identity, previous: previous, continuedFrom: nil)
    }

    var inspector: BatchInspector { BatchInspector(keys: registry) }

    func inspected(_ batch: SealedBatch) throws -> InspectedBatch {
        try inspector.inspect(batch, receivedTime: time.wallTime)
    }

    static func node(_ name: String) -> NodeID {
        guard let id = NodeID(rawValue: name) else { preconditionFailure("a name of this file is no node id") }
        return id
    }

    static func chain(_ node: NodeID, _ lane: Lane = .bulk, incarnation: UInt64 = 7) -> ChainIdentity {
        ChainIdentity(author: node, incarnation: incarnation, lane: lane)
    }

    static func configuration(
        suite: Trust.Suite, keys: [NodeID: SigningKey], version: UInt64 = 1, name: String = "示例"
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
                    id: node, name: node.rawValue, tier: tier, organizationUnit: unit, division: division,
                    ledgerKeys: [
                        LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)
                    ]))
        }
        return RegionConfiguration(
            region: try RegionID("sample"), name: name, version: version, suite: suite.id.rawValue, validFrom: .epoch,
            organizationUnits: units, nodes: nodes,
            management: parents.filter { keys[$0.key] != nil }.sorted { $0.key < $1.key }
                .map { ManagementEdge(child: $0.key, parent: $0.value, from: .epoch) })
    }

    static func tier(of node: NodeID) throws -> Tier {
        switch node {
        case root: .dispatcher
        case city: .city
        case east, west: .county
        default: .township
        }
    }
}

extension Fixture {
    static let lanes = Lane.allCases

    /// Copies a closed store's files, as a backup of the folder would.
    func copyStore(_ name: String, to copy: String) throws {
        let disk = SystemDisk()
        for suffix in ["", "-wal"] where disk.exists(path(name) + suffix) {
            let bytes = try disk.read(path(name) + suffix, limitBytes: 1 << 26)
            try disk.write(bytes, to: path(copy) + suffix, mode: 0o600)
        }
    }
}
