import Effects
import SwiftProtobuf

extension RegionConfiguration {
    /// The bytes that are signed and stored; the same configuration gives the same bytes.
    package func wireBytes() throws -> [UInt8] {
        var message = PBRegionConfiguration()
        message.region = region.rawValue
        message.name = name
        message.version = version
        message.suite = suite
        message.validFrom = validFrom.milliseconds
        message.organizationUnits = organizationUnits.map(\.message)
        message.nodes = nodes.map(\.message)
        message.management = management.map(\.message)
        message.revokedCertificates = revokedCertificates.map(\.message)
        message.patientKeyEpochs = patientKeyEpochs.map(\.message)
        message.sections = try sections.messages()
        message.divisions = divisions.map(\.message)
        message.deliveries = deliveries.map(\.message)
        message.delegations = delegations.map(\.message)
        message.registries = registries.map(\.message)
        message.publishedAt = publishedAt.milliseconds
        message.corrected = corrected
        do {
            return try message.serializedBytes()
        } catch {
            throw Failure("region.encoding", "the region configuration cannot be encoded")
        }
    }

    /// Told of every reading; for tests that count them.
    @TaskLocal package static var onReading: (@Sendable () -> Void)?

    /// Reads a configuration and checks that it is consistent.
    ///
    /// - Parameter known: the services' sections that are read; others are carried as they came.
    /// - Throws: `region.badBytes` where the bytes are no configuration; the first finding where it is inconsistent.
    package init(wireBytes bytes: [UInt8], sections known: [any RegionSection.Type]) throws {
        Self.onReading?()
        guard bytes.count <= Limits.configurationFileBytes else {
            throw Failure("region.badBytes", "the region configuration is longer than the limit")
        }
        let message: PBRegionConfiguration
        do {
            message = try PBRegionConfiguration(serializedBytes: bytes)
        } catch {
            throw Failure(
                "region.badBytes", "the bytes are no region configuration",
                remedy: "take a file that 'yilian region publish' wrote")
        }
        self.init(
            region: try RegionID(message.region), name: message.name, version: try PeerNumber.sequence(message.version),
            suite: message.suite, validFrom: try PeerNumber.time(message.validFrom))
        organizationUnits = try message.organizationUnits.map(OrganizationUnit.init)
        nodes = try message.nodes.map(RegionNode.init)
        management = try message.management.map(ManagementEdge.init)
        revokedCertificates = try message.revokedCertificates.map(RevokedCertificate.init)
        patientKeyEpochs = try message.patientKeyEpochs.map(PatientKeyEpoch.init)
        divisions = try message.divisions.map { Division(code: try DivisionCode($0.code), name: $0.name) }
        deliveries = try message.deliveries.map(UnitDelivery.init)
        delegations = try message.delegations.map(UnitDelivery.init)
        registries = try message.registries.map(UnitDelivery.init)
        publishedAt = try PeerNumber.time(message.publishedAt)
        corrected = try PeerNumber.sequence(message.corrected)
        sections = try RegionSectionStore(message.sections, knowing: known)
        if let finding = RegionChecker.findings(in: self).first { throw finding.failure }
    }
}

extension Tier {
    fileprivate init(message text: String) throws {
        guard let tier = Tier(rawValue: text) else {
            throw Failure(
                "region.badBytes", "the region configuration has a tier that this release does not know",
                remedy: "upgrade this node")
        }
        self = tier
    }
}

extension OrganizationUnit {
    fileprivate var message: PBOrganizationUnit {
        var message = PBOrganizationUnit()
        message.id = id.rawValue
        message.name = name
        message.division = division.rawValue
        message.institution = institution?.rawValue ?? ""
        message.tier = tier.rawValue
        message.kind = kind.rawValue
        message.node = node.rawValue
        message.grade = grade == .unrated ? "" : grade.rawValue
        message.isPrivate = isPrivate
        return message
    }

    fileprivate init(_ message: PBOrganizationUnit) throws {
        self.init(
            id: try OrgUnitID(message.id), name: message.name, division: try DivisionCode(message.division),
            institution: message.institution.isEmpty ? nil : try InstitutionCode(message.institution),
            tier: try Tier(message: message.tier), kind: Kind(rawValue: message.kind), node: try NodeID(message.node),
            grade: InstitutionGrade(rawValue: message.grade) ?? .unrated, isPrivate: message.isPrivate)
    }
}

extension RegionNode {
    fileprivate var message: PBRegionNode {
        var message = PBRegionNode()
        message.id = id.rawValue
        message.name = name
        message.tier = tier.rawValue
        message.organizationUnit = organizationUnit.rawValue
        message.division = division.rawValue
        message.addresses = addresses.map { address in
            var message = PBNetworkAddress()
            message.host = address.host
            message.port = UInt32(address.port)
            return message
        }
        message.ledgerKeys = ledgerKeys.map(\.message)
        message.boxPublicKey = boxPublicKey.map { $0.asData } ?? .init()
        if let from { message.from = from.milliseconds }
        if let to { message.to = to.milliseconds }
        return message
    }

    fileprivate init(_ message: PBRegionNode) throws {
        let addresses = try message.addresses.map { address in
            guard let port = UInt16(exactly: address.port) else {
                throw Failure("region.badBytes", "a port number in the region configuration is above 65535")
            }
            return NetworkAddress(host: address.host, port: port)
        }
        self.init(
            id: try NodeID(message.id), name: message.name, tier: try Tier(message: message.tier),
            organizationUnit: try OrgUnitID(message.organizationUnit), division: try DivisionCode(message.division),
            addresses: addresses, ledgerKeys: try message.ledgerKeys.map(LedgerKeyRecord.init),
            boxPublicKey: message.boxPublicKey.isEmpty ? nil : Array(message.boxPublicKey),
            from: message.hasFrom ? try PeerNumber.time(message.from) : nil,
            to: message.hasTo ? try PeerNumber.time(message.to) : nil)
    }
}
