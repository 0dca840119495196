package import Effects

/// The region as its dispatcher publishes it: who there is, who manages whom, which keys hold, what is agreed.
///
/// A configuration is signed as a whole (``SignedRegionConfiguration``), carries a version that only grows, and is
/// accepted from any link or file. A value of this type that was read from bytes or from `region.yaml` is consistent:
/// every name that it mentions exists, and at no moment has a node two parents.
package struct RegionConfiguration: Equatable, Sendable {
    package var region: RegionID
    package var name: String
    package var version: UInt64
    /// The signing and digest suite of the region: `ed25519` or `sm2`.
    package var suite: String
    package var validFrom: WallTime
    package var organizationUnits: [OrganizationUnit]
    package var nodes: [RegionNode]
    package var management: [ManagementEdge]
    package var revokedCertificates: [RevokedCertificate]
    package var patientKeyEpochs: [PatientKeyEpoch]
    /// What belongs to services; see ``section(_:)``.
    package internal(set) var sections = RegionSectionStore()
    /// Divisions that the built-in table lacks.
    package var divisions: [Division]
    /// Where units deliver that have moved or will; all others deliver always to their node.
    package var deliveries: [UnitDelivery] = []
    /// Which nodes may write for units that do not deliver to them.
    package var delegations: [UnitDelivery] = []
    /// Which units keep the register of persons, each at the node where it writes: they may link and separate anybody.
    package var registries: [UnitDelivery] = []
    /// What began before is past: a configuration that follows may not change it.
    package var publishedAt: WallTime
    /// The last version that corrected a mistake about the past; 0: none.
    package var corrected: UInt64 = 0

    package init(
        region: RegionID, name: String, version: UInt64, suite: String = Self.suites[0], validFrom: WallTime,
        organizationUnits: [OrganizationUnit] = [], nodes: [RegionNode] = [], management: [ManagementEdge] = [],
        revokedCertificates: [RevokedCertificate] = [], patientKeyEpochs: [PatientKeyEpoch] = [],
        divisions: [Division] = []
    ) {
        self.region = region
        self.name = name
        self.version = version
        self.suite = suite
        self.validFrom = validFrom
        self.organizationUnits = organizationUnits
        self.nodes = nodes
        self.management = management
        self.revokedCertificates = revokedCertificates
        self.patientKeyEpochs = patientKeyEpochs
        self.divisions = divisions
        publishedAt = validFrom
    }

    /// The suites that a region can choose.
    package static let suites = ["ed25519", "sm2"]
}

extension RegionConfiguration {
    package func node(_ id: NodeID) -> RegionNode? { nodes.first { $0.id == id } }
    package func organizationUnit(_ id: OrgUnitID) -> OrganizationUnit? { organizationUnits.first { $0.id == id } }

    /// The unit that carries an institution code.
    package func organizationUnit(institution code: InstitutionCode) -> OrganizationUnit? {
        organizationUnits.first { $0.institution == code }
    }

    /// The units whose systems are connected to a node, have been or will be, in the order of the configuration.
    package func organizationUnits(at node: NodeID) -> [OrganizationUnit] {
        organizationUnits.filter { everDelivers($0, to: node) }
    }

    /// The dispatcher at a moment, of which a consistent configuration has at most one.
    package func dispatcher(at moment: WallTime) -> NodeID? {
        nodes.first { $0.tier == .dispatcher && $0.isThere(at: moment) }?.id
    }

    /// Whether a certificate was revoked at a moment; a revocation holds from its time on, for ever.
    package func isRevoked(serialNumber: [UInt8], at moment: WallTime) -> Bool {
        revokedCertificates.contains { $0.serialNumber == serialNumber && $0.time <= moment }
    }

    /// A node's ledger key by its id, whenever it was valid.
    package func ledgerKey(of node: NodeID, keyID: [UInt8]) -> LedgerKeyRecord? {
        self.node(node)?.ledgerKeys.first { $0.keyID == keyID }
    }

    /// The latest patient key epoch that has begun.
    package func patientKeyEpoch(at moment: WallTime) -> PatientKeyEpoch? {
        patientKeyEpochs.filter { $0.from <= moment }.max { $0.epoch < $1.epoch }
    }

    /// The built-in divisions and those that this region adds.
    package var divisionTable: DivisionTable { DivisionTable.builtin.adding(divisions) }
}

/// A certificate that no longer identifies its node.
package struct RevokedCertificate: Hashable, Sendable {
    /// The serial number's bytes, most significant first.
    package var serialNumber: [UInt8]
    package var time: WallTime
    package var reason: String

    package init(serialNumber: [UInt8], time: WallTime, reason: String) {
        self.serialNumber = serialNumber
        self.time = time
        self.reason = reason
    }
}

/// A time span of patient keys and its secret, encrypted to every node that may compute them.
package struct PatientKeyEpoch: Hashable, Sendable {
    package var epoch: UInt32
    package var from: WallTime
    /// Per node the secret as it was encrypted to the node's box key.
    package var encryptedSecrets: [NodeID: [UInt8]]
    /// Tells the secret from every other one and says nothing about it; empty where nobody wrote it down.
    package var fingerprint: [UInt8]

    package init(
        epoch: UInt32, from: WallTime, encryptedSecrets: [NodeID: [UInt8]], fingerprint: [UInt8] = []
    ) {
        self.epoch = epoch
        self.from = from
        self.encryptedSecrets = encryptedSecrets
        self.fingerprint = fingerprint
    }
}
