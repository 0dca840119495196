import Crypto
import Effects
import Foundation
import Trust

/// Encrypts a small secret to a node's box key with an ephemeral key that is drawn from the seed.
///
/// The library's own sealing draws its ephemeral key from the machine, and two runs of one seed would differ. This is
/// HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305, step by step; the library opens it. Only
/// a simulation may use it: whoever knows the seed knows the key.
enum SeededBox {
    static func seal(
        _ secret: [UInt8], to key: BoxPublicKey, context: [UInt8], random: any RandomSource
    ) throws -> [UInt8] {
        let ephemeral = try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: random.bytes(32))
        let recipient = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: key.bytes)
        let encapsulated = Array(ephemeral.publicKey.rawRepresentation)
        let agreed = try ephemeral.sharedSecretFromKeyAgreement(with: recipient).withUnsafeBytes { Array($0) }
        let exchange = Labels(suite: Array("KEM".utf8) + [0x00, 0x20])
        let shared = exchange.expand(
            exchange.extract(salt: [], "eae_prk", agreed), "shared_secret", encapsulated + key.bytes, 32)
        let labels = Labels(suite: Array("HPKE".utf8) + [0x00, 0x20, 0x00, 0x01, 0x00, 0x03])
        let schedule =
            [0x00] + labels.extract(salt: [], "psk_id_hash", []) + labels.extract(salt: [], "info_hash", context)
        let root = labels.extract(salt: shared, "secret", [])
        let box = try ChaChaPoly.seal(
            secret, using: SymmetricKey(data: labels.expand(root, "key", schedule, 32)),
            nonce: ChaChaPoly.Nonce(data: labels.expand(root, "base_nonce", schedule, 12)))
        return encapsulated + Array(box.ciphertext) + Array(box.tag)
    }

    /// RFC 9180's labelled HKDF.
    private struct Labels {
        var suite: [UInt8]

        func extract(salt: [UInt8], _ label: String, _ material: [UInt8]) -> [UInt8] {
            let input = Array("HPKE-v1".utf8) + suite + Array(label.utf8) + material
            return HKDF<SHA256>.extract(inputKeyMaterial: SymmetricKey(data: input), salt: salt)
                .withUnsafeBytes { Array($0) }
        }

        func expand(_ key: [UInt8], _ label: String, _ info: [UInt8], _ count: Int) -> [UInt8] {
            let input =
                [UInt8(count >> 8), UInt8(count & 0xff)] + Array("HPKE-v1".utf8) + suite + Array(label.utf8) + info
            return HKDF<SHA256>.expand(pseudoRandomKey: key, info: input, outputByteCount: count)
                .withUnsafeBytes { Array($0) }
        }
    }
}
