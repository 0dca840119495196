import Doors
import Effects
import Links
import NIOCore
import NIOSSL

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
