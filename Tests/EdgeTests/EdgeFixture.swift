import EdgeKit
import Effects
import Ledgers
import Links
import Logging
import NodeRuntime
import Recognition
import RecognitionEdge
import Regions
import SQLiteStorage
import ServiceKit
import Testing
import Trust

@testable import Edge

/// A region with one node that is there, and its hospital, on a real disk.
final class EdgeFixture: Sendable {
    static let unit = "county-hospital"
    static let institutionCode = "PDY10001X140321A1001"

    let node: YilianNode
    let world: World
    let folder: String
    let authority: RegionAuthority
    let certificate: EdgeCertificate
    let intake: MessageIntake
    let logger: Logger

    private init(
        node: YilianNode, world: World, folder: String, authority: RegionAuthority, certificate: EdgeCertificate,
        logger: Logger
    ) throws {
        self.node = node
        self.world = world
        self.folder = folder
        self.authority = authority
        self.certificate = certificate
        self.logger = logger
        intake = try MessageIntake(node: node, logger: logger)
    }

    deinit {
        // A folder that stays behind in /tmp fails no test.
        try? SystemDisk().remove(folder)
    }

    /// - Parameters:
    ///   - tier: a city's node asks nobody above it; a county's node asks a city that is never there.
    ///   - recognition: what the region has agreed about mutual recognition.
    static func open(tier: Tier = .city, recognition: RecognitionRules = .none) async throws -> EdgeFixture {
        let world = World.system
        let folder = (ProcessImage.environment("YILIAN_TEST_FOLDER") ?? "/tmp") + "/yilian-edge-\(world.random.next())"
        try world.disk.createDirectory(folder, mode: 0o700)
        var logger = Logger(label: "edge-tests")
        logger.logLevel = .critical
        let suite = Trust.Suite.ed25519
        let name = try NodeID("hospital")
        let key = try suite.makeSigningKey(random: world.random)
        let box = try suite.makeBoxKey(random: world.random)
        let rootKey = try suite.makeSigningKey(random: world.random)
        var configuration = try configuration(node: name, tier: tier, key: key, box: box, world: world)
        configuration.recognition = recognition
        let region = try RegionRegistry(
            rootKey: rootKey.publicKey, initial: try RegionRegistry.sign(configuration, with: rootKey),
            sections: ServiceList.sections.region, now: world.time.wallTime)
        let network = MemoryNetwork(time: world.time)
        let identity = PeerIdentity(region: configuration.region, node: name, certificateSerial: "1")
        let store = try SQLiteStore(path: folder + "/ledger.sqlite", world: world, onBroken: { _ in })
        let node = try await YilianNode.open(
            NodeSetup(
                node: name, region: region, signingKey: key, boxKey: box, store: store,
                transport: network.transport(as: identity), world: world, logger: logger))
        let authority = try RegionAuthority.create(regionID: "sample", world: world)
        let issued = try authority.issue(node: "hospital", world: world)
        return try EdgeFixture(
            node: node, world: world, folder: folder, authority: authority,
            certificate: EdgeCertificate(
                certificatePEM: Array(issued.certificatePEM.utf8), keyPEM: Array(issued.keyPEM.utf8)), logger: logger)
    }

    private static func configuration(
        node: NodeID, tier: Tier, key: SigningKey, box: BoxKey, world: World
    ) throws -> RegionConfiguration {
        let region = try RegionID("sample")
        let division = try DivisionCode("140300")
        let secret = PatientKeySecret(epoch: 1, suite: .ed25519, random: world.random)
        let sealed = try box.publicKey.seal(
            secret.bytes, context: PatientKeyring.sealContext(region: region, epoch: 1))
        let record = LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)
        var members: [(id: NodeID, unit: String, tier: Tier)] = [(try NodeID("root"), "foreign-hospital", .dispatcher)]
        if tier == .county { members.append((try NodeID("above"), "city-unit", .city)) }
        members.append((node, unit, tier))
        var units = try members.map { member in
            OrganizationUnit(
                id: try OrgUnitID(member.unit), name: member.unit, division: division, tier: member.tier,
                kind: .hospital, node: member.id)
        }
        // Another institution that delivers to the same node.
        units.append(
            OrganizationUnit(
                id: try OrgUnitID("other-hospital"), name: "other-hospital", division: division, tier: tier,
                kind: .hospital, node: node))
        let nodes = zip(members, units).map { member, unit in
            RegionNode(
                id: member.id, name: member.unit, tier: member.tier, organizationUnit: unit.id, division: division,
                ledgerKeys: member.id == node ? [record] : [],
                boxPublicKey: member.id == node ? box.publicKey.bytes : nil)
        }
        let edges = zip(members.dropFirst(), members).map { child, parent in
            ManagementEdge(child: child.id, parent: parent.id, from: .epoch)
        }
        return RegionConfiguration(
            region: region, name: "示例", version: 1, validFrom: .epoch, organizationUnits: units, nodes: nodes,
            management: edges,
            patientKeyEpochs: [PatientKeyEpoch(epoch: 1, from: .epoch, encryptedSecrets: [node: sealed])])
    }

    /// An intake that puts reports somewhere else.
    func intake(_ change: (inout ReportStore) -> Void) throws -> MessageIntake {
        let recognition = try node.service(RecognitionService.self)
        var store = ReportStore(recognition)
        change(&store)
        var registry = HandlerRegistry(failures: .edge)
        try RecognitionHandlers.register(with: &registry, of: node, recognition, store: store)
        return MessageIntake(node: node, registry: registry, logger: logger)
    }

    var reference: InstitutionReference {
        get throws { .unit(try OrgUnitID(Self.unit)) }
    }

    var principal: Principal { Principal(system: "test", institution: Self.unit) }

    func listener(clients: [String] = ["127.0.0.1"], tls: ListenerTLS? = nil) throws -> MLLPListener {
        MLLPListener(
            listen: NetworkAddress(host: "127.0.0.1", port: 0), institution: try reference,
            clients: try clients.map { try AddressRange($0) }, tls: tls)
    }

    /// Runs an edge for as long as `body` does.
    @discardableResult
    func withEdge<Value>(
        intake: MessageIntake? = nil, mllp: [MLLPListener] = [], https: HTTPSListener? = nil, doors: DoorBoard? = nil,
        limits: HospitalEdge.Limitations = HospitalEdge.Limitations(),
        _ body: (HospitalEdge, HospitalEdge.Addresses) async throws -> Value
    ) async throws -> Value {
        let folder = folder
        let edge = try await HospitalEdge.open(
            node: node, intake: intake, mllp: mllp, https: https, certificate: certificate,
            resolve: { folder + "/" + $0 },
            world: world, logger: logger, doors: doors, limits: limits)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await edge.run() }
            let value = try await body(edge, try await edge.addresses)
            edge.stop()
            try await group.next()
            return value
        }
    }

    func door(_ limits: ListenerLimits = .mllp) -> ListenerDoor {
        DoorBoard(time: world.time, logger: logger).door("test", limits)
    }

    func write(_ text: String, to name: String, mode: UInt32 = 0o600) throws {
        try world.disk.write(text, to: folder + "/" + name, mode: mode)
    }
}

/// Messages written for these tests.
enum ORU {
    static func text(
        id: String = "M1", filler: String = "F1", value: String = "0.50", status: String = "F",
        resultStatus: String = "F", processing: String = "P", accept: String = "", application: String = "",
        patient: String = "P1^^^HOSPITAL^PI", lineEnd: String = "\r"
    ) -> String {
        [
            "MSH|^~\\&|LIS|HOSPITAL|YILIAN|COUNTY|20261119090000+0800||ORU^R01^ORU_R01|\(id)|\(processing)|2.5.1|||"
                + "\(accept)|\(application)||UNICODE UTF-8",
            "PID|1||\(patient)||张三||19820719|M",
            "OBR|1||\(filler)|XT^血糖^L|||20261119081500+0800|||||||||||||||20261119085900+0800||LAB|\(status)",
            "OBX|1|NM|GLU^葡萄糖^L||\(value)|mmol/L|3.9-6.1|N|||\(resultStatus)",
        ].map { $0 + lineEnd }.joined()
    }

    static func bytes(
        id: String = "M1", filler: String = "F1", value: String = "0.50", status: String = "F",
        resultStatus: String = "F"
    ) -> [UInt8] {
        Array(text(id: id, filler: filler, value: value, status: status, resultStatus: resultStatus).utf8)
    }
}

extension IntakeResult {
    var text: String { String(decoding: answer, as: UTF8.self) }

    /// MSA-1 of each acknowledgement.
    var codes: [String] {
        answers.map { answer in
            let lines = String(decoding: answer, as: UTF8.self).split(separator: "\r")
            let fields = lines.first { $0.hasPrefix("MSA") }?.split(separator: "|", omittingEmptySubsequences: false)
            return fields.map { String($0[1]) } ?? "none"
        }
    }
}
