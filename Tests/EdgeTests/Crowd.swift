import Effects
import NIOCore
import NIOPosix
import NIOSSL
import Regions
import Synchronization

/// Connections of strangers to one listener, who keep them open and say what a test has them say.
final class Crowd: Sendable {
    private struct State {
        var channels: [any Channel] = []
        var heard: [ByteBuffer] = []
    }

    private let state = Mutex(State())
    private let address: NetworkAddress
    private let host: String

    /// - Parameter host: from where they come.
    init(at address: NetworkAddress, from host: String = "127.0.0.1") {
        self.address = address
        self.host = host
    }

    /// Opens connections and sends the same on each.
    ///
    /// - Parameter tls: where they do set TLS up.
    func come(_ count: Int, saying bytes: [UInt8] = [], tls: NIOSSLContext? = nil) async throws {
        for _ in 0..<count {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(to: try SocketAddress(ipAddress: host, port: 0))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            try channel.pipeline.syncOperations.addHandler(
                                try NIOSSLClientHandler(context: tls, serverHostname: nil))
                        }
                        try channel.pipeline.syncOperations.addHandler(Listening { self.hear($0) })
                    }
                }
                .connect(host: address.host, port: Int(address.port)).get()
            state.withLock { $0.channels.append(channel) }
            if !bytes.isEmpty { channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil) }
        }
    }

    /// More on every connection that is still open.
    func say(_ bytes: [UInt8]) {
        for channel in state.withLock({ $0.channels }) where channel.isActive {
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }
    }

    var open: Int { state.withLock { $0.channels }.count { $0.isActive } }
    var heard: [String] { state.withLock { $0.heard }.map { String(buffer: $0) } }

    func leave() {
        for channel in state.withLock({ $0.channels }) { channel.close(promise: nil) }
    }

    private func hear(_ buffer: ByteBuffer) {
        state.withLock { $0.heard.append(buffer) }
    }
}

private final class Listening: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let hear: @Sendable (ByteBuffer) -> Void

    init(_ hear: @escaping @Sendable (ByteBuffer) -> Void) {
        self.hear = hear
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hear(unwrapInboundIn(data))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

/// Waits until something holds; fails after some ten seconds.
func soon(_ what: String, tries: Int = 1_000, _ holds: () throws -> Bool) async throws {
    for _ in 0..<tries {
        if try holds() { return }
        try await SystemTime().sleep(milliseconds: 10)
    }
    throw Failure("test.never", "it never came: \(what)")
}
