import AsyncHTTPClient
import Effects
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
package import ServiceKit

/// Speaks to the operator's interface of a node, over its Unix socket or over HTTPS.
///
/// A node that cannot be reached gives `console.notReachable`; everything else that goes wrong is the failure that the
/// node named.
package struct ConsoleClient: Sendable {
    /// Where the node is.
    package enum Target: Sendable {
        /// The socket in the node's data folder.
        case socket(path: String)
        /// `https://host:port`, with an operator's token and the PEM text of the authority that is believed.
        case https(url: String, token: String, authority: String)
    }

    private let client: HTTPClient
    private let base: String
    private let place: String
    private let token: String?

    /// Makes a client, lets `body` use it, and closes it.
    package static func with<Value: Sendable>(
        _ target: Target, _ body: (ConsoleClient) async throws -> Value
    ) async throws -> Value {
        let client = try ConsoleClient(target)
        let result: Result<Value, any Error>
        do { result = .success(try await body(client)) } catch { result = .failure(error) }
        try? await client.client.shutdown()
        return try result.get()
    }

    private init(_ target: Target) throws {
        var configuration = HTTPClient.Configuration()
        configuration.timeout = .init(connect: .seconds(Self.connectSeconds), read: .seconds(Self.readSeconds))
        configuration.redirectConfiguration = .disallow
        // Whoever waits for a node that starts asks again; everybody else is told at once that it is not there.
        configuration.connectionPool.retryConnectionEstablishment = false
        switch target {
        case .socket(let path):
            let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
            guard let host = path.addingPercentEncoding(withAllowedCharacters: allowed) else {
                throw Failure("console.socketPath", "the path of the socket cannot be used", place: path)
            }
            base = "http+unix://\(host)"
            place = path
            token = nil
        case .https(let url, let bearer, let authority):
            guard url.hasPrefix("https://") else {
                throw Failure(
                    "console.badURL", "an operator's interface is reached over https only", place: url,
                    remedy: "write https://host:port")
            }
            var tls = TLSConfiguration.makeClientConfiguration()
            do {
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
            } catch {
                throw Failure("cert.unusable", "the authority's certificate cannot be read", place: url)
            }
            configuration.tlsConfiguration = tls
            var trimmed = url
            while trimmed.hasSuffix("/") { trimmed.removeLast() }
            base = trimmed
            place = trimmed
            token = bearer
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private static let connectSeconds: Int64 = 5
    /// Verifying or folding a large ledger again takes its time.
    private static let readSeconds: Int64 = 1_800
    private static let answerBytes = 96 << 20

    /// Asks what an endpoint declares.
    package func ask<Question, Answer>(
        _ endpoint: Endpoint<Question, Answer>, _ question: Question
    ) async throws -> Answer {
        let request = try endpoint.request(question)
        let description = endpoint.description
        let type: String? =
            switch description.question.body {
            case .json: "application/json"
            case .file: "application/octet-stream"
            case nil: nil
            }
        let check = AnswerCheck(description)
        let bytes = try await bytes(
            description.method == .get ? .GET : .POST, description.path, request.query,
            body: type == nil ? nil : request.body, type: type, check)
        try check?.check(answer: bytes)
        return try endpoint.read(EndpointResponse(contentType: description.answer.contentType, body: bytes))
    }

    /// Asks an endpoint of which nothing need be said.
    package func ask<Answer>(_ endpoint: Endpoint<NoQuestion, Answer>) async throws -> Answer {
        try await ask(endpoint, NoQuestion())
    }

    /// Listens to an endpoint's events until the node ends them, or until `body` says that it is enough.
    ///
    /// - Parameter body: gives false for enough.
    package func follow<Question>(
        _ endpoint: Endpoint<Question, EventFeed>, _ question: Question,
        _ body: (EventFeed.Event) async throws -> Bool
    ) async throws {
        let asked = try endpoint.request(question)
        var request = HTTPClientRequest(url: base + "/v1/" + endpoint.description.path + Self.text(asked.query))
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        do {
            let response = try await client.execute(request, deadline: .distantFuture)
            guard response.status == .ok else {
                let bytes = Array(try await response.body.collect(upTo: Self.answerBytes).readableBytesView)
                throw try OperatorJSON.value(ProblemInfo.self, from: bytes, place: endpoint.description.path).failure
            }
            var (reader, rest) = (EventFeed.Reader(), [UInt8]())
            for try await buffer in response.body {
                rest += buffer.readableBytesView
                while let end = rest.firstIndex(of: 0x0A) {
                    let line = String(decoding: rest[..<end], as: UTF8.self)
                    rest.removeSubrange(...end)
                    guard let event = reader.take(line) else { continue }
                    if try await !body(event) { return }
                }
                guard rest.count <= Self.answerBytes else {
                    throw Failure("console.badAnswer", "a line of the node's events has no end", place: place)
                }
            }
        } catch let failure as Failure {
            throw failure
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Failure(
                "console.notReachable", "the node cannot be reached (\(Self.reason(error)))", place: place,
                remedy: "see whether it runs, and whether --data or --url names the right one")
        }
    }

    private func bytes(
        _ method: HTTPMethod, _ path: String, _ query: [EndpointRequest.Parameter], body: [UInt8]?, type: String?,
        _ check: AnswerCheck?
    ) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: base + "/v1/" + path + Self.text(query))
        request.method = method
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        if let type { request.headers.add(name: "content-type", value: type) }
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        let response: HTTPClientResponse
        let buffer: ByteBuffer
        do {
            response = try await client.execute(request, timeout: .seconds(Self.readSeconds))
            buffer = try await response.body.collect(upTo: Self.answerBytes)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as IOError where SystemFault.isForbidden(error.errnoCode) {
            throw SystemFault.failure(
                "console.notReachable", "the node's socket cannot be opened", place, error.errnoCode)
        } catch {
            throw Failure(
                "console.notReachable", "the node cannot be reached (\(Self.reason(error)))", place: place,
                remedy: "see whether it runs, and whether --data or --url names the right one")
        }
        let bytes = Array(buffer.readableBytesView)
        guard response.status.code < 300 else {
            let problem: ProblemInfo
            do { problem = try OperatorJSON.value(ProblemInfo.self, from: bytes, place: path) } catch {
                throw Failure(
                    "console.badAnswer", "the node answered with HTTP status \(response.status.code)", place: place)
            }
            try check?.check(failure: problem.failure)
            throw problem.failure
        }
        return bytes
    }

    private static func text(_ query: [EndpointRequest.Parameter]) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~/"))
        let items = query.compactMap { parameter in
            parameter.value.addingPercentEncoding(withAllowedCharacters: allowed).map { parameter.name + "=" + $0 }
        }
        return items.isEmpty ? "" : "?" + items.joined(separator: "&")
    }

    /// The library's name for what happened; it holds neither the request nor its answer.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription
        case let error as IOError where error.errnoCode == ENOENT: "there is no socket"
        case let error as IOError where error.errnoCode == ECONNREFUSED: "nobody listens there"
        case let error as IOError: "system error \(error.errnoCode)"
        case is NIOSSLError, is BoringSSLError: "its certificate is not accepted"
        case is NIOTooManyBytesError: "its answer is too long"
        default: "no connection"
        }
    }
}
