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

    /// The key of an identifier in the epoch that is in force.
    ///
    /// - Throws: `patientKey.noEpoch`, `patientKey.noSecret` where the configuration gives this node none.
    package func current(type: String, authority: String, value: String, at now: WallTime) throws -> PatientKeyReference
    {
        guard let epoch = region.current.patientKeyEpoch(at: now) else {
            throw Failure(
                "patientKey.noEpoch", "the region configuration has no patient key epoch in force",
                remedy: "publish a configuration with `yilian region publish`")
        }
        return try reference(epoch, type: type, authority: authority, value: value)
    }

    /// The keys of an identifier in every epoch that has begun or is about to: results of old epochs are found by theirs,
    /// and those of a node whose clock is ahead by the next one's.
    package func all(type: String, authority: String, value: String, at now: WallTime) throws -> [PatientKeyReference] {
        try known(at: now).map {
            try reference($0, type: type, authority: authority, value: value)
        }
    }

    /// The keys of an identifier in the epoch in force, and in every other that has begun.
    package func currentAndOthers(
        type: String, authority: String, value: String, at now: WallTime
    ) throws -> (current: PatientKeyReference, others: [PatientKeyReference]) {
        let current = try current(type: type, authority: authority, value: value, at: now)
        let others = known(at: now).filter { $0.epoch != current.epoch }
        return (current, try others.map { try reference($0, type: type, authority: authority, value: value) })
    }

    private func known(at now: WallTime) -> [PatientKeyEpoch] {
        let horizon = now.advanced(byMilliseconds: Limits.patientKeyOverlapMilliseconds)
        return region.current.patientKeyEpochs.filter { $0.from <= horizon }
    }

    private func reference(
        _ epoch: PatientKeyEpoch, type: String, authority: String, value: String
    ) throws -> PatientKeyReference {
        let secret = try secret(of: epoch)
        return PatientKeyReference(
            epoch: epoch.epoch, key: try secret.patientKey(type: type, authority: authority, value: value))
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
