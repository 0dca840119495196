import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// HTTP/1.1 under TLS, with the certificate that its listener shows at the moment.
///
/// Hummingbird's own TLS channel keeps the certificate with which it was made.
struct HTTPSChannel: ServerChildChannel {
    let base: HTTP1Channel
    let tls: ServedContext

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls.current))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
