import Effects
import FHIR
import JWTKit

/// The keys with which a directory signs, as it publishes them (RFC 7517).
///
/// Only what is public of a key is read, and only keys for the two ways of signing that are taken: RSA of 2048 to 8192 bits
/// with SHA-256 (`RS256`), and P-256 with SHA-256 (`ES256`). Anything else stands in a set without harm and is no key.
struct DirectoryKeys: Sendable {
    private struct Key: Sendable {
        var id: String?
        var algorithm: SigningWay
        var check: any JWTAlgorithm
    }

    private let keys: [Key]

    /// - Throws: `directory.badAnswer` where it is no set of keys.
    init(_ json: JSONValue) async throws {
        guard case .array(let items)? = json["keys"] else {
            throw Failure(
                "directory.badAnswer", "the directory's keys cannot be read",
                remedy: "see what lies under its issuer at /.well-known/openid-configuration")
        }
        var keys: [Key] = []
        for item in items.prefix(Limits.directoryKeys) {
            guard let way = Self.way(of: item), let check = await Self.check(item, way) else { continue }
            keys.append(Key(id: item["kid"]?.string, algorithm: way, check: check))
        }
        self.keys = keys
    }

    /// Those that may have signed a token; the directory names the key where it has several.
    func candidates(id: String?, way: SigningWay) -> [any JWTAlgorithm] {
        keys.filter { $0.algorithm == way && (id == nil || $0.id == id) }.map(\.check)
    }

    private static func way(of item: JSONValue) -> SigningWay? {
        let way: SigningWay
        switch item["kty"]?.string {
        case "RSA": way = .rs256
        case "EC" where item["crv"]?.string == "P-256": way = .es256
        default: return nil
        }
        guard ["sig", nil].contains(item["use"]?.string), [way.rawValue, nil].contains(item["alg"]?.string) else {
            return nil
        }
        if let uses = item["key_ops"]?.items, !uses.contains("verify") { return nil }
        return way
    }

    /// - Returns: nil where the library takes the key for none, such as one that is too short.
    private static func check(_ item: JSONValue, _ way: SigningWay) async -> (any JWTAlgorithm)? {
        let id = JWKIdentifier(string: "key")
        let key: JWK
        switch way {
        case .rs256:
            guard let modulus = number(item["n"], bytes: 256...1_024), let exponent = number(item["e"], bytes: 1...8)
            else { return nil }
            key = .rsa(.rs256, identifier: id, modulus: modulus, exponent: exponent)
        case .es256:
            guard let x = number(item["x"], bytes: 32...32), let y = number(item["y"], bytes: 32...32) else {
                return nil
            }
            key = .ecdsa(.es256, identifier: id, x: x, y: y, curve: .p256)
        }
        let keys = JWTKeyCollection()
        guard (try? await keys.add(jwk: key)) != nil else { return nil }
        return try? await keys.getKey(for: id, alg: way.rawValue)
    }

    /// A number of a key, as it is written; nil where it is shorter or longer than any that is taken.
    private static func number(_ value: JSONValue?, bytes: ClosedRange<Int>) -> String? {
        guard let text = value?.string, let decoded = Base64URL.decode(text), bytes.contains(decoded.count) else {
            return nil
        }
        return text
    }
}

/// How a token may be signed: by a private key of the directory, never by a secret that both sides know, never not at all.
enum SigningWay: String, CaseIterable, Hashable, Sendable {
    case rs256 = "RS256"
    case es256 = "ES256"
}
