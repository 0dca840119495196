package import Effects
import Ledgers
package import Regions
import ServiceKit
import Trust

/// The region of a simulation: who there is, their keys, and the configurations that its authority signs.
package final class SimulatedRegion: @unchecked Sendable {
    package struct Member {
        package var id: NodeID
        package var tier: Tier
        package var parent: NodeID?
        var signingKey: SigningKey
        var boxKey: BoxKey
        /// Of its certificate; changes when it is renewed.
        var serial: String
    }

    let rootKey: SigningKey
    private(set) var members: [Member] = []
    package private(set) var configuration: RegionConfiguration
    package let start: WallTime
    private let random: any RandomSource

    /// How many people there are whom somebody asks about.
    package static let patients = 120

    init(_ plan: SimulationPlan, plays: [any ServicePlay.Type], random: any RandomSource) throws {
        self.random = random
        // Half an hour before midnight in China: a day ends in the middle of every run.
        start = WallTime(milliseconds: 1_790_004_600_000)
        rootKey = try Suite.ed25519.makeSigningKey(random: random)
        configuration = RegionConfiguration(
            region: try RegionID("simulated"), name: "模拟区域", version: 1, validFrom: .epoch)
        let division = try DivisionCode("140300")
        try add("diaodu", .dispatcher, below: nil, division)
        try add("shi", .city, below: "diaodu", division)
        let counties = (1...plan.counties).map { "xian-\($0)" }
        for county in counties { try add(county, .county, below: "shi", try DivisionCode("140321")) }
        for number in 1...plan.townships {
            try add(
                "zhen-\(number)", .township, below: counties[(number - 1) % counties.count],
                try DivisionCode("140321107"))
        }
        try addSecrets()
        let homes = try (["shi"] + counties).map { try NodeID($0) }
        for play in plays { play.agree(in: &configuration, homes: homes) }
    }

    package func member(_ id: NodeID) -> Member? { members.first { $0.id == id } }

    package func children(of id: NodeID) -> [NodeID] { members.filter { $0.parent == id }.map(\.id) }

    /// Whether what an author writes is due at a node: at itself and at whoever is above.
    package func isDue(_ author: NodeID, at node: NodeID) -> Bool {
        var current: NodeID? = author
        while let id = current {
            if id == node { return true }
            current = member(id)?.parent
        }
        return false
    }

    var signed: SignedRegionConfiguration {
        get throws { try RegionRegistry.sign(configuration, with: rootKey) }
    }

    /// Changes the configuration and counts its version up.
    func publish(_ edit: (inout RegionConfiguration) throws -> Void) throws -> SignedRegionConfiguration {
        try edit(&configuration)
        configuration.version += 1
        return try signed
    }

    /// Gives a node a new certificate and puts the old one on the list of those that are revoked.
    func revoke(_ id: NodeID, at time: WallTime) throws -> SignedRegionConfiguration {
        guard let index = members.firstIndex(where: { $0.id == id }) else { return try signed }
        let old = members[index].serial
        members[index].serial = Self.serial(random)
        return try publish {
            $0.revokedCertificates.append(
                RevokedCertificate(serialNumber: Self.bytes(old), time: time, reason: "simulated theft"))
        }
    }

    private func add(_ name: String, _ tier: Tier, below parent: String?, _ division: DivisionCode) throws {
        let id = try NodeID(name)
        let suite = Suite.ed25519
        let member = Member(
            id: id, tier: tier, parent: try parent.map { try NodeID($0) },
            signingKey: try suite.makeSigningKey(random: random), boxKey: try suite.makeBoxKey(random: random),
            serial: Self.serial(random))
        members.append(member)
        let unit = try OrgUnitID(name)
        configuration.organizationUnits.append(
            OrganizationUnit(
                id: unit, name: name, division: division, tier: tier, kind: Self.unitKind(tier), node: id))
        configuration.nodes.append(
            RegionNode(
                id: id, name: name, tier: tier, organizationUnit: unit, division: division,
                addresses: [NetworkAddress(host: name, port: 1)],
                ledgerKeys: [
                    LedgerKeyRecord(
                        keyID: member.signingKey.id.bytes, publicKey: member.signingKey.publicKey.bytes, from: .epoch)
                ],
                boxPublicKey: member.boxKey.publicKey.bytes))
        if let parent = member.parent {
            configuration.management.append(ManagementEdge(child: id, parent: parent, from: .epoch))
        }
    }

    private func addSecrets() throws {
        let secret = random.bytes(PatientKeySecret.byteCount)
        let context = PatientKeyring.sealContext(region: configuration.region, epoch: 1)
        var boxes: [NodeID: [UInt8]] = [:]
        for member in members {
            boxes[member.id] = try SeededBox.seal(
                secret, to: member.boxKey.publicKey, context: context, random: random)
        }
        configuration.patientKeyEpochs = [PatientKeyEpoch(epoch: 1, from: .epoch, encryptedSecrets: boxes)]
    }

    private static func unitKind(_ tier: Tier) -> OrganizationUnit.Kind {
        switch tier {
        case .dispatcher: .dispatchCentre
        case .city: .authority
        case .county: .medicalGroup
        case .township: .townshipCentre
        }
    }

    private static func serial(_ random: any RandomSource) -> String {
        ([0x40] + random.bytes(15)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ serial: String) -> [UInt8] {
        let digits = Array(serial)
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
    }
}
