import Edge
import Effects
import Foundation
import HTTPTypes
import Hummingbird
import Synchronization
import Trust

/// The bearer tokens of the node's operators, read from files of mode 0600.
package final class OperatorTokens: Sendable {
    /// Digests, so that a comparison takes the same time for every wrong token and none stands in memory as it is.
    private let digests: Mutex<Set<Digest>>

    package static let shortestBytes = 20

    /// - Throws: `console.weakToken`.
    package init(_ tokens: [String]) throws {
        digests = Mutex(try Self.digests(of: tokens))
    }

    /// Takes other tokens from now on.
    package func replace(_ tokens: [String]) throws {
        let fresh = try Self.digests(of: tokens)
        digests.withLock { $0 = fresh }
    }

    package func holds(_ token: String) -> Bool {
        let digest = Suite.ed25519.digest(Array(token.utf8))
        return digests.withLock { $0.contains(digest) }
    }

    private static func digests(of tokens: [String]) throws -> Set<Digest> {
        try Set(
            tokens.map { token in
                guard token.utf8.count >= shortestBytes else {
                    throw Failure(
                        "console.weakToken", "an operator's token has fewer than \(shortestBytes) bytes",
                        remedy: "write 32 random bytes in hexadecimal into the file: openssl rand -hex 32")
                }
                return Suite.ed25519.digest(Array(token.utf8))
            })
    }
}

/// Lets only requests with an operator's token pass; put in front of the interface over HTTPS.
///
/// A browser, which cannot send a bearer token, sends it as the password of Basic authentication (RFC 7617); the name
/// does not matter.
struct TokenMiddleware<Context: RequestContext>: RouterMiddleware {
    let tokens: OperatorTokens

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, let token = Self.token(words[0].lowercased(), String(words[1])) else {
            throw Failure(
                "console.unauthorised", "this request carries no operator's token",
                remedy: "give the token's file with --token-file")
        }
        guard tokens.holds(token) else {
            guard Visit.current?.noteWrongToken() != true else {
                throw Failure(
                    "console.wrongTokens", "too many wrong tokens come from this address",
                    remedy: "wait a minute; take the token of operator.token in the node's data folder")
            }
            throw Failure(
                "console.unauthorised", "the token of this request is none that this node takes",
                remedy: "take the one of operator.token in the node's data folder; a changed file holds after SIGHUP")
        }
        guard Visit.current?.prove("operator") != false else {
            throw Failure(
                "console.overloaded", "as many connections as there may be at a time are open with this token",
                remedy: "close some of them")
        }
        return try await next(request, context)
    }

    private static func token(_ scheme: String, _ text: String) -> String? {
        switch scheme {
        case "bearer": return text
        case "basic":
            guard let bytes = Data(base64Encoded: text), let pair = String(data: bytes, encoding: .utf8),
                let colon = pair.firstIndex(of: ":")
            else { return nil }
            return String(pair[pair.index(after: colon)...])
        default: return nil
        }
    }
}
