import Effects
import NIOCore
import NIOSSL
import NIOTLS
import Trust

/// Stands behind TLS and tells the ``Visit`` when it has been set up, and whose certificate the client showed.
final class TLSVisitHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer

    private let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            visit.enter(.silence)
            if let identity = identity(context), !visit.prove(identity) { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Only listeners that ask for certificates get one, and TLS has held it against their authority.
    private func identity(_ context: ChannelHandlerContext) -> String? {
        guard let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self),
            let bytes = try? handler.peerCertificate?.toDERBytes()
        else { return nil }
        return "certificate " + Suite.ed25519.digest(bytes).bytes.map { String($0, radix: 16) }.joined()
    }
}
