package import Effects
import Ledgers
package import Regions
import ServiceKit
package import Trust

/// Makes what a region rests on: root key, authority, patient key secret, and signed configurations.
package struct RegionFoundry: Sendable {
    package let region: RegionID
    package let rootKey: SigningKey
    package let authority: RegionAuthority
    private let secret: PatientKeySecret
    private let world: World

    package init(region: String = "test", suite: Suite, world: World) throws {
        try suite.checkAvailable()
        self.region = try RegionID(region)
        self.world = world
        rootKey = try suite.makeSigningKey(random: world.random)
        authority = try RegionAuthority.create(regionID: region, world: world)
        secret = PatientKeySecret(epoch: 1, suite: suite, random: world.random)
    }

    package var suite: Suite { rootKey.suite }

    package func identity(of node: NodeID) throws -> NodeIdentity {
        try NodeIdentity(node, authority: authority, suite: suite, world: world)
    }

    /// An empty configuration; nodes are added with ``add(_:below:identity:to:)``.
    package func emptyConfiguration() -> RegionConfiguration {
        RegionConfiguration(
            region: region, name: "测试区域", version: 1, suite: suite.id.rawValue, validFrom: .epoch,
            patientKeyEpochs: [PatientKeyEpoch(epoch: secret.epoch, from: .epoch, encryptedSecrets: [:])])
    }

    /// Adds a node with a unit of its own, its keys and its place in the tree.
    package func add(
        _ tree: TestTree, below parent: NodeID?, identity: NodeIdentity, to configuration: inout RegionConfiguration
    ) throws {
        let division = try DivisionCode(tree.division ?? Self.division(of: tree.tier))
        let unit = try OrgUnitID(tree.id)
        configuration.organizationUnits.append(
            OrganizationUnit(
                id: unit, name: tree.name, division: division, tier: tree.tier, kind: Self.kind(of: tree.tier),
                node: identity.node))
        configuration.nodes.append(
            RegionNode(
                id: identity.node, name: tree.name, tier: tree.tier, organizationUnit: unit, division: division,
                addresses: [NetworkAddress(host: tree.id, port: UInt16(TestLinks.port))],
                ledgerKeys: [
                    LedgerKeyRecord(
                        keyID: identity.signingKey.id.bytes, publicKey: identity.signingKey.publicKey.bytes,
                        from: .epoch)
                ],
                boxPublicKey: identity.boxKey.publicKey.bytes))
        if let parent {
            configuration.management.append(ManagementEdge(child: identity.node, parent: parent, from: .epoch))
        }
        let context = PatientKeyring.sealContext(region: region, epoch: secret.epoch)
        for index in configuration.patientKeyEpochs.indices
        where configuration.patientKeyEpochs[index].epoch == secret.epoch {
            configuration.patientKeyEpochs[index].encryptedSecrets[identity.node] =
                try identity.boxKey.publicKey.seal(secret.bytes, context: context)
        }
    }

    package func sign(_ configuration: RegionConfiguration) throws -> SignedRegionConfiguration {
        try RegionRegistry.sign(configuration, with: rootKey)
    }

    private static func division(of tier: Tier) -> String {
        switch tier {
        case .dispatcher, .city: "140300"
        case .county: "140321"
        case .township: "140321107"
        }
    }

    private static func kind(of tier: Tier) -> OrganizationUnit.Kind {
        switch tier {
        case .dispatcher: .dispatchCentre
        case .city: .authority
        case .county: .medicalGroup
        case .township: .townshipCentre
        }
    }
}
