import Crypto
import CryptoExtras
import Effects
import FHIR
import Regions
import Synchronization

@testable import DirectorySignIn

/// A directory without a socket: what it publishes, how it signs, and what it was asked.
final class SampleDirectory: DirectoryTransport {
    struct State: Sendable {
        var document: JSONValue
        /// Answered at the place of its keys.
        var keys: JSONValue
        /// Answered to whoever brings a code.
        var token: DirectoryReply
        var isAway = false
        var asked: [DirectoryQuestion] = []
    }

    static let issuer = "https://sso.example/realms/staff"

    private let state: Mutex<State>

    init(keys: [SampleKey]) {
        state = Mutex(
            State(
                document: Self.document, keys: ["keys": .array(keys.map(\.published))],
                token: DirectoryReply(status: 500, body: [])))
    }

    static let document: JSONValue = [
        "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/auth"),
        "token_endpoint": .string(issuer + "/token"), "jwks_uri": .string(issuer + "/keys"),
        "response_types_supported": ["code"],
    ]

    var asked: [DirectoryQuestion] { state.withLock { $0.asked } }

    func count(_ path: String) -> Int { asked.count { $0.address.hasSuffix(path) } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func ask(_ question: DirectoryQuestion) async throws -> DirectoryReply {
        try state.withLock { state in
            state.asked.append(question)
            if state.isAway { throw DirectoryAnswer.unreachable }
            switch question.address {
            case Self.issuer + "/.well-known/openid-configuration": return Self.reply(state.document)
            case Self.issuer + "/keys": return Self.reply(state.keys)
            case Self.issuer + "/token": return state.token
            default: return DirectoryReply(status: 404, body: [])
            }
        }
    }

    static func reply(_ json: JSONValue, status: Int = 200) -> DirectoryReply {
        DirectoryReply(status: status, body: JSONPrinter.bytes(json))
    }

    static func reply(token: String) -> DirectoryReply {
        reply(["access_token": "a", "token_type": "Bearer", "id_token": .string(token)])
    }
}

/// A key of a directory: what it publishes of it, and how it signs.
///
/// The signatures are not made by the library that checks them.
struct SampleKey: Sendable {
    let id: String
    let way: String
    let published: JSONValue
    private let sign: @Sendable ([UInt8]) throws -> [UInt8]

    static func rsa(_ id: String) throws -> SampleKey {
        let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        let parts = try key.publicKey.getKeyPrimitives()
        let published: JSONValue = [
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": .string(id),
            "n": .string(Base64URL.encode(Array(parts.modulus))),
            "e": .string(Base64URL.encode(Array(parts.publicExponent))),
        ]
        return SampleKey(id: id, way: "RS256", published: published) { bytes in
            Array(
                try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    static func elliptic(_ id: String) -> SampleKey {
        let key = P256.Signing.PrivateKey()
        let point = Array(key.publicKey.rawRepresentation)
        let published: JSONValue = [
            "kty": "EC", "crv": "P-256", "kid": .string(id), "x": .string(Base64URL.encode(point.prefix(32))),
            "y": .string(Base64URL.encode(point.suffix(32))),
        ]
        return SampleKey(id: id, way: "ES256", published: published) { bytes in
            Array(try key.signature(for: bytes).rawRepresentation)
        }
    }

    /// A key that both sides know, which is what no directory may sign with.
    static func secret(_ id: String, _ bytes: [UInt8]) -> SampleKey {
        let key = SymmetricKey(data: bytes)
        return SampleKey(id: id, way: "HS256", published: .null) { bytes in
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
        }
    }

    private init(
        id: String, way: String, published: JSONValue, sign: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) {
        self.id = id
        self.way = way
        self.published = published
        self.sign = sign
    }

    /// A token that this key signs.
    ///
    /// - Parameter header: other values for its header; `.null` takes one out.
    func token(_ claims: JSONValue, header: [String: JSONValue] = [:]) throws -> String {
        var head: JSONObject = ["alg": .string(way), "typ": "JWT", "kid": .string(id)]
        for (name, value) in header { head[name] = value == .null ? nil : value }
        let parts = [JSONValue.object(head), claims]
        let signed = parts.map { Base64URL.encode(JSONPrinter.bytes($0)) }.joined(separator: ".")
        return signed + "." + Base64URL.encode(try sign(Array(signed.utf8)))
    }
}

/// Keys that are made once for all tests: an RSA key takes a while.
enum SampleKeys {
    static let elliptic = SampleKey.elliptic("e1")
    private static let made = Result { try SampleKey.rsa("r1") }
    private static let other = Result { try SampleKey.rsa("r2") }

    static var rsa: SampleKey { get throws { try made.get() } }
    static var otherRSA: SampleKey { get throws { try other.get() } }
}
