import AsyncHTTPClient
import ConsoleKit
import Edge
import Effects
import Logging
import NIOCore
import NIOSSL
import Regions
import Synchronization
import Testing
import Trust

@testable import Console

@Suite("The listener for browsers", .timeLimit(.minutes(10)))
struct PageListenerTests {
    /// Follows for ever what is sent, until it stops; counts the requests of every page but the start.
    private final class Following: Sendable {
        private let count = Mutex(0)
        private let stopped = Mutex(false)
        private let changed = Wakeup()
        private let arrived = Wakeup()

        func wait(for followers: Int) async {
            while true {
                let seen = arrived.count
                if count.withLock({ $0 }) >= followers { return }
                await arrived.wait(since: seen)
            }
        }

        func answer(_ request: PageRequest) -> PageResponse {
            if request.path != "/start" {
                count.withLock { $0 += 1 }
                arrived.wake()
            }
            guard request.path == "/events" else { return PageResponse(status: 200, body: Array(request.path.utf8)) }
            var response = PageResponse(status: 200, body: Array("begun\n".utf8))
            response.following = { [self] in
                let seen = changed.count
                if stopped.withLock({ $0 }) { return nil }
                await changed.wait(since: seen)
                return stopped.withLock { $0 } ? nil : Array("more\n".utf8)
            }
            return response
        }

        func stop() {
            stopped.withLock { $0 = true }
            changed.wake()
        }
    }

    private func make() throws -> (PageListener, Following, HTTPClient.Configuration) {
        let (world, following) = (World.system, Following())
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let authority = try RegionAuthority.create(regionID: "sample", world: world)
        let issued = try authority.issue(node: "hospital", world: world)
        let listener = try PageListener(
            ConsoleListener(
                listen: try NetworkAddress("127.0.0.1:0"), certificateFile: nil, keyFile: nil, allowsLinks: false),
            certificate: EdgeCertificate(
                certificatePEM: Array(issued.certificatePEM.utf8), keyPEM: Array(issued.keyPEM.utf8)),
            doors: DoorBoard(time: world.time, logger: logger), world: world, logger: logger, resolve: { $0 },
            onStop: { following.stop() }, answering: { following.answer($0) })
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: authority.certificateDER, format: .der)])
        tls.certificateVerification = .noHostnameVerification
        return (listener, following, HTTPClient.Configuration(tlsConfiguration: tls))
    }

    private func run(
        _ body: @escaping @Sendable (PageListener, Following, HTTPClient.Configuration, String) async throws -> Void
    ) async throws {
        let (listener, following, configuration) = try make()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await listener.run() }
            group.addTask {
                let address = try await listener.address()
                try await body(listener, following, configuration, "https://\(address)")
                listener.stop()
            }
            try await group.waitForAll()
        }
    }

    private func using(
        _ configuration: HTTPClient.Configuration, _ body: (HTTPClient) async throws -> Void
    ) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<Void, any Error>
        do { result = .success(try await body(client)) } catch { result = .failure(error) }
        try await client.shutdown()
        try result.get()
    }

    @Test("thirty pages that follow what happens share one connection of HTTP/2 with others; a stop ends them")
    func streams() async throws {
        try await run { listener, following, configuration, base in
            try await using(configuration) { client in
                try await withThrowingTaskGroup(of: String.self) { group in
                    // The client has one connection from then on: before it knows what is spoken, it opens several.
                    _ = try await client.execute(HTTPClientRequest(url: base + "/start"), timeout: .minutes(5))
                    for _ in 0..<30 {
                        group.addTask {
                            let response = try await client.execute(
                                HTTPClientRequest(url: base + "/events"), timeout: .minutes(5))
                            #expect(response.version == .http2)
                            var bytes = try await response.body.collect(upTo: 1_000)
                            return bytes.readString(length: bytes.readableBytes) ?? ""
                        }
                    }
                    await following.wait(for: 30)
                    let page = try await client.execute(
                        HTTPClientRequest(url: base + "/start"), timeout: .minutes(5))
                    #expect(page.version == .http2 && page.status == .ok)
                    #expect(page.headers["connection"].isEmpty)
                    listener.stop()
                    for try await text in group { #expect(text.hasPrefix("begun\n")) }
                }
            }
        }
    }

    @Test("requests of HTTP/2 that come while a listener is cancelled, begun or not, end no process")
    func cancelled() async throws {
        for _ in 0..<8 {
            let (listener, following, configuration) = try make()
            let serving = Task { try await listener.run() }
            let base = "https://\(try await listener.address())"
            try await using(configuration) { client in
                _ = try await client.execute(HTTPClientRequest(url: base + "/start"), timeout: .minutes(5))
                await withTaskGroup(of: Void.self) { group in
                    for _ in 0..<16 {
                        group.addTask {
                            let request = HTTPClientRequest(url: base + "/counted")
                            while (try? await client.execute(request, timeout: .minutes(5))) != nil {}
                        }
                    }
                    await following.wait(for: 64)
                    serving.cancel()
                    await #expect(throws: CancellationError.self) { try await serving.value }
                    group.cancelAll()
                }
            }
        }
    }

    @Test("who speaks HTTP/1.1 alone is answered so")
    func old() async throws {
        try await run { _, _, configuration, base in
            var old = configuration
            old.httpVersion = .http1Only
            try await using(old) { client in
                let page = try await client.execute(HTTPClientRequest(url: base + "/start"), timeout: .minutes(5))
                #expect(page.version == .http1_1 && page.status == .ok)
            }
        }
    }

    @Test("an answer over HTTP/2 to what is no form has no header of HTTP/1.1's connections")
    func refused() async throws {
        try await run { _, _, configuration, base in
            try await using(configuration) { client in
                var request = HTTPClientRequest(url: base + "/start")
                request.method = .POST
                request.headers.add(name: "content-type", value: "application/x-www-form-urlencoded")
                request.body = .bytes(ByteBuffer(repeating: 97, count: Limits.pageFormBytes + 1))
                let answer = try await client.execute(request, timeout: .minutes(5))
                #expect(answer.version == .http2 && answer.status == .payloadTooLarge)
                #expect(answer.headers["connection"].isEmpty)
                // The connection goes on.
                let page = try await client.execute(HTTPClientRequest(url: base + "/start"), timeout: .minutes(5))
                #expect(page.status == .ok)
            }
        }
    }
}
