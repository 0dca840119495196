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
