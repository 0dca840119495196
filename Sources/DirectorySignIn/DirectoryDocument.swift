import Effects
import FHIR
import Regions

/// What a directory publishes about itself (OpenID Connect Discovery 1.0, section 3), as far as it is used here.
struct DirectoryDocument: Hashable, Sendable {
    /// Where browsers go.
    let authorization: DirectoryAddress
    /// Where codes are exchanged.
    let token: DirectoryAddress
    /// Where its keys lie.
    let keys: DirectoryAddress
    /// Whether it takes the client's secret in the form only, and not in the header.
    let wantsSecretInForm: Bool
    /// Whether it says on each return who it is (RFC 9207).
    let namesItself: Bool

    /// - Throws: `directory.badAnswer`, `directory.issuer`.
    init(_ json: JSONValue, of issuer: DirectoryAddress) throws {
        guard json["issuer"]?.string == issuer.text else {
            throw Failure(
                "directory.issuer", "the directory calls itself otherwise than this node's file",
                remedy: "write 'issuer' to the letter as the directory's document has it")
        }
        func address(_ name: String) throws -> DirectoryAddress {
            guard let text = json[name]?.string,
                let address = DirectoryAddress(
                    text, allowsPlainLoopback: issuer.allowsPlainLoopback, allowsQuery: true)
            else {
                throw Failure(
                    "directory.badAnswer", "the directory's document has no '\(name)' over HTTPS",
                    remedy: "see what lies under its issuer at /.well-known/openid-configuration")
            }
            return address
        }
        authorization = try address("authorization_endpoint")
        token = try address("token_endpoint")
        keys = try address("jwks_uri")
        let types = json["response_types_supported"]?.items ?? []
        guard types.isEmpty || types.contains("code") else {
            throw Failure(
                "directory.badAnswer", "the directory gives no codes",
                remedy: "see what lies under its issuer at /.well-known/openid-configuration")
        }
        let ways = (json["token_endpoint_auth_methods_supported"]?.items ?? []).compactMap(\.string)
        wantsSecretInForm = ways.contains("client_secret_post") && !ways.contains("client_secret_basic")
        namesItself = json["authorization_response_iss_parameter_supported"] == .bool(true)
    }

    /// Where the document of an issuer lies.
    static func place(of issuer: DirectoryAddress) -> String {
        var text = issuer.text
        if text.hasSuffix("/") { text.removeLast() }
        return text + "/.well-known/openid-configuration"
    }
}
