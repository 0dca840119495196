import Links
import NIOCore
import NIOSSL
import NIOTLS
import Regions
import Trust

/// Sits at the end of a channel's pipeline and tells the ``TLSConnection`` what happens on the loop.
final class TLSBridge: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let connection: TLSConnection
    private let region: String

    init(connection: TLSConnection, region: String) {
        self.connection = connection
        self.region = region
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            do {
                connection.authenticated(.success(try identity(context, negotiated: negotiated)))
            } catch {
                connection.authenticated(.failure(LinkEnding(of: error)))
                context.close(promise: nil)
            }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard let bytes = buffer.readBytes(length: buffer.readableBytes) else { return }
        if connection.received(bytes) {
            // The link is behind: stop reading until it has caught up.
            context.channel.setOption(.autoRead, value: false).whenFailure { _ in }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        connection.paused()
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        connection.ended(Self.ending(of: error))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.ended(LinkEnding(.connectionLost, "the peer ended the connection"))
        context.fireChannelInactive()
    }

    private func identity(_ context: ChannelHandlerContext, negotiated: String?) throws -> PeerIdentity {
        guard negotiated == TLSCredentials.applicationProtocol else {
            throw LinkEnding(.notAuthenticated, "the peer does not speak \(TLSCredentials.applicationProtocol)")
        }
        let handler = try context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
        guard let certificate = handler.peerCertificate else {
            throw LinkEnding(.notAuthenticated, "the peer showed no certificate")
        }
        do {
            let identity = try NodeCertificate.identity(der: try certificate.toDERBytes())
            guard identity.region == region else {
                throw LinkEnding(.wrongRegion, "the peer's certificate is of another region than \(region)")
            }
            return PeerIdentity(
                region: try RegionID(identity.region), node: try NodeID(identity.node),
                certificateSerial: identity.serial)
        } catch let ending as LinkEnding {
            throw ending
        } catch {
            throw LinkEnding(.notAuthenticated, "the peer's certificate names no node: \(LinkEnding(of: error).detail)")
        }
    }

    private static func ending(of error: any Error) -> LinkEnding {
        TLSTrouble.ending(of: error) ?? LinkEnding(.connectionLost, "the connection was lost")
    }
}
