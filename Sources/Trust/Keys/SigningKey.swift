import Crypto

/// A key that seals are made with: a node's ledger key, or the key that signs the region's configuration.
///
/// Descriptions never show the private bytes.
package struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    private enum Backing: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case sm2(SM2Key)
    }

    package let publicKey: PublicKey
    /// The 32 raw private bytes, for a key file of mode 0600 and nothing else.
    package let privateBytes: [UInt8]
    private let backing: Backing

    /// A key from its private bytes.
    ///
    /// - Throws: `key.malformed` unless there are 32 bytes that the suite accepts.
    package init(suite: Suite, privateBytes: [UInt8]) throws {
        switch suite.id {
        case .ed25519:
            let key = try KeyBytes.checked("an Ed25519 private key has 32 bytes") {
                try Curve25519.Signing.PrivateKey(rawRepresentation: privateBytes)
            }
            publicKey = try PublicKey(suite: suite, bytes: Array(key.publicKey.rawRepresentation))
            backing = .ed25519(key)
        case .sm2:
            let key = try SM2Key(privateBytes: privateBytes)
            publicKey = try PublicKey(suite: suite, bytes: key.publicBytes)
            backing = .sm2(key)
        }
        self.privateBytes = privateBytes
    }

    package var suite: Suite { publicKey.suite }
    package var id: KeyID { publicKey.id }

    /// The signature over the message: 64 bytes for Ed25519, DER of at most 72 bytes for SM2.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch backing {
        case .ed25519(let key): Array(try key.signature(for: message))
        case .sm2(let key): try key.sign(message)
        }
    }

    package var description: String { "\(suite) signing key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id.hex]) }
}
