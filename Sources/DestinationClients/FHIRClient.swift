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
    private let authorityFile: String
    private let tokenFile: String
    private let disk: any Disk
    private let time: any TimeSource
    private let bodyMilliseconds: Int64
    private let state: Mutex<State>

    private struct State {
        /// Whom the client believes that is made next.
        var configuration: HTTPClient.Configuration
        /// Made when the first message goes: a client that was made has to be shut down.
        var client: HTTPClient?
        /// Clients that believe an authority which was read before; each is shut down by the next message.
        var outdated: [HTTPClient] = []
    }

    /// - Parameter bodyMilliseconds: how long the body of an answer may take, once its status has come.
    /// - Throws: `destination.certificate`, `disk.…`.
    init(
        _ server: Destination.FHIRServer, authorityFile: String, tokenFile: String, disk: any Disk,
        time: any TimeSource, bodyMilliseconds: Int64 = Limits.deliveryBodyMilliseconds
    ) throws {
        self.server = server
        self.time = time
        self.bodyMilliseconds = bodyMilliseconds
        self.authorityFile = authorityFile
        self.tokenFile = tokenFile
        self.disk = disk
        state = Mutex(State(configuration: try Self.configuration(authorityFile, disk: disk)))
    }

    private static func configuration(_ authorityFile: String, disk: any Disk) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(10), read: .milliseconds(Limits.deliveryAnswerMilliseconds))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tlsConfiguration = try DestinationTrust.configuration(authorityFile, disk: disk)
        return configuration
    }

    /// Reads the authority's certificate again; the next message goes over a connection of its own.
    ///
    /// - Throws: `destination.certificate`, `disk.…`; the one that was read before stays in use then.
    func reload() throws {
        let configuration = try Self.configuration(authorityFile, disk: disk)
        state.withLock { state in
            state.configuration = configuration
            if let client = state.client { state.outdated.append(client) }
            state.client = nil
        }
    }

    /// Closes its connections.
    package func close() async throws {
        let made = state.withLock { state in
            defer { (state.client, state.outdated) = (nil, []) }
            return state.outdated + (state.client.map { [$0] } ?? [])
        }
        for client in made { try await client.shutdown() }
    }

    /// The client for a message, and those that are to be shut down before it goes: one message goes at a time.
    private var connected: (client: HTTPClient, outdated: [HTTPClient]) {
        state.withLock { state in
            let made =
                state.client ?? HTTPClient(eventLoopGroupProvider: .singleton, configuration: state.configuration)
            defer { (state.client, state.outdated) = (made, []) }
            return (made, state.outdated)
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
        let (client, outdated) = connected
        for client in outdated { try? await client.shutdown() }
        do {
            let response = try await client.execute(
                request, timeout: .milliseconds(Limits.deliveryAnswerMilliseconds))
            let retryAfter = response.headers.first(name: "retry-after").flatMap { Int($0) }
            let status = Int(response.status.code)
            if (200..<300).contains(status) { return .accepted }
            let body = await read(response.body)
            try Task.checkCancellation()
            return Self.outcome(status, body, retryAfter: retryAfter)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            try Task.checkCancellation()
            return Self.outcome(of: error)
        }
    }

    /// The body of an answer as far as it comes in time and is not too long.
    ///
    /// What cannot be read of an answer says nothing, and its status says enough.
    private func read(_ body: HTTPClientResponse.Body) async -> [UInt8] {
        let (time, milliseconds) = (time, bodyMilliseconds)
        return await withTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                let bytes = try? await body.collect(upTo: Limits.deliveryAnswerBytes)
                return bytes.map { Array($0.readableBytesView) } ?? []
            }
            group.addTask {
                try? await time.sleep(milliseconds: milliseconds)
                return []
            }
            defer { group.cancelAll() }
            return await group.next() ?? []
        }
    }

    /// What it means that no answer came: whether the server was reached and had the message, or not even that.
    static func outcome(of error: any Error) -> DeliveryOutcome {
        let afterwards: [HTTPClientError] = [.deadlineExceeded, .readTimeout, .writeTimeout, .remoteConnectionClosed]
        if let error = error as? HTTPClientError, afterwards.contains(error) {
            return .unanswered(.init(code: "no answer", text: reason(error)))
        }
        if error is HTTPParserError {
            return .unanswered(.init(code: "no answer", text: "the answer is no HTTP"))
        }
        return .unreachable(.init(code: "no connection", text: reason(error)))
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

    /// The codes of an OperationOutcome as far as FHIR knows them; the server's own words may name the patient, and are not
    /// kept.
    private static func issues(_ body: [UInt8]) -> String {
        guard let outcome = try? FHIRResource.parse(body), outcome.type == "OperationOutcome" else {
            return "the server gave no reason"
        }
        let codes = outcome.items("issue").prefix(3).compactMap { $0["code"]?.string }.filter(issueTypes.contains)
        return codes.isEmpty ? "the server gave no reason by code" : codes.joined(separator: ", ")
    }

    /// FHIR R4, value set `issue-type`.
    private static let issueTypes: Set<String> = [
        "invalid", "structure", "required", "value", "invariant", "security", "login", "unknown", "expired",
        "forbidden", "suppressed", "processing", "not-supported", "duplicate", "multiple-matches", "not-found",
        "deleted", "too-long", "code-invalid", "extension", "too-costly", "business-rule", "conflict", "transient",
        "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled", "informational",
    ]

    /// The library's name for what happened; it holds neither the request nor its answer.
    private static func reason(_ error: any Error) -> String {
        (error as? HTTPClientError)?.shortDescription ?? "the server cannot be reached"
    }
}
