package import Effects
package import Regions

/// A region configuration as `region show` shows it.
package struct RegionInfo: Codable, Sendable, Equatable {
    package struct Node: Codable, Sendable, Equatable {
        package var id: String
        package var name: String
        package var tier: String
        package var parent: String?
        package var unit: String
        package var addresses: [String]
        /// How many ledger keys are bound to it now.
        package var ledgerKeys: Int
    }

    package struct Unit: Codable, Sendable, Equatable {
        package var id: String
        package var name: String
        package var kind: String
        package var division: String
        package var institution: String?
        package var node: String
        /// As `region.yaml` writes it, `3A` to `0`; none from a node of a release that knew no grades.
        package var grade: String?
        package var isPrivate: Bool?
    }

    /// A dated line: a unit delivers to a node, or a node may write for it.
    package struct Line: Codable, Sendable, Equatable {
        package var unit: String
        package var node: String
        package var from: String?
        package var to: String?

        init(_ line: UnitDelivery) {
            unit = line.unit.rawValue
            node = line.node.rawValue
            from = line.from?.description
            to = line.to?.description
        }
    }

    package var region: String
    package var name: String
    package var version: UInt64
    package var suite: String
    package var validFrom: String
    /// When the node that was asked took it; none for a file.
    package var acceptedAt: String?
    /// The version that waits for its time at the node that was asked, and until when.
    package var waitingVersion: UInt64?
    package var waitingUntil: String?
    package var nodes: [Node]
    package var units: [Unit]
    /// Units whose deliveries are dated; all others deliver always to their node.
    package var deliveries: [Line]
    /// Nodes that may write for units of others.
    package var delegations: [Line]
    /// Units that keep the register of persons, at the nodes where they write; none from an older node.
    package var registries: [Line]?
    package var revokedCertificates: Int
    package var patientKeyEpochs: [UInt32]
    /// What the sections of services hold.
    package var sections: [SectionContents]

    package init(
        _ configuration: RegionConfiguration, acceptedAt: WallTime?, waiting: RegionConfiguration? = nil, now: WallTime
    ) {
        let tree = ManagementTree(configuration, at: now)
        region = configuration.region.rawValue
        name = configuration.name
        version = configuration.version
        suite = configuration.suite
        validFrom = configuration.validFrom.description
        self.acceptedAt = acceptedAt?.description
        waitingVersion = waiting?.version
        waitingUntil = waiting?.validFrom.description
        nodes = configuration.nodes.map { node in
            Node(
                id: node.id.rawValue, name: node.name, tier: node.tier.rawValue,
                parent: tree.parent(of: node.id)?.rawValue, unit: node.organizationUnit.rawValue,
                addresses: node.addresses.map(\.description),
                ledgerKeys: node.ledgerKeys.filter { $0.isValid(at: now) }.count)
        }
        units = configuration.organizationUnits.map { unit in
            Unit(
                id: unit.id.rawValue, name: unit.name, kind: unit.kind.rawValue, division: unit.division.rawValue,
                institution: unit.institution?.rawValue, node: unit.node.rawValue,
                grade: unit.grade.rawValue, isPrivate: unit.isPrivate)
        }
        deliveries = configuration.deliveries.map(Line.init)
        delegations = configuration.delegations.map(Line.init)
        registries = configuration.registries.map(Line.init)
        revokedCertificates = configuration.revokedCertificates.count
        patientKeyEpochs = configuration.patientKeyEpochs.map(\.epoch)
        sections = configuration.sectionContents
    }
}

/// The newest version that a node has after a configuration was handed to it, in force or waiting for its time.
package struct RegionAcceptance: Codable, Sendable, Equatable {
    package var version: UInt64
    package var wasNew: Bool
}
