package import Effects
import Ledgers
package import Regions
import ServiceKit
package import Trust

/// The keys of every node of a region, and its configuration, signed, with its epochs of patient keys.
package struct RegionKeys: Sendable {
    package private(set) var signing: [NodeID: SigningKey] = [:]
    package private(set) var box: [NodeID: BoxKey] = [:]
    package let rootKey: SigningKey
    package let signed: SignedRegionConfiguration

    /// - Parameter epochs: when each epoch of patient keys begins.
    package init(_ unsigned: RegionConfiguration, epochs: [WallTime], random: any RandomSource) throws {
        let suite = Suite.ed25519
        rootKey = try suite.makeSigningKey(random: random)
        var configuration = unsigned
        configuration.patientKeyEpochs = epochs.enumerated().map { index, from in
            PatientKeyEpoch(epoch: UInt32(index + 1), from: from, encryptedSecrets: [:])
        }
        let secrets = epochs.map { _ in random.bytes(PatientKeySecret.byteCount) }
        for index in configuration.nodes.indices {
            let id = configuration.nodes[index].id
            let key = try suite.makeSigningKey(random: random)
            let box = try suite.makeBoxKey(random: random)
            signing[id] = key
            self.box[id] = box
            configuration.nodes[index].boxPublicKey = box.publicKey.bytes
            configuration.nodes[index].ledgerKeys = [
                LedgerKeyRecord(keyID: key.id.bytes, publicKey: key.publicKey.bytes, from: .epoch)
            ]
            for (index, secret) in secrets.enumerated() {
                let context = PatientKeyring.sealContext(region: configuration.region, epoch: UInt32(index + 1))
                configuration.patientKeyEpochs[index].encryptedSecrets[id] = try box.publicKey.seal(
                    secret, context: context)
            }
        }
        signed = try RegionRegistry.sign(configuration, with: rootKey)
    }
}
