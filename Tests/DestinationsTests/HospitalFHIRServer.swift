import Effects
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Trust

/// A hospital's FHIR server that really listens over TLS, at a port of the system's choice.
final class HospitalFHIRServer: Sendable {
    struct Came: Sendable, Equatable {
        var method: String
        var uri: String
        var token: String
        var body: [UInt8]
    }

    struct Answer: Sendable {
        var status: Int
        var body = ""
        var headers: [String: String] = [:]
        /// Whether it says that there is a body and never sends it.
        var isEndless = false
    }

    private let requests = Mutex<[Came]>([])
    private let answer: Mutex<Answer>
    private let channel: any Channel

    private init(_ channel: any Channel, _ first: Answer) {
        self.channel = channel
        answer = Mutex(first)
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var came: [Came] { requests.withLock { $0 } }

    func answers(_ new: Answer) { answer.withLock { $0 = new } }

    /// Listens while `body` runs, with a certificate of an authority.
    static func run(
        _ authority: RegionAuthority, world: World, _ body: (HospitalFHIRServer) async throws -> Void
    ) async throws {
        let tls = try Self.context(authority, world: world)
        let box = Box()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let server = box.server.withLock({ $0 }) else { return }
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
                    // Whoever waits for the end of an answer before it reads on would not hear that a client goes: that
                    // one would wait for seconds until its connection is closed.
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try channel.pipeline.syncOperations.addHandler(Handler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = HospitalFHIRServer(channel, Answer(status: 201))
        box.server.withLock { $0 = server }
        let result: Result<Void, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try await channel.close()
        try result.get()
    }

    /// What a hospital's system shows: a certificate of an authority for this machine.
    static func context(_ authority: RegionAuthority, world: World) throws -> NIOSSLContext {
        let issued = try authority.issue(node: "hospital", validityDays: 2, world: world)
        let certificates = try NIOSSLCertificate.fromPEMBytes(Array(issued.certificatePEM.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(issued.keyPEM.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key)))
    }

    private final class Box: Sendable {
        let server = Mutex<HospitalFHIRServer?>(nil)
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: HospitalFHIRServer
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ server: HospitalFHIRServer) { self.server = server }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                body = []
            case .body(let buffer): body += Array(buffer.readableBytesView)
            case .end: answer(context)
            }
        }

        private func answer(_ context: ChannelHandlerContext) {
            guard let head else { return }
            server.requests.withLock {
                $0.append(
                    Came(
                        method: head.method.rawValue, uri: head.uri,
                        token: head.headers.first(name: "authorization") ?? "", body: body))
            }
            let answer = server.answer.withLock { $0 }
            var response = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status))
            response.headers.add(name: "content-length", value: "\(answer.isEndless ? 1_000 : answer.body.utf8.count)")
            for (name, value) in answer.headers { response.headers.add(name: name, value: value) }
            context.writeAndFlush(wrapOutboundOut(.head(response)), promise: nil)
            guard !answer.isEndless else { return }
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
