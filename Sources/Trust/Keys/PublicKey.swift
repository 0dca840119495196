import Crypto

/// A key that seals are verified with.
package struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    private enum Backing: Sendable {
        case ed25519(Curve25519.Signing.PublicKey)
        case sm2(SM2Key)
    }

    package let suite: Suite
    /// 32 bytes for Ed25519; the uncompressed point, 65 bytes, for SM2.
    package let bytes: [UInt8]
    package let id: KeyID
    private let backing: Backing

    /// A key from its bytes.
    ///
    /// - Throws: `key.malformed` for a wrong length or a point that is not on the curve.
    package init(suite: Suite, bytes: [UInt8]) throws {
        switch suite.id {
        case .ed25519:
            backing = .ed25519(
                try KeyBytes.checked("an Ed25519 public key has 32 bytes") {
                    try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
                })
        case .sm2:
            backing = .sm2(try SM2Key(publicBytes: bytes))
        }
        self.suite = suite
        self.bytes = bytes
        id = KeyID(of: bytes, suite: suite)
    }

    /// Whether the signature was made over exactly this message by the private key.
    ///
    /// Malformed, truncated and lengthened signatures are answered with `false`, never with a trap.
    package func verify(signature: [UInt8], message: [UInt8]) -> Bool {
        Self.verified.check(key: bytes, signature: signature, message: message) {
            switch backing {
            case .ed25519(let key): key.isValidSignature(signature, for: message)
            case .sm2(let key): key.verify(signature: signature, message: message)
            }
        }
    }

    /// Of all keys: the answer depends on nothing else.
    private static let verified = VerifiedSignatures(generationCount: 4_096)

    package static func == (left: PublicKey, right: PublicKey) -> Bool {
        left.suite == right.suite && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(suite)
        hasher.combine(bytes)
    }

    package var description: String { "\(suite) public key \(id)" }
}
