import CCrypto
import Crypto
import Effects
import Foundation

/// The key with which a node opens the secrets that were encrypted to it.
///
/// Descriptions never show the private bytes.
package struct BoxKey: Sendable, CustomStringConvertible, CustomReflectable {
    private enum Backing: Sendable {
        case ed25519(Curve25519.KeyAgreement.PrivateKey)
        case sm2(SM2Key)
    }

    package let publicKey: BoxPublicKey
    /// The 32 raw private bytes, for a key file of mode 0600 and nothing else.
    package let privateBytes: [UInt8]
    private let backing: Backing

    /// A key from its private bytes.
    ///
    /// - Throws: `key.malformed` unless there are 32 bytes that the suite accepts.
    package init(suite: Suite, privateBytes: [UInt8]) throws {
        switch suite.id {
        case .ed25519:
            let key = try KeyBytes.checked("an X25519 private key has 32 bytes") {
                try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: privateBytes)
            }
            publicKey = try BoxPublicKey(suite: suite, bytes: Array(key.publicKey.rawRepresentation))
            backing = .ed25519(key)
        case .sm2:
            let key = try SM2Key(privateBytes: privateBytes)
            publicKey = try BoxPublicKey(suite: suite, bytes: key.publicBytes)
            backing = .sm2(key)
        }
        self.privateBytes = privateBytes
    }

    package var suite: Suite { publicKey.suite }
    package var id: KeyID { publicKey.id }

    /// The secret of a box that was sealed to this key under the same context.
    ///
    /// - Throws: `box.unopenable` for another key, another context, or any changed bit; which of them is not told.
    package func open(_ box: [UInt8], context: [UInt8]) throws -> [UInt8] {
        guard box.count <= Limits.boxBytes else { throw Self.unopenable }
        switch backing {
        case .ed25519(let key): return try openHPKE(box, context: context, key: key)
        case .sm2(let key):
            guard let plaintext = try? key.decrypt(box), plaintext.count >= Digest.byteCount,
                CRYPTO_memcmp(plaintext, suite.digest(context).bytes, Digest.byteCount) == 0
            else { throw Self.unopenable }
            return Array(plaintext.dropFirst(Digest.byteCount))
        }
    }

    private func openHPKE(
        _ box: [UInt8], context: [UInt8], key: Curve25519.KeyAgreement.PrivateKey
    ) throws -> [UInt8] {
        do {
            var recipient = try HPKE.Recipient(
                privateKey: key, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: Data(context),
                encapsulatedKey: Data(box.prefix(32)))
            return Array(try recipient.open(Array(box.dropFirst(32))))
        } catch {
            throw Self.unopenable
        }
    }

    private static let unopenable = Failure(
        "box.unopenable", "the box does not open with this key and context",
        remedy: "check that it was sealed to this node's present box key")

    package var description: String { "\(suite) box key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id.hex]) }
}

/// A node's key that small secrets are encrypted to.
package struct BoxPublicKey: Hashable, Sendable, CustomStringConvertible {
    private enum Backing: Sendable {
        case ed25519(Curve25519.KeyAgreement.PublicKey)
        case sm2(SM2Key)
    }

    package let suite: Suite
    /// 32 bytes (X25519) in the suite `ed25519`; the uncompressed point, 65 bytes, in `sm2`.
    package let bytes: [UInt8]
    package let id: KeyID
    private let backing: Backing

    /// A key from its bytes.
    ///
    /// - Throws: `key.malformed`.
    package init(suite: Suite, bytes: [UInt8]) throws {
        switch suite.id {
        case .ed25519:
            backing = .ed25519(
                try KeyBytes.checked("an X25519 public key has 32 bytes") {
                    try Curve25519.KeyAgreement.PublicKey(rawRepresentation: bytes)
                })
        case .sm2:
            backing = .sm2(try SM2Key(publicBytes: bytes))
        }
        self.suite = suite
        self.bytes = bytes
        id = KeyID(of: bytes, suite: suite)
    }

    /// Encrypts a small secret so that only this key's owner, told the same context, reads it.
    ///
    /// `ed25519`: HPKE (RFC 9180) with X25519, HKDF-SHA256 and ChaCha20-Poly1305, the context as its info; the box is
    /// the encapsulated key and the ciphertext. `sm2`: SM2 encryption of SM3(context) ‖ secret. Boxes do not say who
    /// made them: sign what carries them.
    ///
    /// - Throws: `box.tooLarge` above `Limits.boxedSecretBytes`; `box.unsealable`.
    package func seal(_ secret: [UInt8], context: [UInt8]) throws -> [UInt8] {
        guard secret.count <= Limits.boxedSecretBytes else {
            throw Failure("box.tooLarge", "a box holds at most \(Limits.boxedSecretBytes) bytes")
        }
        switch backing {
        case .ed25519(let key):
            do {
                var sender = try HPKE.Sender(
                    recipientKey: key, ciphersuite: .Curve25519_SHA256_ChachaPoly, info: Data(context))
                return Array(sender.encapsulatedKey) + Array(try sender.seal(secret))
            } catch {
                throw Failure("box.unsealable", "the secret cannot be encrypted to this key")
            }
        case .sm2(let key):
            return try key.encrypt(suite.digest(context).bytes + secret)
        }
    }

    package static func == (left: BoxPublicKey, right: BoxPublicKey) -> Bool {
        left.suite == right.suite && left.bytes == right.bytes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(suite)
        hasher.combine(bytes)
    }

    package var description: String { "\(suite) box public key \(id)" }
}
