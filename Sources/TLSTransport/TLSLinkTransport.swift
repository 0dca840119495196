package import Doors
import Effects
package import Links
package import NIOCore
import NIOPosix
import NIOSSL
package import Regions
import Synchronization

/// Links over TCP with TLS 1.3 and certificates on both sides, verified against the region's authorities.
///
/// The peer's identity is the URI `yilian://<region>/<node>` in its certificate; a certificate without one, or of
/// another region, is refused. Revocation is not judged here but by the link's policy.
package final class TLSLinkTransport: LinkTransport {
    private let region: String
    private let group: any EventLoopGroup
    private let context: Mutex<NIOSSLContext>

    /// - Throws: `cert.unusable`.
    package init(
        region: RegionID, credentials: TLSCredentials,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) throws {
        self.region = region.rawValue
        self.group = group
        context = Mutex(try credentials.makeContext())
    }

    /// New connections use these credentials; those that are up go on with the old ones.
    ///
    /// - Throws: `cert.unusable`, and then nothing has changed.
    package func reload(_ credentials: TLSCredentials) throws {
        let fresh = try credentials.makeContext()
        context.withLock { $0 = fresh }
    }

    /// - Throws: `link.unreachable`; whether the peer is whom it should be shows only at `authenticate`.
    package func connect(to address: LinkAddress) async throws -> any LinkConnection {
        let context = context.withLock { $0 }
        let region = region
        let dialling = DiallingChannel()
        do {
            return try await withTaskCancellationHandler {
                try await configured(ClientBootstrap(group: group))
                    .connectTimeout(.milliseconds(Limits.handshakeMilliseconds))
                    .connect(host: address.host, port: address.port) { channel in
                        dialling.set(channel)
                        return channel.eventLoop.makeCompletedFuture {
                            try Self.bridge(
                                channel, try NIOSSLClientHandler(context: context, serverHostname: nil),
                                region: region, remoteAddress: address.description)
                        }
                    }
            } onCancel: {
                dialling.cancel()
            }
        } catch {
            throw Failure("link.unreachable", "\(address) cannot be reached", place: address.description)
        }
    }

    /// - Throws: `link.cannotListen`, for example where the port is taken.
    package func listen(on address: LinkAddress) async throws -> any LinkListener {
        try await listen(on: address) { _ in nil }
    }

    /// The same; the door is asked before TLS begins.
    ///
    /// - Throws: `link.cannotListen`.
    package func listen(on address: LinkAddress, door: Door) async throws -> any LinkListener {
        try await listen(on: address) { channel in
            guard let permit = door.admit(from: IPAddress.origin(of: channel.remoteAddress?.ipAddress)) else {
                throw LinkEnding(.tooManyLinks, "the door is closed")
            }
            return permit
        }
    }

    private func listen(
        on address: LinkAddress, admit: @escaping @Sendable (any Channel) throws -> DoorPermit?
    ) async throws -> any LinkListener {
        let queue = AcceptQueue<TLSConnection>()
        let region = region
        do {
            let channel = try await configured(ServerBootstrap(group: group))
                .childChannelInitializer { [self] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let permit = try admit(channel)
                        let handler = NIOSSLServerHandler(context: context.withLock { $0 })
                        let remote = channel.remoteAddress.map(Self.text) ?? "unknown"
                        queue.offer(
                            try Self.bridge(channel, handler, region: region, remoteAddress: remote, permit: permit))
                    }
                }
                .bind(host: address.host, port: address.port).get()
            let port = channel.localAddress?.port ?? address.port
            return TLSListener(address: LinkAddress(host: address.host, port: port), channel: channel, queue: queue)
        } catch {
            throw Failure(
                "link.cannotListen", "listening on \(address) is not possible", place: address.description,
                remedy: "see whether another program has the port, and whether the address is this machine's")
        }
    }

    private func configured(_ bootstrap: ClientBootstrap) -> ClientBootstrap {
        let bootstrap = bootstrap.channelOption(Self.nodelay, value: 1)
        #if os(Linux)
            return bootstrap.channelOption(Self.unsentLowWater, value: Self.unsentLowWaterBytes)
        #else
            return bootstrap
        #endif
    }

    private func configured(_ bootstrap: ServerBootstrap) -> ServerBootstrap {
        let bootstrap = bootstrap.serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Without a pause, a process that has no descriptor left would try again without end.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(
                        AcceptGate { DoorHouse.mayAccept(hasHouse: true) },
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false))
                }
            }
            // One newcomer at a time: links on the same loop have their turn in between.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(Self.nodelay, value: 1)
        #if os(Linux)
            return bootstrap.childChannelOption(Self.unsentLowWater, value: Self.unsentLowWaterBytes)
        #else
            return bootstrap
        #endif
    }

    private static func text(_ address: SocketAddress) -> String {
        LinkAddress(host: address.ipAddress ?? "unknown", port: address.port ?? 0).description
    }
}

/// The channel of an attempt to connect, so that the attempt can be given up.
private final class DiallingChannel: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isCancelled = false
    }

    private let state = Mutex(State())

    func set(_ channel: any Channel) {
        let isCancelled = state.withLock { state in
            state.channel = channel
            return state.isCancelled
        }
        if isCancelled { channel.close(promise: nil) }
    }

    func cancel() {
        let channel = state.withLock { state in
            state.isCancelled = true
            return state.channel
        }
        channel?.close(promise: nil)
    }
}

/// A listening socket for links over TLS.
final class TLSListener: LinkListener {
    let address: LinkAddress
    private let channel: any Channel
    private let queue: AcceptQueue<TLSConnection>

    init(address: LinkAddress, channel: any Channel, queue: AcceptQueue<TLSConnection>) {
        self.address = address
        self.channel = channel
        self.queue = queue
    }

    func accept() async throws -> (any LinkConnection)? {
        await queue.next()
    }

    func close() {
        queue.close()
        channel.close(promise: nil)
    }
}

extension TLSLinkTransport {
    /// Puts TLS and the bridge to the link on a new channel.
    static func bridge(
        _ channel: any Channel, _ handler: NIOSSLHandler, region: String, remoteAddress: String,
        permit: DoorPermit? = nil
    ) throws -> TLSConnection {
        let connection = TLSConnection(channel: channel, remoteAddress: remoteAddress, permit: permit)
        // The place is taken until the descriptor is free.
        if let permit { channel.closeFuture.whenComplete { _ in withExtendedLifetime(permit) {} } }
        try channel.pipeline.syncOperations.addHandler(handler)
        try channel.pipeline.syncOperations.addHandler(TLSBridge(connection: connection, region: region))
        return connection
    }

    static let nodelay = ChannelOptions.tcpOption(.tcp_nodelay)

    #if os(Linux)
        /// `TCP_NOTSENT_LOWAT`: the kernel takes no more than it can soon send, so that a clinical frame does not wait
        /// behind bulk that this process can no longer reorder (tcp(7), Linux 3.12).
        static let unsentLowWater = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: 25))
        static let unsentLowWaterBytes: SocketOptionValue = 16 << 10
    #endif
}
