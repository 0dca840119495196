import CCrypto
import Effects
import SwiftASN1

/// An SM2 key of libcrypto, public or with its private number: signatures with SM3, and encryption.
///
/// Signatures are the DER form of GM/T 0009, over SM3(Z ‖ message) with the standard's default distinguishing
/// identifier 1234567812345678. Encryption is the DER form C1C3C2 of the same standard.
///
/// `@unchecked Sendable` holds because `handle` is set once, is never changed after `init` (every operation makes a
/// context of its own and only reads the key, which libcrypto allows from several threads at once), and is freed when
/// the last reference has gone.
final class SM2Key: @unchecked Sendable {
    static let privateByteCount = 32
    static let publicByteCount = 65
    private static let distinguishingID = Array("1234567812345678".utf8)

    private let handle: OpaquePointer
    /// The uncompressed point, 0x04 ‖ x ‖ y.
    let publicBytes: [UInt8]

    /// A public key; the point must lie on the curve.
    init(publicBytes: [UInt8]) throws {
        LibcryptoFailure.clear()
        guard publicBytes.count == Self.publicByteCount, publicBytes.first == 4 else {
            throw Failure("key.malformed", "an SM2 public key has 65 bytes and begins with 04")
        }
        guard let handle = yilian_sm2_key(publicBytes, publicBytes.count, nil) else {
            throw LibcryptoFailure.make("key.malformed", "the bytes are not a point of the SM2 curve")
        }
        self.handle = handle
        self.publicBytes = publicBytes
    }

    /// A key pair from its private number, 32 bytes, most significant first.
    init(privateBytes: [UInt8]) throws {
        LibcryptoFailure.clear()
        guard Self.isPrivateKey(privateBytes) else {
            throw Failure("key.malformed", "an SM2 private key is a number of 32 bytes from 1 to n-2")
        }
        guard let secret = BN_bin2bn(privateBytes, Int32(privateBytes.count), nil) else {
            throw LibcryptoFailure.make("key.malformed", "the SM2 private key cannot be read")
        }
        defer { BN_clear_free(secret) }
        let point = try Self.point(of: secret)
        guard let handle = yilian_sm2_key(point, point.count, secret) else {
            throw LibcryptoFailure.make("key.malformed", "the SM2 key cannot be made")
        }
        self.handle = handle
        publicBytes = point
    }

    deinit {
        EVP_PKEY_free(handle)
    }

    /// Whether the bytes are a number from 1 to n-2.
    static func isPrivateKey(_ bytes: [UInt8]) -> Bool {
        let last: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0x72, 0x03, 0xDF, 0x6B, 0x21, 0xC6, 0x05, 0x2B, 0x53, 0xBB, 0xF4, 0x09, 0x39, 0xD5, 0x41, 0x21,
        ]
        return bytes.count == privateByteCount && bytes.contains { $0 != 0 }
            && !last.lexicographicallyPrecedes(bytes)
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        try withSignatureContext { context in
            var length = 0
            guard EVP_DigestSignInit(context, nil, EVP_sm3(), nil, handle) == 1,
                EVP_DigestSign(context, nil, &length, message, message.count) == 1
            else { throw LibcryptoFailure.make("key.cannotSign", "the SM2 signature cannot be begun") }
            var signature = [UInt8](repeating: 0, count: length)
            guard EVP_DigestSign(context, &signature, &length, message, message.count) == 1 else {
                throw LibcryptoFailure.make("key.cannotSign", "the SM2 signature cannot be made")
            }
            return Array(signature.prefix(length))
        }
    }

    func verify(signature: [UInt8], message: [UInt8]) -> Bool {
        let verified = try? withSignatureContext { context in
            EVP_DigestVerifyInit(context, nil, EVP_sm3(), nil, handle) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
        LibcryptoFailure.clear()
        return verified ?? false
    }

    private func withSignatureContext<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        LibcryptoFailure.clear()
        guard let keyContext = EVP_PKEY_CTX_new_from_pkey(nil, handle, nil) else {
            throw LibcryptoFailure.make("key.unusable", "the SM2 key cannot be used")
        }
        defer { EVP_PKEY_CTX_free(keyContext) }
        guard EVP_PKEY_CTX_set1_id(keyContext, Self.distinguishingID, Int32(Self.distinguishingID.count)) == 1,
            let context = EVP_MD_CTX_new()
        else { throw LibcryptoFailure.make("key.unusable", "the SM2 key cannot be given its identifier") }
        // Freed before `keyContext`, which it borrows.
        defer { EVP_MD_CTX_free(context) }
        EVP_MD_CTX_set_pkey_ctx(context, keyContext)
        return try body(context)
    }

    private static func point(of secret: OpaquePointer) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: publicByteCount)
        guard let group = EC_GROUP_new_by_curve_name(NID_sm2) else {
            throw LibcryptoFailure.make("suite.unavailable", "this machine's libcrypto has no SM2 curve")
        }
        defer { EC_GROUP_free(group) }
        guard let point = EC_POINT_new(group) else {
            throw LibcryptoFailure.make("key.malformed", "the SM2 public key cannot be computed")
        }
        defer { EC_POINT_free(point) }
        guard EC_POINT_mul(group, point, secret, nil, nil, nil) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &bytes, bytes.count, nil) == bytes.count
        else { throw LibcryptoFailure.make("key.malformed", "the SM2 public key cannot be computed") }
        return bytes
    }
}

extension SM2Key {
    func encrypt(_ plaintext: [UInt8]) throws -> [UInt8] {
        try withCipherContext { context in
            var length = 0
            guard EVP_PKEY_encrypt_init(context) == 1,
                EVP_PKEY_encrypt(context, nil, &length, plaintext, plaintext.count) == 1
            else { throw LibcryptoFailure.make("box.unsealable", "the SM2 encryption cannot be begun") }
            var ciphertext = [UInt8](repeating: 0, count: length)
            guard EVP_PKEY_encrypt(context, &ciphertext, &length, plaintext, plaintext.count) == 1 else {
                throw LibcryptoFailure.make("box.unsealable", "the secret cannot be encrypted")
            }
            return Array(ciphertext.prefix(length))
        }
    }

    func decrypt(_ ciphertext: [UInt8]) throws -> [UInt8] {
        // libcrypto overlooks what follows the structure; one secret is to have one box.
        guard (try? DER.parse(ciphertext)) != nil else {
            throw Failure("box.unopenable", "the box is not one that SM2 made")
        }
        return try withCipherContext { context in
            var length = 0
            guard EVP_PKEY_decrypt_init(context) == 1,
                EVP_PKEY_decrypt(context, nil, &length, ciphertext, ciphertext.count) == 1
            else { throw LibcryptoFailure.make("box.unopenable", "the box is not one that SM2 made") }
            // Never less than the ciphertext: the plaintext is shorter, whatever the box claims.
            length = max(length, ciphertext.count)
            var plaintext = [UInt8](repeating: 0, count: length)
            guard EVP_PKEY_decrypt(context, &plaintext, &length, ciphertext, ciphertext.count) == 1 else {
                throw LibcryptoFailure.make("box.unopenable", "the box does not open with this key")
            }
            return Array(plaintext.prefix(length))
        }
    }

    private func withCipherContext<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        LibcryptoFailure.clear()
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, handle, nil) else {
            throw LibcryptoFailure.make("key.unusable", "the SM2 key cannot be used")
        }
        defer { EVP_PKEY_CTX_free(context) }
        return try body(context)
    }
}

/// Turns the reasons that libcrypto leaves in the calling thread's error queue into failures.
enum LibcryptoFailure {
    /// Forgets what earlier calls left, so that the next reason belongs to the next call.
    static func clear() {
        ERR_clear_error()
    }

    /// The failure of the call that was just made; empties the queue.
    static func make(_ code: Failure.Code, _ message: String, remedy: String? = nil) -> Failure {
        let number = ERR_get_error()
        ERR_clear_error()
        guard number != 0, let reason = ERR_reason_error_string(number) else {
            return Failure(code, message, remedy: remedy)
        }
        return Failure(code, "\(message) (libcrypto: \(String(cString: reason)))", remedy: remedy)
    }
}
