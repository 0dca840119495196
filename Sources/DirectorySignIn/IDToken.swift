import Effects
import FHIR
import JWTKit

/// A token that says who somebody is (OpenID Connect Core 1.0, section 2), read and not yet believed.
struct IDToken: Sendable {
    let way: SigningWay
    /// Which of the directory's keys it says that signed it.
    let keyID: String?
    private let claims: JSONValue
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// - Throws: `directory.badToken`, `directory.algorithm`.
    init(_ text: String) throws {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Limits.directoryTokenBytes, parts.count == 3, let header = Self.json(parts[0]),
            let claims = Self.json(parts[1]), let signature = Base64URL.decode(parts[2])
        else { throw Self.unreadable }
        // What is marked as critical has to be understood, and nothing of that kind is (RFC 7515, section 4.1.11).
        guard header["crit"] == nil, let algorithm = header["alg"]?.string else { throw Self.unreadable }
        guard let way = SigningWay(rawValue: algorithm) else {
            throw Failure(
                "directory.algorithm", "the token is signed in a way that is not taken",
                remedy: "let the directory sign with RS256 or ES256")
        }
        self.way = way
        self.claims = claims
        self.signature = signature
        keyID = header["kid"]?.string
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    /// What it claims, once one of the keys has signed it.
    ///
    /// - Throws: `directory.unknownKey`, `directory.signature`.
    func claims(signedBy keys: DirectoryKeys) throws -> TokenClaims {
        let candidates = keys.candidates(id: keyID, way: way)
        guard !candidates.isEmpty else {
            throw Failure(
                "directory.unknownKey", "the token is signed with a key that the directory does not publish",
                remedy: "begin again in a minute; if it repeats, ask whoever keeps the directory")
        }
        guard candidates.contains(where: { (try? $0.verify(signature, signs: signed)) == true }) else {
            throw Failure(
                "directory.signature", "the token's signature does not hold",
                remedy: "begin again; if it repeats, ask whoever keeps the directory")
        }
        return TokenClaims(claims)
    }

    private static func json(_ part: Substring) -> JSONValue? {
        let limits = JSONLimits(textBytes: Limits.directoryTokenBytes, nestingDepth: 12, valueCount: 10_000)
        guard let bytes = Base64URL.decode(part), let value = try? JSONParser.parse(bytes, limits: limits),
            value.object != nil
        else { return nil }
        return value
    }

    private static var unreadable: Failure {
        Failure(
            "directory.badToken", "the directory's token cannot be read",
            remedy: "begin again; if it repeats, ask whoever keeps the directory")
    }
}
