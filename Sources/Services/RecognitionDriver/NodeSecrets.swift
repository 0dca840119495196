import Effects
import Foundation
import Ledgers
import Regions
import ServiceKit
import Trust

/// What one node of the measured region starts from; lies in its folder for as long as a run takes.
struct NodeSecrets: Codable, Sendable {
    var suite: SuiteID
    var rootKey: [UInt8]
    var signingKey: [UInt8]
    var boxKey: [UInt8]
    var certificate: String
    var certificateKey: String
    var authority: String
    /// The signed region configuration.
    var region: [UInt8]

    static let county = "county"
    static let township = "township"
    private static let fileName = "/secrets.json"

    static func read(_ folder: String, disk: any Disk) throws -> NodeSecrets {
        try JSONDecoder().decode(NodeSecrets.self, from: Data(try disk.read(folder + fileName)))
    }

    /// Those of a node that `yilian cert issue` made, from its data folder.
    static func read(dataFolder: String, disk: any Disk) throws -> NodeSecrets {
        let rootKey = try KeyFile.publicKey(at: dataFolder + "/region.pub", disk: disk)
        return NodeSecrets(
            suite: rootKey.suite.id, rootKey: rootKey.bytes,
            signingKey: try KeyFile.signingKey(at: dataFolder + "/ledger.key", disk: disk).privateBytes,
            boxKey: try KeyFile.boxKey(at: dataFolder + "/box.key", disk: disk).privateBytes,
            certificate: try disk.readText(dataFolder + "/tls.crt"),
            certificateKey: try PrivateFile.read(dataFolder + "/tls.key", disk: disk),
            authority: try disk.readText(dataFolder + "/ca.crt"),
            region: try disk.read(dataFolder + "/region.configuration"))
    }

    /// Makes a region and writes what its county and its township need into their folders.
    ///
    /// The county has left its city (a day after the epoch), so that this run measures one hop and nobody takes part in
    /// it who has no process.
    static func writeRegion(in folder: String, suite: Suite, world: World) throws {
        try suite.checkAvailable()
        let rootKey = try suite.makeSigningKey(random: world.random)
        let authority = try RegionAuthority.create(regionID: "load", world: world)
        let secret = PatientKeySecret(epoch: 1, suite: suite, random: world.random)
        var configuration = RegionConfiguration(
            region: try RegionID("load"), name: "测量区域", version: 1, suite: suite.id.rawValue, validFrom: .epoch,
            patientKeyEpochs: [PatientKeyEpoch(epoch: secret.epoch, from: .epoch, encryptedSecrets: [:])])
        configuration.access.rates = .highest
        let nodes: [(String, Tier, String, OrganizationUnit.Kind)] = [
            ("dispatcher", .dispatcher, "140300", .dispatchCentre), ("city", .city, "140300", .authority),
            (county, .county, "140321", .medicalGroup), (township, .township, "140321107", .townshipCentre),
        ]
        var made: [(String, SigningKey, BoxKey, IssuedCertificate)] = []
        for (name, tier, code, kind) in nodes {
            let (node, unit, division) = (try NodeID(name), try OrgUnitID(name), try DivisionCode(code))
            let signing = try suite.makeSigningKey(random: world.random)
            let box = try suite.makeBoxKey(random: world.random)
            configuration.organizationUnits.append(
                OrganizationUnit(id: unit, name: name, division: division, tier: tier, kind: kind, node: node))
            configuration.nodes.append(
                RegionNode(
                    id: node, name: name, tier: tier, organizationUnit: unit, division: division, addresses: [],
                    ledgerKeys: [
                        LedgerKeyRecord(keyID: signing.id.bytes, publicKey: signing.publicKey.bytes, from: .epoch)
                    ], boxPublicKey: box.publicKey.bytes))
            configuration.patientKeyEpochs[0].encryptedSecrets[node] = try box.publicKey.seal(
                secret.bytes, context: PatientKeyring.sealContext(region: configuration.region, epoch: secret.epoch))
            made.append((name, signing, box, try authority.issue(node: name, world: world)))
        }
        let aDay = WallTime.epoch.advanced(byMilliseconds: 86_400_000)
        configuration.management = [
            ManagementEdge(child: try NodeID("city"), parent: try NodeID("dispatcher"), from: .epoch),
            ManagementEdge(child: try NodeID(county), parent: try NodeID("city"), from: .epoch, to: aDay),
            ManagementEdge(child: try NodeID(township), parent: try NodeID(county), from: .epoch),
        ]
        let signed = try RegionRegistry.sign(configuration, with: rootKey).wireBytes()
        for (name, signing, box, certificate) in made {
            let secrets = NodeSecrets(
                suite: suite.id, rootKey: rootKey.publicKey.bytes, signingKey: signing.privateBytes,
                boxKey: box.privateBytes, certificate: certificate.certificatePEM, certificateKey: certificate.keyPEM,
                authority: authority.certificatePEM, region: signed)
            try world.disk.createDirectory(folder + "/" + name, mode: 0o700)
            try world.disk.write(
                [UInt8](try JSONEncoder().encode(secrets)), to: folder + "/" + name + fileName, mode: 0o600)
        }
    }
}
