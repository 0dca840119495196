import Effects
import Ledgers
import NodeRuntime
import Regions
import Trust

/// Makes a signed region configuration of `region.yaml` and what an authority's folder has on record.
struct RegionPublication {
    let authority: AuthorityFolder
    let world: World

    /// A configuration that is ready to be handed out.
    struct Signed {
        var signed: SignedRegionConfiguration
        var configuration: RegionConfiguration
        /// Nodes of region.yaml to which nothing was issued yet; they cannot start.
        var nodesWithoutKeys: [NodeID]
        /// What the folder has not on record and was published before, in words: it stays.
        var kept: [String]
    }

    /// - Parameter known: what was published before, as far as it is at hand, the newest last; whether the new one may
    ///   take its place is for whoever gets it to say.
    /// - Throws: ``RegionProblems``; `region.otherRegion`, `region.otherSuite`; what the secrets of the epochs throw
    ///   (``PatientEpochFolder/epochs(region:suite:known:)``); what checking the signed bytes throws.
    func make(yaml path: String, known: [RegionConfiguration]) throws -> Signed {
        let published = known.last
        let key = try authority.regionSigningKey()
        var configuration = try RegionFile.read(
            at: path, on: world.disk, sections: ServiceList.sections)
        guard configuration.suite == key.suite.id.rawValue else {
            throw Failure(
                "region.otherSuite",
                "region.yaml names the suite '\(configuration.suite)', the region's key is of '\(key.suite)'",
                place: path, remedy: "a region keeps its suite for ever; correct 'suite' in region.yaml")
        }
        let facts = try authority.nodes()
        if let other = facts.first(where: { $0.region != configuration.region.rawValue }) {
            throw Failure(
                "region.otherRegion", "the authority is of region '\(other.region)'", place: path,
                remedy: "use the authority's folder of region '\(configuration.region)'")
        }
        try attach(facts, to: &configuration)
        configuration.revokedCertificates = try authority.revocations().map(Self.revoked)
        let kept = known.reversed().flatMap { Self.keep($0, in: &configuration) }
        let epochs = try PatientEpochFolder(authority: authority, world: world)
            .epochs(region: configuration.region, suite: key.suite, known: known)
        configuration.patientKeyEpochs = try epochs.map {
            try PatientEpochFolder.sealed($0, in: configuration, published: published)
        }
        let isAgain = published?.version == configuration.version
        configuration.publishedAt = (isAgain ? published?.publishedAt : nil) ?? world.time.wallTime
        // Whoever missed the version that corrected the past must still take the ones after it.
        configuration.corrected = max(configuration.corrected, known.map(\.corrected).max() ?? 0)
        let signed = try RegionRegistry.sign(configuration, with: key)
        // What every node will do with it is done here first.
        let checked = try RegionRegistry(
            rootKey: key.publicKey, initial: signed, sections: ServiceList.sections.region, now: world.time.wallTime
        ).current
        let lacking = configuration.nodes.filter(\.ledgerKeys.isEmpty).map(\.id)
        return Signed(signed: signed, configuration: checked, nodesWithoutKeys: lacking, kept: kept)
    }

    /// Keeps keys and revocations that were published and that the folder does not know any more.
    ///
    /// A folder that was put back to an older state must let in nobody who was revoked, and make no batch unreadable.
    private static func keep(_ published: RegionConfiguration, in configuration: inout RegionConfiguration) -> [String]
    {
        var kept: [String] = []
        let serials = Set(configuration.revokedCertificates.map(\.serialNumber))
        for revoked in published.revokedCertificates where !serials.contains(revoked.serialNumber) {
            configuration.revokedCertificates.append(revoked)
            kept.append("the revocation of certificate \(Hex.text(revoked.serialNumber))")
        }
        for index in configuration.nodes.indices {
            let id = configuration.nodes[index].id
            guard let before = published.node(id) else { continue }
            let keys = Set(configuration.nodes[index].ledgerKeys.map(\.keyID))
            for key in before.ledgerKeys where !keys.contains(key.keyID) {
                configuration.nodes[index].ledgerKeys.append(key)
                kept.append("ledger key \(Hex.text(key.keyID)) of \(id)")
            }
            if configuration.nodes[index].boxPublicKey == nil, let key = before.boxPublicKey {
                configuration.nodes[index].boxPublicKey = key
                kept.append("the box key of \(id)")
            }
        }
        return kept
    }

    private func attach(_ facts: [NodeFacts], to configuration: inout RegionConfiguration) throws {
        for index in configuration.nodes.indices {
            guard let known = facts.first(where: { $0.node == configuration.nodes[index].id.rawValue }) else {
                continue
            }
            configuration.nodes[index].ledgerKeys = try known.ledgerKeys.map { key in
                LedgerKeyRecord(
                    keyID: try Self.bytes(key.id, known), publicKey: try Self.bytes(key.publicKey, known),
                    from: key.from, to: key.to)
            }
            configuration.nodes[index].boxPublicKey = try Self.bytes(known.boxPublicKey, known)
        }
    }

    private static func bytes(_ hex: String, _ facts: NodeFacts) throws -> [UInt8] {
        guard let bytes = Hex.bytes(hex) else {
            throw Failure(
                "cert.malformedFile", "the record of node '\(facts.node)' holds a key that is not hexadecimal",
                place: "nodes/\(facts.node).json", remedy: "restore it from a backup")
        }
        return bytes
    }

    private static func revoked(_ revocation: Revocation) throws -> RevokedCertificate {
        guard let serial = Hex.bytes(revocation.serial) else {
            throw Failure(
                "cert.malformedFile", "the list of revocations holds a serial number that is not hexadecimal",
                place: "revocations.json", remedy: "restore it from a backup")
        }
        return RevokedCertificate(serialNumber: serial, time: revocation.at, reason: revocation.reason)
    }
}
