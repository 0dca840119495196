package import Effects
package import Ledgers
package import Regions
import Synchronization
package import Trust

/// The secrets of the patient key epochs, as far as this node has been given them.
///
/// A secret stands in the region configuration encrypted to each node that may compute patient keys; it is opened with
/// the node's box key and kept in memory only.
package final class PatientKeyring: Sendable {
    private let node: NodeID
    let region: RegionRegistry
    private let boxKey: BoxKey
    private let opened = Mutex<[UInt32: PatientKeySecret]>([:])

    package init(node: NodeID, region: RegionRegistry, boxKey: BoxKey) {
        self.node = node
        self.region = region
        self.boxKey = boxKey
    }

    /// What a secret is encrypted under, besides the key: region and epoch, so that none can stand for another.
    package static func sealContext(region: RegionID, epoch: UInt32) -> [UInt8] {
        Array("yilian patient key secret \(region) \(epoch)".utf8)
    }

    /// The key of an identifier in the epoch that is in force; `nil` for a place-holder, which is nobody's.
    ///
    /// - Parameter institution: which sent the identifier, or asks by it; a number without an issuer counts within it.
    /// - Throws: `patientKey.noEpoch`, `patientKey.noSecret` where the configuration gives this node none.
    package func current(
        of identifier: PatientIdentifier, within institution: String, at now: WallTime
    ) throws -> PatientKeyReference? {
        guard let epoch = region.current.patientKeyEpoch(at: now) else {
            throw Failure(
                "patientKey.noEpoch", "the region configuration has no patient key epoch in force",
                remedy: "publish a configuration with `yilian region publish`")
        }
        return try reference(epoch, identifier, within: institution)
    }

    /// The keys of an identifier in every epoch that has begun or is about to: results of old epochs are found by theirs,
    /// and those of a node whose clock is ahead by the next one's.
    package func all(
        of identifier: PatientIdentifier, within institution: String, at now: WallTime
    ) throws -> [PatientKeyReference] {
        try known(at: now).compactMap {
            try reference($0, identifier, within: institution)
        }
    }

    /// The keys of an identifier in every other epoch than the one in force that has begun or is about to.
    package func others(
        of identifier: PatientIdentifier, within institution: String, at now: WallTime
    ) throws -> [PatientKeyReference] {
        let current = region.current.patientKeyEpoch(at: now)?.epoch
        return try known(at: now).filter { $0.epoch != current }.compactMap {
            try reference($0, identifier, within: institution)
        }
    }

    /// A digest of something that is said of a person, under the secret of a key's epoch.
    ///
    /// It shows whether two say the same of one key, and nothing without the secret.
    ///
    /// - Parameter name: of what is said, `birthDate` for example.
    /// - Returns: never 0, which stands for nothing said.
    package func mark(_ name: String, _ value: String, of key: PatientKeyReference) throws -> UInt32 {
        guard let epoch = region.current.patientKeyEpochs.first(where: { $0.epoch == key.epoch }) else {
            throw Failure(
                "patientKey.noEpoch", "the region configuration has no epoch \(key.epoch)",
                remedy: "publish a configuration that keeps the epochs of results that are still looked for")
        }
        let mark = try secret(of: epoch).patientKey(
            type: "yilian.mark." + name, authority: Hex.text(key.key.bytes),
            value: value)
        return max(1, mark.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
    }

    private func known(at now: WallTime) -> [PatientKeyEpoch] {
        let horizon = now.advanced(byMilliseconds: Limits.patientKeyOverlapMilliseconds)
        return region.current.patientKeyEpochs.filter { $0.from <= horizon }
    }

    private func reference(
        _ epoch: PatientKeyEpoch, _ identifier: PatientIdentifier, within institution: String
    ) throws -> PatientKeyReference? {
        guard let issuer = identifier.issuer(within: institution) else { return nil }
        let key = try secret(of: epoch).patientKey(
            type: identifier.type, authority: issuer, value: identifier.value)
        return PatientKeyReference(epoch: epoch.epoch, key: key)
    }

    func secret(of epoch: PatientKeyEpoch) throws -> PatientKeySecret {
        if let secret = opened.withLock({ $0[epoch.epoch] }) { return secret }
        guard let box = epoch.encryptedSecrets[node] else {
            throw Failure(
                "patientKey.noSecret", "the region configuration gives this node no patient key secret",
                place: "epoch \(epoch.epoch)", remedy: "issue the node with `yilian cert issue` and publish again")
        }
        let bytes = try boxKey.open(
            box, context: Self.sealContext(region: region.current.region, epoch: epoch.epoch))
        let secret = try PatientKeySecret(epoch: epoch.epoch, suite: region.suite, bytes: bytes)
        guard epoch.fingerprint.isEmpty || epoch.fingerprint == secret.fingerprint else {
            throw Failure(
                "patientKey.otherSecret", "what the region configuration gives this node is not the epoch's secret",
                place: "epoch \(epoch.epoch)", remedy: "publish again from the authority's folder")
        }
        opened.withLock { $0[epoch.epoch] = secret }
        return secret
    }
}
