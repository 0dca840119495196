package import Effects

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
