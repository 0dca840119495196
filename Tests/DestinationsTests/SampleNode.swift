import Calls
import Effects
import HL7
import Ledgers
import Logging
import Regions
import SQLiteStorage
import ServiceKit
import Storage
import Synchronization
import Testing
import Trust

@testable import Destinations

/// One township node with destinations and a source of its own, on a disk, with time by hand.
final class SampleNode: Sendable {
    static let unit = "hill-wsy"

    let time: ManualTime
    let folder: String
    private let registry: RegionRegistry
    private let key: SigningKey
    private let random: SeededRandom
    private let destinations: [Destination]

    init(_ destinations: [Destination], time: ManualTime = ManualTime()) throws {
        self.destinations = destinations
        self.time = time
        random = SeededRandom(seed: 11)
        key = try Suite.ed25519.makeSigningKey(random: random)
        let rootKey = try Suite.ed25519.makeSigningKey(random: random)
        registry = try RegionRegistry(
            rootKey: rootKey.publicKey, initial: try RegionRegistry.sign(try Self.configuration(key), with: rootKey),
            sections: [], now: time.wallTime)
        folder =
            (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-destinations-\(SystemRandom().next())"
        try SystemDisk().createDirectory(folder, mode: 0o700)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    /// The node as a start finds it; what an earlier one left is there.
    ///
    /// - Parameter others: what the node's file names now.
    func open(with others: [Destination]? = nil) async throws -> DestinationsService {
        let node = try NodeID("hill")
        let world = World(time: time, random: random, disk: SystemDisk(), makeWorker: { ThreadWorker(name: $0) })
        let store = try SQLiteStore(path: folder + "/ledger.db", world: world, onBroken: { _ in })
        let projections: [any Projection] = [SampleOutbox(), OperatorActProjection()] + DestinationsService.projections
        let ledger = try await Ledger.open(
            Ledger.Setup(
                node: node, store: store, region: registry, key: key, projections: ProjectionSet(projections),
                world: world))
        let context = NodeContext(
            node: node, tier: .township, region: registry, ledger: ledger,
            system: YilianActorSystem(node: node, tier: .township, table: try await MethodTable([]), world: world),
            patientKeys: PatientKeyring(
                node: node, region: registry, boxKey: try Suite.ed25519.makeBoxKey(random: random)),
            signingKey: key, settings: NodeFileSections([DestinationsSection(destinations: others ?? destinations)]),
            world: world, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        return try await DestinationsService(context)
    }

    private static func configuration(_ key: SigningKey) throws -> RegionConfiguration {
        let node = try NodeID("hill")
        let unit = try OrgUnitID(Self.unit)
        let division = try DivisionCode("140321107")
        return RegionConfiguration(
            region: try RegionID("sample"), name: "示例", version: 1, validFrom: .epoch,
            organizationUnits: [
                OrganizationUnit(
                    id: unit, name: "示例卫生院", division: division, tier: .township, kind: .hospital, node: node)
            ],
            nodes: [
                RegionNode(
                    id: node, name: "示例节点", tier: .dispatcher, organizationUnit: unit, division: division,
                    ledgerKeys: [LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)])
            ], management: [])
    }
}

extension Destination {
    /// A system of the sample unit.
    static func sample(
        _ name: String = "his", port: UInt16 = 2_575, wants: Set<OutgoingKind> = [.reports],
        bounds: Bounds = Bounds()
    ) throws -> Destination {
        Destination(
            name: name, institution: .unit(try OrgUnitID(SampleNode.unit)),
            way: .mllp(
                MLLPReceiver(
                    address: NetworkAddress(host: "127.0.0.1", port: port), application: "HIS", facility: "HILL")),
            wants: wants, bounds: bounds)
    }
}

/// The table of the tests' own source.
struct SampleOutbox: Projection {
    let name = "sampleOutbox"
    let declared: [DeclaredKind] = []
    let tables: [StaticString] = []
    let migrations = [
        Migration(
            "sampleOutbox", 1,
            [
                """
                CREATE TABLE sample_outbox (position BIGINT NOT NULL PRIMARY KEY, patient TEXT NOT NULL,
                    is_held BIGINT NOT NULL, is_told BIGINT NOT NULL)
                """
            ])
    ]

    func fold(_ entry: Entry, in transaction: any SQLTransaction, context: FoldContext) throws {}
}

/// Whatever the tests want to go out: number and patient, or several names of one with blanks between them.
struct SampleSource: OutgoingSource {
    let ledger: Ledger
    /// What happens where some messages are made.
    var problem: (keys: Set<String>, error: any Error)?
    private let askings = Askings()

    init(ledger: Ledger) { self.ledger = ledger }

    var reads: Set<LedgerPart> { [.table("sample_outbox")] }

    /// How often somebody wanted to know what a message says.
    var asked: Int { askings.count.load(ordering: .relaxed) }

    private final class Askings: Sendable {
        let count = Atomic(0)
    }

    /// - Parameter isHeld: whether they came long after they were written.
    func add(_ messages: [(number: Int64, patient: String)], isHeld: Bool = false) async throws {
        try await ledger.write(lane: .clinical) { transaction in
            for message in messages {
                try transaction.sql.execute(
                    """
                    INSERT INTO sample_outbox (position, patient, is_held, is_told) VALUES ($1, $2, $3, 0)
                    ON CONFLICT (position) DO UPDATE SET is_told = 0
                    """, [message.number, message.patient, isHeld])
            }
        }
    }

    var dueCount: Int {
        get async throws { try await dueMessages(after: .min, limit: 1_000).count }
    }

    func dueMessages(after position: Int64, limit: Int) async throws -> [OutgoingNotice] {
        try await ledger.read { sql in
            try sql.rows(
                """
                SELECT position, patient FROM sample_outbox WHERE is_held = 0 AND is_told = 0 AND position > $1
                ORDER BY position LIMIT $2
                """, [position, limit]
            ).map(Self.notice)
        }
    }

    func message(_ key: String) async throws -> OutgoingNotice? {
        guard let number = Int64(key.dropFirst()) else { return nil }
        return try await ledger.read { sql in
            try sql.row("SELECT position, patient FROM sample_outbox WHERE position = $1", [number]).map(Self.notice)
        }
    }

    private static func notice(_ row: SQLRow) throws -> OutgoingNotice {
        OutgoingNotice(
            key: "m\(try row.integer(0))", kind: .reports, institution: SampleNode.unit,
            patients: try row.text(1).split(separator: " ").map(String.init), position: try row.integer(0))
    }

    func content(of notice: OutgoingNotice, for systems: [String]) async throws -> OutgoingContent? {
        askings.count.wrappingAdd(1, ordering: .relaxed)
        if let problem, problem.keys.contains(notice.key) { throw problem.error }
        return OutgoingContent(
            hl7: { header in
                "MSH|^~\\&|YILIAN|HILL|\(header.application)|\(header.facility)|20261130||ORU^R01|\(header.controlID)|P|2.5.1"
                    + "\rPID|1||\(notice.patients.joined(separator: "~"))\rOBX|1|ST|\(notice.key)||心电图\r"
            },
            fhir: .init(
                target: "DiagnosticReport?identifier=\(notice.key)",
                body: Array("{\"resourceType\":\"DiagnosticReport\"}".utf8)))
    }

    func mark(_ notice: OutgoingNotice, in transaction: LedgerTransaction) throws {
        try transaction.sql.execute("UPDATE sample_outbox SET is_told = 1 WHERE position = $1", [notice.position])
    }

    func heldMessages() async throws -> [HeldMessages] {
        let count = try await ledger.read { sql in
            try sql.row("SELECT COUNT(*) FROM sample_outbox WHERE is_held = 1 AND is_told = 0", []).map {
                try $0.integer(0)
            }
        }
        guard let count, count > 0 else { return [] }
        return [HeldMessages(kind: .reports, count: Int(count), first: .epoch, last: .epoch)]
    }

    /// The time of a message is its number in days.
    func settleHeld(
        _ kind: OutgoingKind, asDue: Bool, since time: WallTime, in transaction: LedgerTransaction
    ) throws -> Int {
        try transaction.sql.execute(
            "UPDATE sample_outbox SET is_held = 0, is_told = $1 WHERE is_held = 1 AND is_told = 0 AND position >= $2",
            [asDue ? 0 : 1, time.milliseconds / 86_400_000])
    }
}
