import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A server that answers as a test says, at a port of the system's choice.
final class PlainServer: Sendable {
    struct Answer: Sendable {
        var status = 200
        var body: [UInt8] = []
        var headers: [String: String] = [:]
        /// Whether it says that there is a body and never sends all of it.
        var isEndless = false
    }

    struct Came: Sendable, Equatable {
        var method: String
        var uri: String
        var authorization: String?
        var type: String?
        var body: [UInt8]
    }

    private let answer: Answer
    private let requests = Mutex<[Came]>([])

    private init(_ answer: Answer) {
        self.answer = answer
    }

    var came: [Came] { requests.withLock { $0 } }

    /// Listens while `body` runs.
    ///
    /// - Parameter tls: what it shows; without it, it speaks plainly.
    static func run(
        _ answer: Answer, tls: NIOSSLContext? = nil,
        _ body: (_ server: PlainServer, _ address: String) async throws -> Void
    ) async throws {
        let server = PlainServer(answer)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
                    try pipeline.addHandler(Handler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let scheme = tls == nil ? "http" : "https"
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(server, "\(scheme)://127.0.0.1:\(channel.localAddress?.port ?? 0)"))
        } catch { result = .failure(error) }
        try await channel.close()
        try result.get()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let server: PlainServer
        private var head: HTTPRequestHead?
        private var body: [UInt8] = []

        init(_ server: PlainServer) { self.server = server }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (self.head, body) = (head, [])
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
                        authorization: head.headers.first(name: "authorization"),
                        type: head.headers.first(name: "content-type"), body: body))
            }
            let answer = server.answer
            var response = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status))
            let length = answer.body.count + (answer.isEndless ? 1 : 0)
            response.headers.add(name: "content-length", value: "\(length)")
            for (name, value) in answer.headers { response.headers.add(name: name, value: value) }
            context.write(wrapOutboundOut(.head(response)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
            guard !answer.isEndless else { return }
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
