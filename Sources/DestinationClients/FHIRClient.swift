import AsyncHTTPClient
package import Destinations
import Effects
import FHIR
import NIOCore
import NIOHTTP1
import Synchronization
import Trust

/// Brings resources to one FHIR server by conditional updates: sent again, a resource stays one.
package final class FHIRClient: DestinationClient {
    private let server: Destination.FHIRServer
    private let tokenFile: String
    private let configuration: HTTPClient.Configuration
    private let disk: any Disk
    /// Made when the first message goes: a client that was made has to be shut down.
    private let client = Mutex<HTTPClient?>(nil)

    init(_ server: Destination.FHIRServer, authorityFile: String, tokenFile: String, disk: any Disk) throws {
        self.server = server
        self.tokenFile = tokenFile
        self.disk = disk
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(10), read: .milliseconds(Limits.deliveryAnswerMilliseconds))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tlsConfiguration = try DestinationTrust.configuration(authorityFile, disk: disk)
        self.configuration = configuration
    }

    /// Closes its connections.
    package func close() async throws {
        let made = client.withLock { client in
            defer { client = nil }
            return client
        }
        try await made?.shutdown()
    }

    private var connected: HTTPClient {
        client.withLock { client in
            if let client { return client }
            let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            client = made
            return made
        }
    }

    package func send(_ message: WaitingMessage) async throws -> DeliveryOutcome {
        let token: String
        do { token = try PrivateFile.read(tokenFile, disk: disk).filter { !$0.isWhitespace } } catch {
            return .unreachable(
                .init(code: (error as? Failure)?.code.rawValue ?? "no token", text: "the token's file cannot be read"))
        }
        var request = HTTPClientRequest(url: server.url + "/" + message.target)
        request.method = .PUT
        request.headers.add(name: "content-type", value: "application/fhir+json")
        request.headers.add(name: "accept", value: "application/fhir+json")
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        request.body = .bytes(ByteBuffer(bytes: message.body))
        do {
            let response = try await connected.execute(
                request, timeout: .milliseconds(Limits.deliveryAnswerMilliseconds))
            let retryAfter = response.headers.first(name: "retry-after").flatMap { Int($0) }
            let status = Int(response.status.code)
            if (200..<300).contains(status) { return .accepted }
            // What cannot be read of an answer says nothing, and its status says enough.
            let body = try? await response.body.collect(upTo: Limits.deliveryAnswerBytes)
            try Task.checkCancellation()
            return Self.outcome(status, body.map { Array($0.readableBytesView) } ?? [], retryAfter: retryAfter)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as HTTPClientError where [.deadlineExceeded, .readTimeout].contains(error) {
            try Task.checkCancellation()
            return .unanswered(.init(code: "no answer", text: Self.reason(error)))
        } catch {
            try Task.checkCancellation()
            return .unreachable(.init(code: "no connection", text: Self.reason(error)))
        }
    }

    /// What an answer that is no success means for the message.
    static func outcome(_ status: Int, _ body: [UInt8], retryAfter: Int?) -> DeliveryOutcome {
        let words = DeliveryOutcome.Words(code: "\(status)", text: issues(body))
        switch status {
        // Who we are, or how often we come: no message would go now.
        case 401, 403, 407, 408, 421, 425, 429, 502, 503, 504: return .unreachable(words, retryAfterSeconds: retryAfter)
        // A wrong base address, or a server that cannot do this: an operator may mend it.
        case 404, 405, 406, 500..., ..<400: return .failed(words)
        default: return .refused(words)
        }
    }

    /// The codes and words of an OperationOutcome.
    private static func issues(_ body: [UInt8]) -> String {
        guard let outcome = try? FHIRResource.parse(body), outcome.type == "OperationOutcome" else {
            return "the server said no more"
        }
        let texts = outcome.items("issue").prefix(3).map { issue in
            [issue["code"]?.string, issue["diagnostics"]?.string ?? issue["details"]?["text"]?.string]
                .compactMap { $0 }.joined(separator: ": ")
        }
        return DeliveryReason.text(texts.joined(separator: "; "))
    }

    /// The library's name for what happened; it holds neither the request nor its answer.
    private static func reason(_ error: any Error) -> String {
        (error as? HTTPClientError)?.shortDescription ?? "the server cannot be reached"
    }
}
