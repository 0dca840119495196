import Crypto
import Effects

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

/// The short name of a public key: the first 16 bytes of its suite's digest.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    package static let byteCount = 16

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are exactly 16 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// - Returns: `nil` unless the text is 32 hexadecimal digits.
    package init?(hex: String) {
        guard let bytes = Hex.bytes(hex) else { return nil }
        self.init(bytes: bytes)
    }

    init(of publicBytes: [UInt8], suite: Suite) {
        bytes = Array(suite.digest(publicBytes).bytes.prefix(Self.byteCount))
    }

    package var hex: String { Hex.text(bytes) }
    package var description: String { hex }
}

/// Makes keys from raw bytes and from text, and turns a library's error into a failure that names the right form.
enum KeyBytes {
    static func checked<Key>(_ form: String, _ body: () throws -> Key) throws -> Key {
        do { return try body() } catch { throw Failure("key.malformed", form) }
    }

    static func fromHex(_ text: String, place: String) throws -> [UInt8] {
        guard let bytes = Hex.bytes(text) else {
            throw Failure("key.malformed", "the key is not written in hexadecimal", place: place)
        }
        return bytes
    }
}
